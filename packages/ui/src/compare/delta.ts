/** How a number changed from one session to the other. */
export interface Delta {
  /** null when either side has no number. */
  readonly difference: number | null;
  /** Relative to the previous number; null if that is zero or missing. */
  readonly ratio: number | null;
}

/** Numbers below zero stand for none, as in the columns of a session. */
export function toDelta(before: number, after: number): Delta {
  if (before < 0 || after < 0) return { difference: null, ratio: null };
  const difference = after - before;
  return { difference, ratio: before === 0 ? null : difference / before };
}

/** `+1.2 s`, `-40`; empty for none. */
export function formatDelta({ difference }: Delta, format: (value: number) => string): string {
  if (difference === null || difference === 0) return difference === 0 ? '=' : '';
  return `${difference > 0 ? '+' : '−'}${format(Math.abs(difference))}`;
}
