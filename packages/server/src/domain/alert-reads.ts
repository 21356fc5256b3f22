import type { LoopRule, Measure, Threshold } from './alert-rule.ts';
import type { TimeSpan } from './alert-window.ts';
import type { EventCondition } from './event-query.ts';

/** Events of a project that an alert is about. */
export interface AlertScope {
  readonly projectId: string;
  readonly filters: readonly EventCondition[];
}

/** What the events of a window come to, by group. */
export interface WindowQuery extends AlertScope {
  readonly span: TimeSpan;
  /** null: all of them are one group. */
  readonly groupBy: readonly string[] | null;
  readonly measures: readonly Measure[];
  /** Groups that are wanted: those with the highest or lowest value of the first measure. */
  readonly order: 'highest' | 'lowest';
  readonly limit: number;
}

export interface GroupReading {
  /** null: events without a value. */
  readonly group: string | null;
  /** In the order of the measures. */
  readonly numbers: readonly MeasuredNumber[];
}

export interface MeasuredNumber {
  /** Events that have the number. */
  readonly count: number;
  /** null without such events. */
  readonly value: number | null;
}

export interface WindowReading {
  readonly groups: readonly GroupReading[];
  /** Those beyond the limit among them. */
  readonly groupCount: number;
}

/** What the events of a time come to, in equal parts of it. */
export interface PartsQuery extends Omit<WindowQuery, 'order' | 'limit'> {
  /** Divides an hour; the span begins and ends with a part. */
  readonly stepMs: number;
}

/** What the events of one group in a part of time come to. */
export interface WindowPart {
  readonly startMs: number;
  readonly group: string | null;
  /** In the order of the measures. */
  readonly numbers: readonly PartNumber[];
}

export interface PartNumber {
  /** Events that have the number. */
  readonly count: number;
  /** Their sum, least or greatest one; 0 without events, and for percentiles. */
  readonly value: number;
  /** For percentiles all of them, ascending. */
  readonly values: Float64Array;
}

/** Which events and sessions are looked at: those stored or changed since an instant, or those of a time. */
export type SubjectTime = { readonly sinceMs: number } | { readonly span: TimeSpan };

/** Events of which a number is beyond one of the thresholds. */
export interface ArrivedQuery extends AlertScope {
  readonly time: SubjectTime;
  readonly measure: Measure;
  readonly thresholds: readonly Threshold[];
  /** Ids of events that are left out. */
  readonly known: readonly string[];
  readonly limit: number;
}

export interface ArrivedEvent {
  readonly eventId: string;
  readonly startTime: number;
  readonly value: number;
}

/** Sessions of which events are looked at, and that are at one of the limits. */
export interface LoopQuery extends AlertScope {
  readonly time: SubjectTime;
  readonly loop: LoopRule;
  /** Ids of sessions that are left out. */
  readonly known: readonly string[];
  readonly limit: number;
}

/** What a session has done so far. */
export interface SessionUse {
  readonly sessionId: string;
  readonly startTime: number;
  readonly endTime: number;
  /** Most calls of one tool with the same inputs. */
  readonly repeats: number;
  readonly steps: number;
  readonly minutes: number;
  readonly costUsd: number;
}

/** As many as the limit allows, and how many there are in all. */
export interface Found<One> {
  readonly found: readonly One[];
  readonly total: number;
}

/** What alerts read of the events. Every read is confined to the project it names. */
export interface AlertReads {
  readWindow(query: WindowQuery, signal?: AbortSignal): Promise<WindowReading>;
  /** Several windows of one project in one pass over its events, at most 250. */
  readWindows(
    queries: readonly WindowQuery[],
    signal?: AbortSignal,
  ): Promise<readonly WindowReading[]>;
  /** @throws {QueryTooExpensive} there are too many parts */
  readParts(query: PartsQuery, signal?: AbortSignal): Promise<readonly WindowPart[]>;
  readArrived(query: ArrivedQuery, signal?: AbortSignal): Promise<Found<ArrivedEvent>>;
  readLoops(query: LoopQuery, signal?: AbortSignal): Promise<Found<SessionUse>>;
}
