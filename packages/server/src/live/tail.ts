import type { ExploreQuery } from '../domain/explore-query.ts';
import type { EventPosition, ExploreStore } from '../domain/explore-store.ts';
import { toWireRow } from '../explore/wire-row.ts';
import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { ReadGate } from '../fairness/read-gate.ts';
import type { StoredChange, StoredFeed } from '../ingest/stored-feed.ts';
import { toFrame } from './event-stream.ts';
import type { EventStream } from './event-stream.ts';
import type { SharedTicks, ShareWork, TickFrame } from './shared-ticks.ts';

/** Rows of one tick; what is beyond is counted. */
const maxTickRows = 500;
/** A reader that reconnects later than this starts over. */
const maxResumeMs = 86_400_000;

/** What a tail is about. */
export interface TailQuery {
  readonly rows: ExploreQuery;
  /** null: all sessions. */
  readonly sessionId: string | null;
  /** What came since is sent first; null: nothing is. Epoch milliseconds. */
  readonly sinceMs: number | null;
  /** Key that its reads are charged to, beside the project. */
  readonly key: string;
}

export interface TailServices {
  readonly events: Pick<EventStore, 'readsFor'>;
  readonly feed: Pick<StoredFeed, 'subscribe'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly readGate: Pick<ReadGate, 'run'>;
  readonly tailTicks: Pick<SharedTicks<TickFrame>, 'add'>;
}

/** What a tick is about. */
interface Tick {
  readonly places: readonly EventPosition[];
  readonly removed: readonly string[];
  readonly until: number;
}

/** Sends what is stored and matches, until the returned function is called. */
export function startTail(
  stream: EventStream,
  query: TailQuery,
  services: TailServices,
): () => void {
  const tail = new Tail(stream, query, services);
  const unsubscribe = services.feed.subscribe(
    (rows) => tail.take(rows),
    () => tail.noteGap(),
  );
  const stopTicks = services.tailTicks.add((share) => tail.tick(share));
  tail.resume();
  return () => {
    unsubscribe();
    stopTicks();
    tail.stop();
  };
}

class Tail {
  readonly #stream: EventStream;
  readonly #query: TailQuery;
  readonly #services: TailServices;
  /** Events to look at, by id, in the order in which they were stored. */
  readonly #waiting = new Map<string, EventPosition>();
  #removed: string[] = [];
  #sentUntil = 0;
  #isBusy = false;
  readonly #stopped = new AbortController();

  constructor(stream: EventStream, query: TailQuery, services: TailServices) {
    this.#stream = stream;
    this.#query = query;
    this.#services = services;
  }

  take(rows: readonly StoredChange[]): void {
    const { rows: about, sessionId } = this.#query;
    for (const row of rows) {
      if (row.projectId !== about.projectId) continue;
      if (sessionId !== null && row.sessionId !== sessionId) continue;
      this.#sentUntil = Math.max(this.#sentUntil, row.updatedAt);
      this.#waiting.delete(row.eventId);
      if (row.isDeleted) this.#removed.push(row.eventId);
      else this.#waiting.set(row.eventId, { eventId: row.eventId, startTime: row.startTime });
    }
  }

  /** Events of other servers may be missing. */
  noteGap(): void {
    this.#stream.send('dropped', { count: 1, reason: 'resume_gap' });
  }

  stop(): void {
    this.#stopped.abort(new Error('the stream has ended'));
  }

  /** Looks for what came while the reader was away. */
  resume(): void {
    const { sinceMs } = this.#query;
    if (sinceMs === null) return;
    if (sinceMs < this.#services.clock.now() - maxResumeMs) {
      this.#stream.send('dropped', { count: 1, reason: 'resume_gap' });
      return;
    }
    this.#run(async () => {
      const { rows, sessionId } = this.#query;
      const { projectId } = rows;
      const limit = maxTickRows + 1;
      const changed = await this.#read(({ readChanged }) =>
        readChanged({ projectId, sessionId, sinceMs, limit }),
      );
      if (changed.length === limit)
        this.#stream.send('dropped', { count: 1, reason: 'resume_gap' });
      for (const place of changed.slice(0, maxTickRows).toReversed())
        if (!this.#waiting.has(place.eventId)) this.#waiting.set(place.eventId, place);
    });
  }

  /** @param share takes what another stream gets that shows the same */
  tick(share: ShareWork<TickFrame>): void {
    if (this.#waiting.size + this.#removed.length === 0) return;
    if (!this.#stream.isBusy) {
      this.#run(() => this.#flush(share));
    } else if (this.#waiting.size > maxTickRows) {
      // What a slow reader misses is the oldest.
      const count = this.#waiting.size - maxTickRows;
      this.#discard(count);
      this.#stream.send('dropped', { count, reason: 'slow_reader' });
    }
  }

  async #flush(share: ShareWork<TickFrame>): Promise<void> {
    const over = this.#waiting.size - maxTickRows;
    if (over > 0) {
      this.#discard(over);
      this.#stream.send('dropped', { count: over, reason: 'too_many' });
    }
    const [places, removed, until] = [[...this.#waiting.values()], this.#removed, this.#sentUntil];
    const ids = places.map(({ eventId }) => eventId);
    const what = JSON.stringify([this.#query.rows, this.#query.sessionId, ids, removed, until]);
    const frame = await share(what, () => this.#toFrame({ places, removed, until }));
    // What was stored again meanwhile is looked at again.
    for (const place of places)
      if (this.#waiting.get(place.eventId) === place) this.#waiting.delete(place.eventId);
    this.#removed = this.#removed.slice(removed.length);
    if (frame !== null) this.#stream.sendFrame(frame);
  }

  async #toFrame({ places, removed, until }: Tick): Promise<TickFrame> {
    const found = await this.#read(({ readMatching }) => readMatching(this.#query.rows, places));
    if (found.length + removed.length === 0) return null;
    const rows = found.map((event) => toWireRow(event));
    const token = Math.max(until, ...found.map(({ updatedAt }) => updatedAt));
    return toFrame('rows', { rows, removed: [...removed] }, String(token));
  }

  /** In its turn among all that reads. */
  async #read<Result>(read: (explore: ExploreStore) => Promise<Result>): Promise<Result> {
    const { readGate, events } = this.#services;
    const { rows, key } = this.#query;
    return readGate.run({ share: rows.projectId, key }, this.#stopped.signal, (turn) =>
      read(events.readsFor(turn).explore),
    );
  }

  #discard(count: number): void {
    for (const eventId of [...this.#waiting.keys()].slice(0, count)) this.#waiting.delete(eventId);
  }

  /** One at a time. What a busy store could not tell stays waiting for the next tick. */
  #run(work: () => Promise<void>): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    work()
      .catch(() => undefined)
      .finally(() => {
        this.#isBusy = false;
      });
  }
}
