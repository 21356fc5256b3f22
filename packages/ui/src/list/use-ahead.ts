import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client.ts';
import { printZoned } from '../state/zoned-time.ts';
import type { TimeRange } from '../state/time-range.ts';
import { toSelection, type ListSelection } from './selection-input.ts';

const minuteMs = 60_000;
/** Beyond it, years have more digits than a range can be written with. */
const lastMs = Date.UTC(9999, 11, 31);

/** What starts after the end of a list that ends now; `range` is null where it cannot be shown. */
export interface Ahead {
  readonly range: TimeRange | null;
}

/** Whether rows that match start later than now; null if none does, or if the range of the list does not end now. */
export function useAhead(list: ListSelection): Ahead | null {
  const { from: _from, to, ...selection } = toSelection(list);
  const { data } = useQuery({
    queryKey: ['ahead', selection, to],
    enabled: list.range.kind === 'last',
    queryFn: async ({ signal }) => {
      const sort = { field: 'start_time', direction: 'ascending' } as const;
      const body = { ...selection, from: to, sort, limit: 1 };
      const { rows } = await ask('exploreRows', { body, signal });
      return rows[0]?.start_time ?? null;
    },
  });
  if (data === undefined || data === null) return null;
  const [from, until] = [to, data + minuteMs].map((ms) => printZoned(ms, list.zone));
  const isShown = data < lastMs && from !== undefined && until !== undefined;
  return { range: isShown ? { kind: 'between', from, to: until } : null };
}
