import type { StoredEvent } from './stored-event.ts';

/** A trace of OpenTelemetry, by the ids that are derived from it. */
export interface Trace {
  /** 32 hex digits. */
  readonly id: string;
  /** Its session while none of its spans names one. */
  readonly ownSession: string;
  /** Event that says which session it is in, once a span has named one. */
  readonly mark: string;
}

/** What the root of a session is made after, beside the event of a span. */
export interface SpanOfSession {
  readonly spanId: string;
  /** Whether it has no parent. */
  readonly isFirst: boolean;
  /** Name that it gives the session; null when it gives none. */
  readonly sessionName: string | null;
}

/** What a span says of its trace and its session, beside its event. */
export interface TraceSpan extends SpanOfSession {
  readonly trace: Trace;
  /** Session that it names; null when it names none. */
  readonly sessionId: string | null;
  /** Whether it stays in the session that it names, whatever the session of its trace. */
  readonly isAddressed: boolean;
}

/** Origin of an event that stays in the session that its span names, whatever the session of its trace. */
export const addressed = 'addressed';

/**
 * The place of a span in the order of its trace: first what has no parent, then what began earlier; of what began
 * together, what ended later. So a span comes after those that it is below.
 */
export type SpanRank = readonly [isChild: number, startTime: number, age: number, spanId: string];

export const rankSpan = (
  { isFirst, spanId }: Pick<TraceSpan, 'isFirst' | 'spanId'>,
  { startTime, endTime }: Pick<StoredEvent, 'startTime' | 'endTime'>,
): SpanRank => [isFirst ? 0 : 1, startTime, startTime - endTime, spanId];

/** Whether one span stands before another one. */
export function isBefore<Rank extends readonly (number | string)[]>(
  one: Rank,
  other: Rank,
): boolean {
  for (const [place, value] of one.entries()) {
    const against = other[place] ?? value;
    if (value !== against) return value < against;
  }
  return false;
}
