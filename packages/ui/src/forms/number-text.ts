/** Parses the text of a number field; null: not a number, or out of range. */
export function parseNumber(text: string, { min = 0, max = Number.MAX_VALUE } = {}): number | null {
  const trimmed = text.trim();
  const value = Number(trimmed);
  return trimmed !== '' && Number.isFinite(value) && value >= min && value <= max ? value : null;
}

/** As {@link parseNumber}, for whole numbers. */
export function parseWhole(
  text: string,
  limits: { min?: number; max?: number } = {},
): number | null {
  const value = parseNumber(text, limits);
  return value !== null && Number.isInteger(value) ? value : null;
}

/** A ratio of 0 to 1 as percent, without the dust of binary fractions: 0.07 is 7. */
export const toPercent = (ratio: number): string => String(Number((ratio * 100).toFixed(6)));

/** The other way. */
export const toRatio = (percent: number): number => Number((percent / 100).toFixed(8));
