import { parseNumber, toPercent, toRatio } from '../forms/number-text.ts';

/** A line for each source: its name, then percent. */
export const formatRates = (rates: Readonly<Record<string, number>>): string =>
  Object.entries(rates)
    .map(([name, rate]) => `${name} ${toPercent(rate)}`)
    .join('\n');

/** The rates, 0 to 1, by name; null if a line does not end with a number from 0 to 100, or a name is there twice. */
export function parseRates(text: string): Record<string, number> | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const rates = lines.map(parseLine);
  if (!rates.every((rate) => rate !== null)) return null;
  const byName = new Map(rates);
  return byName.size === rates.length ? Object.fromEntries(byName) : null;
}

function parseLine(line: string): [name: string, rate: number] | null {
  const [, name, number = ''] = /^\s*(.*?\S)\s+(\S+)\s*$/.exec(line) ?? [];
  const percent = parseNumber(number, { max: 100 });
  return name === undefined || percent === null ? null : [name, toRatio(percent)];
}
