import { parseQuery } from './parse-query.ts';
import { printCondition } from './print-query.ts';
import { addCondition, removeItem } from './query-edit.ts';
import type { Condition } from './query.ts';

const findItem = (query: string, condition: Condition): number =>
  parseQuery(query).findIndex(
    (item) =>
      item.condition !== null && printCondition(item.condition) === printCondition(condition),
  );

/** Whether a query has this very condition. */
export const isConditionIn = (query: string, condition: Condition): boolean =>
  findItem(query, condition) >= 0;

/** The query with the condition, or without it when it was there. */
export function toggleCondition(query: string, condition: Condition): string {
  const index = findItem(query, condition);
  return index < 0 ? addCondition(query, condition) : removeItem(query, index);
}
