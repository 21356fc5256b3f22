import type { SpanRank } from './trace-span.ts';

/** What the mark of a trace says beside its session. */
export interface TraceMark {
  readonly traceId: string;
  readonly ownSession: string;
  /** The span that named the session. */
  readonly rank: SpanRank;
  /** Sessions that events of the trace are still to be moved from. */
  readonly from: readonly string[];
}

interface Written {
  readonly trace: string;
  readonly own: string;
  readonly rank: SpanRank;
  readonly from?: readonly string[];
}

export function writeMark({ traceId, ownSession, rank, from }: TraceMark): string {
  const written: Written = { trace: traceId, own: ownSession, rank };
  return JSON.stringify(from.length === 0 ? written : { ...written, from });
}

/** What {@link writeMark} wrote; null for anything else. */
export function readMark(origin: string): TraceMark | null {
  if (!origin.startsWith('{"trace":')) return null;
  const { trace, own, rank, from = [] } = JSON.parse(origin) as Written;
  return { traceId: trace, ownSession: own, rank, from };
}
