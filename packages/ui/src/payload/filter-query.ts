import { printCondition, toWord } from '../query/print-query.ts';
import type { Condition } from '../query/query.ts';
import { JsonKind } from './json/json-document.ts';
import { readJson } from './json/json-reader.ts';
import type { FilterPick } from './value-actions.ts';

/** The condition that a picked value stands for. */
export function toCondition({ path, value, isNegated }: FilterPick): Condition {
  const key = path.map(String);
  if (value === null) return { kind: 'has', key, isNegated };
  return {
    kind: 'clause',
    key,
    isNegated,
    values: [{ kind: 'is', word: toWord(toScalar(value)) }],
  };
}

/** The text of a query that holds nothing else. */
export const printPick = (pick: FilterPick): string => printCondition(toCondition(pick));

/** A number that JavaScript would change stays text: the filter shall find what is there. */
function toScalar(source: string): string | number | boolean {
  const document = readJson(source);
  const text = document.stringOf(0);
  const kind = document.kindOf(0);
  if (kind === JsonKind.boolean) return text === 'true';
  if (kind !== JsonKind.number) return text;
  return String(Number(text)) === text ? Number(text) : text;
}
