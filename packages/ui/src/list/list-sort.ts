import type { RowSort } from 'honeyhive-wire';
import type { QueryParam } from '../state/query-param.ts';

export type SortField = RowSort['field'];

/** What the address calls the fields that rows can be sorted by. */
const names = {
  start: 'start_time',
  activity: 'last_activity',
  duration: 'duration_ms',
  name: 'event_name',
  tokens: 'total_tokens',
  cost: 'cost_usd',
  events: 'event_count',
  errors: 'error_count',
} as const satisfies Record<string, SortField>;

export const defaultSort: RowSort = { field: 'start_time', direction: 'descending' };

/** `-start` is newest first, the default; `duration` is shortest first. */
export const sortParam: QueryParam<RowSort> = {
  parse(text) {
    const [, minus, name = ''] = /^(-?)(\w+)$/.exec(text ?? '') ?? [];
    const field = Object.entries(names).find(([key]) => key === name)?.[1];
    return field === undefined
      ? defaultSort
      : { field, direction: minus === '-' ? 'descending' : 'ascending' };
  },
  print({ field, direction }) {
    const name = Object.entries(names).find(([, value]) => value === field)?.[0] ?? '';
    const text = `${direction === 'descending' ? '-' : ''}${name}`;
    return text === '-start' ? null : text;
  },
};

/** The order after a click on a column: largest or latest first, then the other way round; names from a. */
export function nextSort(current: RowSort, field: SortField): RowSort {
  if (current.field !== field)
    return { field, direction: field === 'event_name' ? 'ascending' : 'descending' };
  return { field, direction: current.direction === 'ascending' ? 'descending' : 'ascending' };
}
