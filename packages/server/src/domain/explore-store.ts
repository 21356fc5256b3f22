import type {
  DurationSpread,
  DurationsQuery,
  GroupsQuery,
  HistogramPoint,
  RowGroup,
  SeriesQuery,
  SeriesResult,
  TimedQuery,
} from './explore-chart.ts';
import type { DifferencesQuery, ValueCounts } from './differences.ts';
import type { FieldSightings, FieldValues, ValuesQuery } from './field-catalogue.ts';
import type { FindHit, FindRequest } from './session-find.ts';
import type { ExploreQuery, RowPosition, RowsQuery } from './explore-query.ts';
import type { SkeletonEvent } from './skeleton.ts';
import type { FieldSnippet } from './snippet.ts';
import type { EventDigest, EventType, Usage } from './stored-event.ts';

/** An event without its payload. */
export interface LightEvent extends EventDigest, Usage {
  readonly projectId: string;
  readonly sessionId: string;
  readonly eventId: string;
  readonly parentId: string | null;
  readonly eventType: EventType;
  readonly eventName: string;
  readonly source: string;
  /** At most 200 characters; null when the step went well. */
  readonly error: string | null;
  readonly startTime: number;
  readonly endTime: number;
  readonly durationMs: number;
  readonly hasEnded: boolean;
  readonly inputsBytes: number;
  readonly outputsBytes: number;
  /** Epoch milliseconds of this version's arrival. */
  readonly updatedAt: number;
}

/** The beginning of a value, and how large all of it is. */
export interface ValueHead {
  readonly text: string;
  readonly bytes: number;
}

/** Where a row has the first word of a search. */
export interface RowMatch extends FieldSnippet {
  /** The event that has it: of a session, the earliest one. */
  readonly eventId: string;
}

/** A row of a page. */
export interface ExploredRow {
  readonly event: LightEvent;
  /** The values of the columns, in the order asked for; null if absent. */
  readonly columns: readonly (ValueHead | null)[];
  /** null without a search, and where the match could not be read in time. */
  readonly match: RowMatch | null;
  readonly position: RowPosition;
}

/** A session of a project. */
export interface SessionId {
  readonly projectId: string;
  readonly sessionId: string;
}

/** What tells whether a session is the same as before: events, the sum of their versions, the latest change. */
export interface SessionMark {
  readonly eventCount: number;
  readonly versions: number;
  readonly updatedAt: number;
}

/** What a retention would remove. */
export interface Expirable {
  readonly sessionCount: number;
  readonly eventCount: number;
  /** Inputs and outputs of the events, all versions, before compression. */
  readonly payloadBytes: number;
  /** Start of the oldest event of the project, epoch milliseconds; null when it has none. */
  readonly oldest: number | null;
}

/** Inputs and outputs that are deleted because of their age, while their events stay. */
export interface Emptied {
  readonly eventCount: number;
  /** All versions, before compression. */
  readonly payloadBytes: number;
}

/** Where an event is found fast. */
export interface EventPosition {
  readonly eventId: string;
  readonly startTime: number;
}

export interface ChangedQuery {
  readonly projectId: string;
  /** null: all sessions. */
  readonly sessionId: string | null;
  /** Epoch milliseconds. */
  readonly sinceMs: number;
  readonly limit: number;
}

/** Where an event with a computed cost lies, in the order of keys. */
export interface CostPosition {
  /** Hours since the epoch. */
  readonly hour: number;
  readonly sessionId: string;
  readonly eventId: string;
}

/** A model without a price. */
export interface UnpricedModel {
  readonly model: string;
  readonly eventCount: number;
  readonly totalTokens: number;
  /** Start of the latest event, epoch milliseconds. */
  readonly lastTime: number;
}

/** What the web UI reads of the store. Every read is confined to the projects it names. */
export interface ExploreStore {
  readRows(query: RowsQuery, signal?: AbortSignal): Promise<ExploredRow[]>;
  /** How many rows match; never more than `most`. */
  countRows(query: ExploreQuery, most: number, signal?: AbortSignal): Promise<number>;
  /** Rows by bucket, ascending; buckets without any are left out. */
  readHistogram(query: TimedQuery, signal?: AbortSignal): Promise<HistogramPoint[]>;
  readSeries(query: SeriesQuery, signal?: AbortSignal): Promise<SeriesResult>;
  /** Groups with their sums, and how many there are in all. */
  readGroups(
    query: GroupsQuery,
    signal?: AbortSignal,
  ): Promise<{ groups: RowGroup[]; groupCount: number }>;
  readDurations(query: DurationsQuery, signal?: AbortSignal): Promise<DurationSpread>;
  /** The fields of the most recent events. `prefix` keeps only paths that begin so, case aside. */
  readFields(
    query: { rows: ExploreQuery; prefix: string },
    signal?: AbortSignal,
  ): Promise<FieldSightings>;
  readValues(query: ValuesQuery, signal?: AbortSignal): Promise<FieldValues>;
  /** Where a text is in the events of a session, in their order, then by part; case does not count. */
  findInSession(request: FindRequest, signal?: AbortSignal): Promise<FindHit[]>;
  readExpired(
    query: { projectId: string; before: number },
    signal?: AbortSignal,
  ): Promise<Expirable>;
  /** What would be emptied of sessions that last changed before the one instant, and not before the other. */
  readEmptiable(
    query: { projectId: string; before: number; notBefore: number | null },
    signal?: AbortSignal,
  ): Promise<Emptied>;
  /** How many of the selected rows, and of the rest, have each value. */
  readValueCounts(query: DifferencesQuery, signal?: AbortSignal): Promise<ValueCounts>;
  /** Models without a price since the instant, those with the most events first; and how many events in all. */
  readUnpriced(
    query: { projectId: string; fromMs: number; limit: number },
    signal?: AbortSignal,
  ): Promise<{ models: UnpricedModel[]; eventCount: number }>;
  /** Events since the instant whose cost was computed, in the order of keys. */
  readComputed(
    query: { projectId: string; fromMs: number; after: CostPosition | null; limit: number },
    signal?: AbortSignal,
  ): Promise<CostPosition[]>;
  /** Which of these events meet filters and words, as they are now, oldest change first. */
  readMatching(query: ExploreQuery, places: readonly EventPosition[]): Promise<LightEvent[]>;
  /** Events that were stored or changed since, latest first; those that began over a day before it are left out. */
  readChanged(query: ChangedQuery): Promise<EventPosition[]>;
  /** Roots of a session id, one for each of the projects that has such a session. */
  readRoots(query: { projectIds: readonly string[]; sessionId: string }): Promise<LightEvent[]>;
  readSessionMark(session: SessionId): Promise<SessionMark>;
  /** Events of a session by start, then id; with `sinceMs`, those stored or changed since, deleted ones among them. */
  readSkeleton(
    query: SessionId & { sinceMs: number | null; limit: number },
    signal?: AbortSignal,
  ): Promise<SkeletonEvent[]>;
}
