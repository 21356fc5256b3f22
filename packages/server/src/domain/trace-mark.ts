import type { SpanRank } from './trace-span.ts';

/** What the mark of a trace says beside its session. */
export interface TraceMark {
  readonly traceId: string;
  /** The span that named the session. */
  readonly rank: SpanRank;
}

export const writeMark = ({ traceId, rank }: TraceMark): string =>
  JSON.stringify({ trace: traceId, rank });

/** What {@link writeMark} wrote; null for anything else. */
export function readMark(origin: string): TraceMark | null {
  if (!origin.startsWith('{"trace":')) return null;
  const { trace, rank } = JSON.parse(origin) as { trace: string; rank: SpanRank };
  return { traceId: trace, rank };
}
