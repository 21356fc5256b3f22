import { TooManyProjects } from '../projects/project-store.ts';
import type { ApiKey } from '../keys/key-store.ts';
import type { Project, ProjectStore } from '../projects/project-store.ts';
import { Problem, notFound } from '../domain/problem.ts';

/** @throws {Problem} `conflict` instead of `TooManyProjects` */
export async function withinBound<Result>(making: Promise<Result>): Promise<Result> {
  try {
    return await making;
  } catch (cause) {
    if (!(cause instanceof TooManyProjects)) throw cause;
    const message = `${cause.message}, as many as HH_MAX_PROJECTS allows: delete one, or raise it`;
    throw new Problem('conflict', `project: ${message}.`, {
      cause,
      issues: [{ field: 'project', message }],
    });
  }
}

/** Projects as one key sees them; those of one request are looked up once. */
export class ProjectFinder {
  readonly #key: ApiKey;
  readonly #metadata: ProjectStore;
  readonly #onMade: (project: Project) => Promise<void>;
  readonly #byId = new Map<string, Project>();
  readonly #byName = new Map<string, Project>();

  constructor(
    key: ApiKey,
    metadata: ProjectStore,
    onMade: (project: Project) => Promise<void> = async () => undefined,
  ) {
    this.#key = key;
    this.#metadata = metadata;
    this.#onMade = onMade;
  }

  /** The project that the key is bound to. */
  async own(): Promise<Project> {
    const { projectId } = this.#key;
    const known =
      projectId === null
        ? null
        : (this.#byId.get(projectId) ?? (await this.#metadata.findProject(projectId)));
    if (!known) throw new Problem('unauthenticated', 'The project of this key was deleted.');
    return this.#meet(known);
  }

  /** A project by id or name; null if absent that the key can see. */
  async find(idOrName: string): Promise<Project | null> {
    const known = this.#byId.get(idOrName) ?? this.#byName.get(idOrName);
    const project = known ?? (await this.#metadata.findProject(idOrName));
    const isVisible =
      project && (this.#key.projectId === null || project.id === this.#key.projectId);
    return isVisible ? this.#meet(project) : null;
  }

  async require(idOrName: string): Promise<Project> {
    const project = await this.find(idOrName);
    if (!project) throw notFound('project', idOrName);
    return project;
  }

  /** The project of that name, made when it does not exist. */
  async ensure(name: string, now: number): Promise<Project> {
    const known = await this.find(name);
    if (known) return known;
    const project = this.#meet(await withinBound(this.#metadata.ensureProject(name, now)));
    // Another request may have made it in between.
    if (project.createdAt === now) await this.#onMade(project);
    return project;
  }

  async all(): Promise<Project[]> {
    const { projects } = await this.#metadata.listProjects({ limit: 100_000, offset: 0 });
    return projects.map((project) => this.#meet(project));
  }

  /** Name of a project that this request has met; its id otherwise. */
  nameOf(projectId: string): string {
    return this.#byId.get(projectId)?.name ?? projectId;
  }

  #meet(project: Project): Project {
    this.#byId.set(project.id, project);
    this.#byName.set(project.name, project);
    return project;
  }
}
