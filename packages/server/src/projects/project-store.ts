import { describeRecord, integer, nullable, object, plain, text } from '../domain/record.ts';
import type { RecordOf } from '../domain/record.ts';

export const projectRecord = describeRecord({
  id: plain,
  name: text,
  description: text,
  type: nullable(text),
  /** Extra keys given on create. */
  metadata: object,
  /** Epoch milliseconds. */
  created_at: integer,
  updated_at: integer,
});

export type Project = RecordOf<typeof projectRecord>;

export type ProjectInput = Pick<Project, 'name' | 'description' | 'type' | 'metadata'>;

/** There are as many projects as there may be: none was made. */
export class TooManyProjects extends Error {
  override readonly name = 'TooManyProjects';
}

/** Projects. Every write is durable when it resolves. */
export interface ProjectStore {
  /**
   * null when the name is taken.
   *
   * @throws {TooManyProjects}
   */
  createProject(input: ProjectInput, now: number): Promise<Project | null>;
  /**
   * The project of that name; made when it does not exist. Safe when many callers ask at once.
   *
   * @throws {TooManyProjects}
   */
  ensureProject(name: string, now: number): Promise<Project>;
  /** By id first, then by name. */
  findProject(idOrName: string): Promise<Project | null>;
  /** Ordered by creation. `ids` confines the list; `name` keeps only an exact match. */
  listProjects(query: {
    ids?: readonly string[];
    name?: string;
    /** Only those whose name contains it; the case of Latin letters does not matter. */
    search?: string;
    limit: number;
    offset: number;
  }): Promise<{ projects: Project[]; total: number }>;
  /** `'conflict'` when the new name is taken, null when there is no such project. */
  updateProject(
    id: string,
    change: Partial<Pick<Project, 'name' | 'description' | 'type'>>,
    now: number,
  ): Promise<Project | 'conflict' | null>;
  /** Removes the project, its keys, settings, saved views and held patches; false if it does not exist. */
  deleteProject(id: string): Promise<boolean>;
}
