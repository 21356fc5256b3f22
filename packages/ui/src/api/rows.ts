import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import type { RequestOf, RowsPage } from 'honeyhive-wire';
import { ask } from './client.ts';

/** What decides which rows there are; the cursor is ours. */
export type RowsInput = Omit<RequestOf<'exploreRows'>['body'], 'cursor'>;

/** Rows of a list, page by page. While a changed question is asked, the rows of the one before stay. */
export const useRows = (
  input: RowsInput,
  { isEnabled = true }: { readonly isEnabled?: boolean } = {},
): UseInfiniteQueryResult<InfiniteData<RowsPage>> =>
  useInfiniteQuery({
    queryKey: ['rows', input],
    queryFn: ({ pageParam, signal }) =>
      ask('exploreRows', {
        body: { ...input, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // A range has its ends: what was answered stays so until somebody asks for what is newer.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 15 * 60_000,
    enabled: isEnabled,
    placeholderData: keepPreviousData,
  });

/** How many rows a list has on all its pages. While a changed question is asked, the total of the one before stays. */
export function useTotal(
  { columns: _columns, sort: _sort, ...selection }: RowsInput,
  { isEnabled }: { readonly isEnabled: boolean },
): UseQueryResult<RowsPage['total']> {
  const body = { ...selection, limit: 1, total: true };
  return useQuery({
    queryKey: ['total', body],
    queryFn: async ({ signal }) => (await ask('exploreRows', { body, signal })).total,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 15 * 60_000,
    enabled: isEnabled,
    placeholderData: keepPreviousData,
  });
}
