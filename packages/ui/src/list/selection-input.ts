import type { RowsQuery } from 'honeyhive-wire';
import type { FilterEntry } from '../query/filter.ts';
import type { Interval } from '../state/time-range.ts';
import type { ListPeriod } from './use-list-period.ts';
import type { ListQuery } from './use-list-query.ts';
import type { ListSubject } from './use-list-subject.ts';

/** What of a list says which events or sessions are in it. */
export type ListSelection = ListSubject & ListPeriod & ListQuery;

/** What of a list the service is asked about, whatever it is asked. */
export type SelectionInput = Pick<RowsQuery, 'project' | 'scope' | 'filter_target' | 'text'> &
  Interval & { readonly filters: readonly FilterEntry[] };

export function toSelection(
  list: Pick<ListSelection, 'project' | 'scope' | 'compiled' | 'target' | 'interval'>,
): SelectionInput {
  const { filters, texts } = list.compiled;
  return {
    project: list.project.id,
    scope: list.scope,
    filters,
    ...(list.scope === 'sessions' && { filter_target: list.target }),
    ...(texts.length > 0 && { text: texts.join(' ') }),
    ...list.interval,
  };
}
