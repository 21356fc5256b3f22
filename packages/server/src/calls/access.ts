import { isSegment, limits } from 'honeyhive-wire';
import type { Access as AccessRule } from 'honeyhive-wire';
import type { ApiKey } from '../keys/key-store.ts';
import type { Project, ProjectStore } from '../projects/project-store.ts';
import type { IdScope } from '../domain/id-home.ts';
import { Problem, invalid } from '../domain/problem.ts';
import { ProjectFinder } from './project-finder.ts';

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
  /** Whether the key is of the whole organisation. */
  readonly isOrganisation: boolean;
  /** The project that a write goes to; made when a key of the organisation names a new one. */
  forWrite(named: string | null | undefined): Promise<Project>;
  /** The project that a list is confined to. */
  forList(named: string | null | undefined): Promise<Project>;
  /** Where an id is looked for: in the key's own project, the one named, or all of the organisation. */
  forLookup(named: string | null | undefined): Promise<IdScope>;
  /** A project by id or name. */
  project(idOrName: string): Promise<Project>;
  /** Ids that project lists are confined to; undefined: all. */
  readonly visibleIds: readonly string[] | undefined;
  /**
   * Throws unless the key is valid for the whole organisation.
   *
   * @param what the part of a sentence that says what is not allowed
   */
  requireOrganisation(what: string): void;
  /** Name of a project by its id, for those that this request has met. */
  projectName(projectId: string): string;
}

/** What an event says of who sent it. */
export const senderOf = ({ key, isOrganisation }: Pick<Access, 'key' | 'isOrganisation'>) => ({
  isByOrganisation: isOrganisation,
  apiKeyId: key.id,
});

export interface AccessDeps {
  readonly metadata: ProjectStore;
  readonly now: () => number;
  /** Whether a write makes the project that it names. */
  readonly createsProjects: boolean;
  /** Called with a project that a write created. */
  readonly onProjectMade?: (project: Project) => Promise<void>;
}

/** @throws {Problem} `forbidden` when the key may not do what the rule asks for */
export function createAccess(key: ApiKey, rule: AccessRule, deps: AccessDeps): Access {
  const { metadata, now, createsProjects } = deps;
  requireAccess(key, rule);
  const projects = new ProjectFinder(key, metadata, deps.onProjectMade);
  const isBound = key.projectId !== null;
  return {
    key,
    isOrganisation: !isBound,
    visibleIds: key.projectId === null ? undefined : [key.projectId],
    async forWrite(named) {
      if (isBound) return projects.own();
      const name = toName(named);
      if (createsProjects) return projects.ensure(name, now());
      const known = await projects.find(name);
      if (!known) throw unmadeProject(name);
      return known;
    },
    forList: (named) => (isBound ? projects.own() : projects.require(named || defaultProjectName)),
    async forLookup(named) {
      if (isBound) return { kind: 'project', projectId: (await projects.own()).id };
      if (named) return { kind: 'project', projectId: (await projects.require(named)).id };
      const all = await projects.all();
      return {
        kind: 'organisation',
        projectIds: all.map(({ id }) => id),
        defaultId: all.find(({ name }) => name === defaultProjectName)?.id ?? null,
      };
    },
    project: (idOrName) => projects.require(idOrName),
    requireOrganisation(what) {
      if (!isBound) return;
      throw new Problem(
        'forbidden',
        `This key is bound to one project; ${what} needs an organisation key: \`honeyhive keys create\`.`,
      );
    },
    projectName: (projectId) => projects.nameOf(projectId),
  };
}

function requireAccess(key: ApiKey, rule: AccessRule): void {
  if (passes[rule].includes(key.access)) return;
  const may = key.access === 'read' ? 'read' : 'send sessions and events';
  throw new Problem(
    'forbidden',
    `This key may only ${may}; this operation needs ${passes[rule].join(' or ')} access.`,
  );
}

const unmadeProject = (name: string): Problem =>
  invalid([
    {
      field: 'project',
      message: `there is no project ${JSON.stringify(name)}, and HH_CREATE_PROJECTS=never: create it with POST /projects`,
    },
  ]);

/** The name of a project to write to: a new one is made under it, so it has to be one. */
function toName(named: string | null | undefined): string {
  const name = named || defaultProjectName;
  if (name.trim() === '' || name.length > limits.projectNameChars) {
    const message = `expected 1 to ${limits.projectNameChars} characters`;
    throw invalid([{ field: 'project', message }]);
  }
  if (!isSegment(name)) {
    throw invalid([{ field: 'project', message: 'must not be "." or "..", encoded or not' }]);
  }
  return name;
}
