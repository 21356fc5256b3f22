import type { Project } from '../projects/project-store.ts';
import { TransferError } from './transfer-error.ts';
import type { ExportHeader, TransferRecord } from './transfer-record.ts';

/** Which project of a file is imported, and as what. Keys and other projects stay out. */
export interface ProjectChoice {
  /** Name or id in the file; null: the file has only one. */
  readonly project: string | null;
  /** Another name, or a project that is there already and takes the events; null: as it is. */
  readonly target: { readonly name: string } | { readonly into: Project } | null;
}

/** Turns the records of a file into those that are imported. */
export interface RecordMapping {
  /** @throws {TransferError} the file has several projects, and none was chosen */
  start(header: ExportHeader): void;
  /** The record as it is imported; null: it stays out. */
  map(record: TransferRecord): TransferRecord | null;
  /** @throws {TransferError} the project that was chosen is not in the file */
  finish(): void;
}

/** Selects all projects. */
export const takeAll: RecordMapping = {
  start: () => undefined,
  map: (record) => record,
  finish: () => undefined,
};

export const createRecordMapping = (choice: ProjectChoice): RecordMapping =>
  new ProjectMapping(choice);

class ProjectMapping implements RecordMapping {
  readonly #wanted: string | null;
  readonly #target: ProjectChoice['target'];
  readonly #into: Project | null;
  /** Projects that stay out, names by id. */
  readonly #others = new Map<string, string>();
  #sourceId: string | null = null;

  constructor({ project, target }: ProjectChoice) {
    this.#wanted = project;
    this.#target = target;
    this.#into = target && 'into' in target ? target.into : null;
  }

  start({ scope }: ExportHeader): void {
    if (this.#wanted !== null || scope !== 'installation') return;
    const problem = 'the file holds a whole installation: choose a project of it with --project';
    throw new TransferError(problem, 1);
  }

  map(line: TransferRecord): TransferRecord | null {
    switch (line.type) {
      case 'organisation':
      case 'key':
        return null;
      case 'project':
        return this.#mapProject(line.record);
      case 'settings':
        // A project that is there keeps its own.
        return this.#into === null && line.record.projectId === this.#sourceId ? line : null;
      case 'view': {
        const { projectId } = line.record;
        if (projectId !== this.#sourceId) return null;
        return { ...line, record: { ...line.record, projectId: this.#idOf(projectId) } };
      }
      case 'alert': {
        const { projectId } = line.record;
        if (projectId !== this.#sourceId) return null;
        return { ...line, record: { ...line.record, projectId: this.#idOf(projectId) } };
      }
      case 'patch': {
        const { projectId } = line.record;
        if (projectId === null || projectId !== this.#sourceId) return null;
        return { ...line, record: { ...line.record, projectId: this.#idOf(projectId) } };
      }
      case 'event': {
        const { projectId } = line.event;
        if (this.#others.has(projectId)) return null;
        return { ...line, event: { ...line.event, projectId: this.#idOf(projectId) } };
      }
    }
  }

  finish(): void {
    if (this.#sourceId !== null) return;
    const names = [...this.#others.values()].map((name) => JSON.stringify(name)).join(', ');
    throw new TransferError(
      `there is no project ${JSON.stringify(this.#wanted)} in the file; it has ${names}`,
    );
  }

  #mapProject(project: Project): TransferRecord | null {
    const wanted = this.#wanted;
    const isWanted = wanted === null || project.id === wanted || project.name === wanted;
    if (!isWanted || this.#sourceId !== null) {
      this.#others.set(project.id, project.name);
      return null;
    }
    this.#sourceId = project.id;
    if (this.#into) return { type: 'project', record: this.#into };
    const { name } = this.#target && 'name' in this.#target ? this.#target : project;
    return { type: 'project', record: { ...project, name } };
  }

  #idOf(projectId: string): string {
    return this.#into?.id ?? projectId;
  }
}
