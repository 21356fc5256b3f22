const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** `12,431`. */
export const formatCount = (count: number): string => whole.format(count);

/** `12.4K`, for narrow places; say the whole number in the title. */
export const formatCompact = (count: number): string => compact.format(count);

/** A ratio of 0 to 1 as `12.5%`. */
export const formatRatio = (ratio: number): string => percent.format(ratio);

/** A total that may only be known to be at least `count`: `10,000+`. */
export const formatTotal = ({
  count,
  exact,
}: {
  readonly count: number;
  readonly exact: boolean;
}): string => (exact ? formatCount(count) : `${formatCount(count)}+`);

/** The form of a noun that goes with a count: `1 session`, `12,431 sessions`. */
export const formatNoun = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
