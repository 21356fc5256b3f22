import type { RowsQuery } from 'honeyhive-wire';
import type { FilterEntry } from '../query/filter.ts';
import type { Interval } from '../state/time-range.ts';
import type { ListState } from './use-list-state.ts';

/** What of a list the service is asked about, whatever it is asked. */
export type SelectionInput = Pick<RowsQuery, 'project' | 'scope' | 'filter_target' | 'text'> &
  Interval & { readonly filters: readonly FilterEntry[] };

export function toSelection(
  list: Pick<ListState, 'project' | 'scope' | 'compiled' | 'target' | 'interval'>,
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
