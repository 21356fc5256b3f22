import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
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
