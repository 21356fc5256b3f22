import type { ExploreScope, RowSort } from 'honeyhive-wire';
import { choiceParam } from '../state/query-param.ts';
import type { FilterEntry } from '../query/filter.ts';
import { columnsFor, toColumns } from './column.ts';
import type { Column, ListKind } from './column.ts';

/** Which of the lists of events it is, `k` in the address. */
export const kindParam = choiceParam(['events', 'models']);

/** What a query on sessions is about, `in` in the address. */
export const scopeParam = choiceParam(['auto', 'session', 'any_event']);

export const scopeOf = (kind: ListKind): ExploreScope =>
  kind === 'sessions' ? 'sessions' : 'events';

const onlyModels = { field: 'event_type', operator: 'is', value: 'model', type: 'string' } as const;

/** The filters of a list: those of its query, and what it is a list of. */
export const withKind = (kind: ListKind, filters: readonly FilterEntry[]): readonly FilterEntry[] =>
  kind === 'models' ? [...filters, onlyModels] : filters;

/** The columns that were chosen; null: nobody chose any. */
export const columnsOf = (
  kind: ListKind,
  ids: readonly string[] | null,
  { field }: RowSort,
): readonly Column[] => toColumns(ids ?? columnsFor(kind, field), kind);
