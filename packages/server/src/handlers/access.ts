import type { Access as AccessRule } from 'honeyhive-wire';
import type { ApiKey, MetadataStore, Project } from '../domain/metadata-store.ts';
import { Problem, notFound } from '../domain/problem.ts';

/** The project of writes and lists that name none, for a key of the whole organisation. */
export const defaultProjectName = 'default';

/** Which keys pass which rule. */
const passes: Record<AccessRule, readonly ApiKey['access'][]> = {
  public: ['full', 'read', 'ingest'],
  read: ['full', 'read'],
  ingest: ['full', 'ingest'],
  write: ['full'],
};

/** What one request may see and touch. Every project id that reaches a store comes from here. */
export interface Access {
  readonly key: ApiKey;
  /** The project that a write goes to; made when a key of the organisation names a new one. */
  forWrite(named: string | null | undefined): Promise<Project>;
  /** The project that a list is confined to. */
  forList(named: string | null | undefined): Promise<Project>;
  /** The projects in which an id is looked for: the key's own, the one named, or all of the organisation. */
  forLookup(named: string | null | undefined): Promise<readonly string[]>;
  /** A project by id or name. */
  project(idOrName: string): Promise<Project>;
  /** Ids that project lists are confined to; undefined: all. */
  readonly visibleIds: readonly string[] | undefined;
  /** Throws unless the key is good for the whole organisation. */
  requireOrganisation(): void;
  /** Name of a project by its id, for those that this request has met. */
  projectName(projectId: string): string;
}

/** @throws {Problem} `forbidden` when the key may not do what the rule asks for */
export function createAccess(
  key: ApiKey,
  rule: AccessRule,
  metadata: MetadataStore,
  now: () => number,
): Access {
  if (!passes[rule].includes(key.access)) {
    throw new Problem(
      'forbidden',
      `This key may only ${key.access === 'read' ? 'read' : 'send sessions and events'}; this operation needs ${passes[rule].join(' or ')} access.`,
    );
  }
  const met = new Map<string, Project>();
  const meet = (project: Project): Project => {
    met.set(project.id, project);
    return project;
  };

  const own = async (): Promise<Project> => {
    const project = key.projectId === null ? null : await metadata.findProject(key.projectId);
    if (!project) throw new Problem('unauthenticated', 'The project of this key is gone.');
    return meet(project);
  };
  const find = async (idOrName: string): Promise<Project> => {
    const known = [...met.values()].find(({ id, name }) => id === idOrName || name === idOrName);
    const project = known ?? (await metadata.findProject(idOrName));
    if (!project || (key.projectId !== null && project.id !== key.projectId))
      throw notFound('project', idOrName);
    return meet(project);
  };

  return {
    key,
    visibleIds: key.projectId === null ? undefined : [key.projectId],
    async forWrite(named) {
      if (key.projectId !== null) return own();
      const name = named ?? defaultProjectName;
      const known = [...met.values()].find(
        (project) => project.id === name || project.name === name,
      );
      return meet(
        known ?? (await metadata.findProject(name)) ?? (await metadata.ensureProject(name, now())),
      );
    },
    async forList(named) {
      return key.projectId === null ? find(named ?? defaultProjectName) : own();
    },
    async forLookup(named) {
      if (key.projectId !== null) return [(await own()).id];
      if (named) return [(await find(named)).id];
      const { projects } = await metadata.listProjects({ limit: 100_000, offset: 0 });
      return projects.map((project) => meet(project).id);
    },
    project: find,
    requireOrganisation() {
      if (key.projectId !== null) {
        throw new Problem(
          'forbidden',
          'This key is bound to one project; creating projects needs a key of the organisation: `honeyhive keys create`.',
        );
      }
    },
    projectName: (projectId) => met.get(projectId)?.name ?? projectId,
  };
}
