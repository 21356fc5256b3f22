import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { RowsPage, RowsQuery } from 'honeyhive-wire';
import { ask } from './client.ts';

/** What decides which rows there are; the cursor is ours. */
export type RowsInput = Omit<RowsQuery, 'cursor'>;

/** Rows of a list, page by page. While a changed question is asked, the rows of the one before stay. */
export const useRows = (input: RowsInput): UseInfiniteQueryResult<InfiniteData<RowsPage>> =>
  useInfiniteQuery({
    queryKey: ['rows', input],
    queryFn: ({ pageParam, signal }) =>
      ask<RowsPage>('POST /v1/explore/rows', {
        json: { ...input, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
