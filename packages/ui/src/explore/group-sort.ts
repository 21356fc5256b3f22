import type { GroupsQuery } from 'honeyhive-wire';
import type { QueryParam } from '../state/query-param.ts';

export type GroupSort = NonNullable<GroupsQuery['sort']>;
export type GroupField = GroupSort['field'];

/** Columns of a list of groups, in their order. */
export const groupFields = [
  'value',
  'count',
  'error_count',
  'p50_ms',
  'p95_ms',
  'total_tokens',
  'cost_usd',
] as const satisfies readonly GroupField[];

export const defaultGroupSort: GroupSort = { field: 'count', direction: 'descending' };

/** `-p95_ms` is the slowest first; left out, the largest first. */
export const groupSortParam: QueryParam<GroupSort> = {
  parse(text) {
    const [, minus, name] = /^(-?)(\w+)$/.exec(text ?? '') ?? [];
    const field = groupFields.find((one) => one === name);
    return field === undefined
      ? defaultGroupSort
      : { field, direction: minus === '-' ? 'descending' : 'ascending' };
  },
  print({ field, direction }) {
    const text = `${direction === 'descending' ? '-' : ''}${field}`;
    return text === '-count' ? null : text;
  },
};

/** The order after a click on a column: largest first, then the other way round; values from a. */
export const nextGroupSort = (current: GroupSort, field: GroupField): GroupSort =>
  current.field === field
    ? { field, direction: current.direction === 'ascending' ? 'descending' : 'ascending' }
    : { field, direction: field === 'value' ? 'ascending' : 'descending' };
