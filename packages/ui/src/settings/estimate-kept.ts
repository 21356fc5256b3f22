/** Sessions of a source, and how many of them an exception would keep. */
export interface SourceCount {
  readonly source: string;
  readonly sessions: number;
  readonly exceptions: number;
}

export interface SourceRates {
  /** 0 to 1. */
  readonly rate: number;
  readonly bySource: Readonly<Record<string, number>>;
}

/** How many of the sessions would be kept, about. */
export function estimateKept(
  counts: readonly SourceCount[],
  { rate, bySource }: SourceRates,
): number {
  const rates = new Map(Object.entries(bySource));
  const kept = counts.map(({ source, sessions, exceptions }) => {
    const share = rates.get(source) ?? rate;
    const always = Math.min(sessions, exceptions);
    return always + (sessions - always) * share;
  });
  return Math.round(kept.reduce((sum, count) => sum + count, 0));
}
