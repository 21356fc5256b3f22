/** A number as people write it, with the unit that says how much one of it is. */
const measurePattern = /^(\$?)([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(ms|s|m|h|d|w|k|K|M|B)?$/;

/** Durations are milliseconds, as everywhere on the wire. `M` is a million, `m` a minute. */
const factors: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  k: 1_000,
  K: 1_000,
  M: 1_000_000,
  B: 1_000_000_000,
};

/** The number that `2s`, `150ms`, `1k`, `1.5M`, `$0.02` or `-3` says; null when it says none. */
export function parseMeasure(text: string): { value: number; hasUnit: boolean } | null {
  const [, dollar = '', digits = '', unit = ''] = measurePattern.exec(text) ?? [];
  if (digits === '' || (dollar !== '' && !/^[kKMB]?$/.test(unit))) return null;
  const value = toExactProduct(Number(digits), factors[unit] ?? 1);
  return Number.isFinite(value) ? { value, hasUnit: dollar + unit !== '' } : null;
}

/** 1.1 × 1000 is 1100, not 1100.0000000000002: what was written has at most fifteen digits that count. */
const toExactProduct = (value: number, factor: number): number =>
  factor === 1 ? value : Number((value * factor).toPrecision(15));
