import { parseNumber, toPercent, toRatio } from '../forms/number-text.ts';

/** A threshold as it is typed. */
export interface ThresholdField {
  readonly name: string;
  /** Typed as percent, kept as a ratio. */
  readonly isRatio: boolean;
}

const known: readonly ThresholdField[] = [
  { name: 'error_rate', isRatio: true },
  { name: 'latency_p95', isRatio: false },
];

/** The two thresholds of the contract, and whatever others the project has. */
export function toFields(thresholds: Readonly<Record<string, number>>): readonly ThresholdField[] {
  const others = Object.keys(thresholds).filter((name) =>
    known.every((field) => field.name !== name),
  );
  return [...known, ...others.toSorted().map((name) => ({ name, isRatio: false }))];
}

/** What stands in the field of a threshold; empty for none. */
export function toText(field: ThresholdField, value: number | undefined): string {
  if (value === undefined) return '';
  return field.isRatio ? toPercent(value) : String(value);
}

/** A number to keep, null for no threshold, undefined for what is neither. */
export function parseThreshold(field: ThresholdField, text: string): number | null | undefined {
  if (text.trim() === '') return null;
  if (!field.isRatio) return parseNumber(text) ?? undefined;
  const percent = parseNumber(text, { max: 100 });
  return percent === null ? undefined : toRatio(percent);
}
