import type { EventStore } from '../domain/event-store.ts';
import { settleStoredUse } from '../ingest/settle-stored-use.ts';
import type { EventHead, StoredEvent } from '../domain/stored-event.ts';
import { planBatch } from './event-batch.ts';
import { sizeOf } from './page-size.ts';
import { TransferError } from './transfer-error.ts';

/** Looking ids up costs a look at every event of their project: many at once. */
export const maxBatchEvents = 10_000;
const maxBatchBytes = 16 * 1024 * 1024;
/** Conflicts that are named. */
const maxNamed = 10;

/** What became of the events of a file. */
export interface EventTally {
  readonly stored: number;
  readonly known: number;
  /** Events that were left out, because another one has their id. */
  readonly conflicts: number;
  /** Ids of the first ten of them. */
  readonly conflictIds: readonly string[];
}

/** What an import needs of the store. */
export type ImportStore = Pick<
  EventStore,
  'insert' | 'readHeads' | 'countEvents' | 'readUseLinks' | 'readEvents'
>;

/** Adds events to a store in batches, and checks at the end that they are there. */
export class EventImport {
  readonly #events: ImportStore;
  /** Sessions of each project that the file has events of. */
  readonly #sessions = new Map<string, Set<string>>();
  readonly #isNew = new Map<string, boolean>();
  readonly #expected = new Map<string, number>();
  #batch: StoredEvent[] = [];
  #batchBytes = 0;
  #tally: EventTally = { stored: 0, known: 0, conflicts: 0, conflictIds: [] };

  constructor(events: ImportStore) {
    this.#events = events;
  }

  /** Lets events of a project come; one that was just made has none to compare with. */
  async addProject(projectId: string, isNew: boolean): Promise<void> {
    this.#isNew.set(projectId, isNew);
    this.#expected.set(projectId, await this.#count(projectId));
    this.#sessions.set(projectId, this.#sessions.get(projectId) ?? new Set());
  }

  hasProject(projectId: string): boolean {
    return this.#isNew.has(projectId);
  }

  tally(): EventTally {
    return this.#tally;
  }

  /** Those of the events that one of the projects has, deleted or not. */
  async findThere(eventIds: readonly string[]): Promise<ReadonlySet<string>> {
    const heads = await this.#events.readHeads([...this.#isNew.keys()], eventIds);
    return new Set(heads.map(({ eventId }) => eventId));
  }

  /** @returns whether the batch was stored with it */
  async add(event: StoredEvent): Promise<boolean> {
    this.#batch.push(event);
    this.#sessions.get(event.projectId)?.add(event.sessionId);
    this.#batchBytes += sizeOf(event);
    if (this.#batch.length < maxBatchEvents && this.#batchBytes < maxBatchBytes) return false;
    await this.flush();
    return true;
  }

  async flush(): Promise<void> {
    const events = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    const plan = planBatch(events, await this.#readHeads(events));
    await this.#events.insert(plan.insert);
    for (const [projectId, step] of plan.growth)
      this.#expected.set(projectId, (this.#expected.get(projectId) ?? 0) + step);
    const { stored, known, conflicts, conflictIds } = this.#tally;
    this.#tally = {
      stored: stored + plan.insert.length,
      known: known + plan.known,
      conflicts: conflicts + plan.conflicts.length,
      conflictIds: [...conflictIds, ...plan.conflicts.map(({ eventId }) => eventId)].slice(
        0,
        maxNamed,
      ),
    };
  }

  /** What events repeat depends on all of their session, and some of it may not be from the file. */
  async settleUse(): Promise<void> {
    for (const [projectId, sessionIds] of this.#sessions)
      for await (const rows of settleStoredUse(this.#events, projectId, [...sessionIds]))
        await this.#events.insert(rows);
  }

  /** @throws {TransferError} a project has another number of events than it should have now */
  async verify(): Promise<void> {
    for (const [projectId, expected] of this.#expected) {
      const count = await this.#count(projectId);
      if (count === expected) continue;
      throw new TransferError(
        `project ${projectId} has ${count} events after the import, not ${expected}: the store is damaged, or something else wrote to it`,
      );
    }
  }

  async #readHeads(events: readonly StoredEvent[]): Promise<EventHead[]> {
    const compared = events.filter(({ projectId }) => this.#isNew.get(projectId) !== true);
    if (compared.length === 0) return [];
    const projectIds = new Set(compared.map(({ projectId }) => projectId));
    return this.#events.readHeads(
      [...projectIds],
      compared.map(({ eventId }) => eventId),
    );
  }

  #count(projectId: string): Promise<number> {
    return this.#events.countEvents({ projectIds: [projectId], filters: [], rootsOnly: false });
  }
}
