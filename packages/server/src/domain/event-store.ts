import type { AlertReads } from './alert-reads.ts';
import type { ChartQuery, EventPageQuery, EventQuery } from './event-query.ts';
import type { Emptied, ExploreStore } from './explore-store.ts';
import type { OtherWrites } from './other-writes.ts';
import type { ReadTurn } from './read-turn.ts';
import type { EventHead, EventType, StoredEvent } from './stored-event.ts';
import type { Trace } from './trace-span.ts';
import type { UseLink } from './use-tree.ts';

/** What the events of one session add up to; the root itself is not counted as an event. */
export interface SessionRollup {
  readonly projectId: string;
  readonly sessionId: string;
  readonly eventCount: number;
  readonly modelEventCount: number;
  readonly errorCount: number;
  /** Whether any event of the session has feedback, the root among them. */
  readonly hasFeedback: boolean;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  readonly costUsd: number;
  /** Events that `costUsd` lacks: their model has no price. */
  readonly unknownCostCount: number;
  /** Earliest `startTime` of any event of the session, the root among them, epoch milliseconds. */
  readonly firstStartTime: number;
  /** Latest `startTime` of any of them. */
  readonly lastStartTime: number;
  /** Latest `endTime` of any of them. */
  readonly lastEndTime: number;
  /** Whether any of them has ended. */
  readonly hasEnded: boolean;
  /** Whether sampling may have left out others. */
  readonly isPartial: boolean;
}

/** An event in the tree of its session, and what is stored of what it repeats. */
export interface StoredUseLink extends UseLink {
  readonly projectId: string;
  readonly sessionId: string;
  readonly repeatedUse: number;
}

/** One point of a chart. */
export interface ChartPoint {
  /** Start of the bucket, epoch milliseconds, UTC. */
  readonly bucketMs: number;
  /** Value of the grouping field; null without grouping or where the field is absent. */
  readonly group: string | null;
  /** null where no event of the bucket has the number. */
  readonly value: number | null;
  readonly count: number;
}

/** How much the store holds. */
export interface StoreStats {
  /** Versions of events, tombstones included, that were not merged away yet. */
  readonly rowCount: number;
  /** Parts that merges have not put together yet. */
  readonly partCount: number;
  readonly diskBytes: number;
}

/** What was deleted because of its age. */
export interface Expired {
  readonly sessionCount: number;
  readonly eventCount: number;
}

/** Where an event stands in the order of keys of its project. */
export type EventPosition = Pick<StoredEvent, 'startTime' | 'sessionId' | 'eventId'>;

/** A field that some events have. */
export interface CatalogueField {
  /** Dotted: `metadata.user.plan`. */
  readonly name: string;
  readonly eventType: EventType;
}

/** What events add up to: the same before and after parts are merged. */
export interface EventFingerprint {
  readonly count: number;
  /** In hexadecimal. */
  readonly hash: string;
}

/**
 * What is read of the events. Every read sees the latest version of each event once, deleted ones left out unless said
 * otherwise, and only events of the projects it names.
 */
export interface EventReads {
  /** Latest version of each id that was ever stored, tombstones included. */
  readHeads(projectIds: readonly string[], eventIds: readonly string[]): Promise<EventHead[]>;
  readEvents(projectIds: readonly string[], eventIds: readonly string[]): Promise<StoredEvent[]>;
  /** The event of that id; one of them when several projects have it, null when none has. */
  findEvent(projectIds: readonly string[], eventId: string): Promise<StoredEvent | null>;
  /** All events of a session, its root among them, by start time; at most `limit`. */
  readSession(
    projectIds: readonly string[],
    sessionId: string,
    limit: number,
  ): Promise<StoredEvent[]>;
  /** Heads of all events of the sessions, their roots among them; deleted ones are left out. */
  readSessionHeads(
    projectIds: readonly string[],
    sessionIds: readonly string[],
  ): Promise<EventHead[]>;
  /**
   * What sums of the sessions depend on: their events with parents and use, deleted ones left out.
   *
   * @param most events of each session; one more is read to tell that there are more
   */
  readUseLinks(
    projectIds: readonly string[],
    sessionIds: readonly string[],
    most: number,
  ): Promise<StoredUseLink[]>;
  listEvents(query: EventPageQuery, signal?: AbortSignal): Promise<StoredEvent[]>;
  /**
   * The next events of a project in the order of their keys, tombstones included: for walking over all of them.
   * `after` is the last one of the page before; null begins.
   */
  readPage(projectId: string, after: EventPosition | null, limit: number): Promise<StoredEvent[]>;
  /** Checksum of the latest versions of the projects' events, including tombstones: changes with every write. */
  readFingerprint(projectIds: readonly string[]): Promise<EventFingerprint>;
  countEvents(query: EventQuery, signal?: AbortSignal): Promise<number>;
  readRollups(
    projectIds: readonly string[],
    sessionIds: readonly string[],
  ): Promise<SessionRollup[]>;
  /** Events (roots not counted) and sessions per project; projects without any are left out. */
  readProjectCounts(
    projectIds: readonly string[],
  ): Promise<{ projectId: string; eventCount: number; sessionCount: number }[]>;
  readChart(query: ChartQuery, signal?: AbortSignal): Promise<ChartPoint[]>;
  readCatalogue(query: EventQuery, signal?: AbortSignal): Promise<CatalogueField[]>;
  /** What the web UI reads. */
  readonly explore: ExploreStore;
  readonly alerts: AlertReads;
}

/** The events of a trace in one session. */
export interface TracePlace {
  readonly projectId: string;
  readonly sessionId: string;
  /** null: all events of the session, its root among them. */
  readonly traceId: string | null;
}

/** Events of a trace in one session, as many as one commit moves. */
export interface TracePart {
  readonly place: TracePlace;
  readonly events: readonly StoredEvent[];
  /** Whether there are no more of them. */
  readonly isAll: boolean;
}

/** What a session has beside some of its events. */
export interface SessionRemainder {
  readonly root: StoredEvent | null;
  /** The first of the other events; null when there is no other. */
  readonly first: StoredEvent | null;
  /** The first one that names a user. */
  readonly firstOfUser: StoredEvent | null;
}

/** How much of the store is indexed for searches of text. */
export interface WordIndexProgress {
  /** Hours that have events, of all projects. */
  readonly hours: number;
  readonly indexedHours: number;
}

/** How the words of the store are indexed. */
export interface IndexRound {
  readonly isStopped: () => boolean;
  /** Does a piece of the work, a fraction of a second, and rests. */
  readonly rest: (work: () => Promise<void>) => Promise<void>;
}

/** Reads, and all that the service does with the store itself. */
export interface EventStore extends EventReads {
  /** What other servers store. Reads catch up with it themselves. */
  readonly others: OtherWrites;
  /** The same reads, done for a turn: they wait for those of other turns, and end with it. */
  readsFor(turn: ReadTurn): EventReads;
  /** Events to be moved to another session: not those that are addressed to the one they are in. */
  readTraces(places: readonly TracePlace[]): Promise<TracePart[]>;
  /** What a session has beside the events of some traces that are to be moved. */
  readRemainder(session: {
    readonly projectId: string;
    readonly sessionId: string;
    readonly traceIds: readonly string[];
  }): Promise<SessionRemainder>;
  /** Traces that a process was moving to another session when it ended, and some that were moved since. */
  readUnfinishedTraces(): Promise<{ projectId: string; trace: Trace }[]>;
  /** Durable when it resolves. Rejects with {@link StoreUnavailable} when nothing was stored. */
  insert(rows: readonly StoredEvent[]): Promise<void>;
  /** Removes every event of a project for good; how many versions are there afterwards, written meanwhile. */
  deleteProject(projectId: string): Promise<number>;
  /**
   * Permanently deletes the sessions of a project without writes since the instant, epoch milliseconds. Safe during
   * writes, and safe to interrupt.
   */
  deleteExpired(projectId: string, before: number): Promise<Expired>;
  /**
   * Permanently deletes inputs and outputs of such sessions, with their previews and words; all else of their events
   * stays. Safe during writes, and safe to interrupt.
   */
  emptyExpired(projectId: string, before: number): Promise<Emptied>;
  /**
   * Reads a digest of the ids of every row, 8 bytes each: the first of SHA-256 over `projectId`, a newline, `eventId`.
   * Rows that are stored meanwhile may be missing.
   */
  scanIds(onDigests: (digests: Buffer) => void): Promise<void>;
  /** Indexes the words of hours that are not indexed; searches read those in full. Safe to interrupt. */
  indexWords(round: IndexRound): Promise<void>;
  /** How far that is, as of the last round. */
  wordIndex(): WordIndexProgress;
  /** Drops what the engine caches, to make room for others; the next reads take longer. */
  releaseMemory(): Promise<void>;
  readStats(): Promise<StoreStats>;
  /** Milliseconds that a trivial query took. */
  ping(): Promise<number>;
  /** Version of the engine, as it names itself. */
  engineVersion(): Promise<string>;
  close(): Promise<void>;
}

/** The store could not do its work now; the same request may succeed later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /** Whether nobody's events can be stored now; false where it may be for what these ones hold. */
  readonly isForAll: boolean = false;
}

/** The query was too expensive for the limits of the store: time, memory or rows. */
export class QueryTooExpensive extends Error {
  override readonly name = 'QueryTooExpensive';
}
