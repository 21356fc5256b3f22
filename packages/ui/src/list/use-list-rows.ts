import type { RowsPage } from 'honeyhive-wire';
import { useEffect, useMemo } from 'react';
import { useRows, useTotal } from '../api/rows.ts';
import type { RowsInput } from '../api/rows.ts';
import { rememberWalk } from './list-walk.ts';
import type { Row, RowTotal } from './row.ts';
import { toRowsInput } from './rows-input.ts';
import type { ListState } from './use-list-state.ts';

/** The rows of the list, page by page, in one. */
export function useListRows(list: ListState, isEnabled: boolean) {
  const input = toRowsInput(list);
  const result = useRows(input, { isEnabled });
  useEffect(() => rememberWalk(list.project.name, input));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = result;
  const rows: readonly Row[] = useMemo(
    () => data?.pages.flatMap((page) => page.rows) ?? [],
    [data],
  );
  const isStale = result.isPlaceholderData;
  const total = useListTotal(input, { first: data?.pages[0] ?? null, isStale });
  return {
    rows,
    total,
    isPending: result.isPending,
    /** The first rows of all are being asked for. */
    isLoading: result.isLoading,
    /** The rows are those of the question before. */
    isStale,
    error: result.isFetchNextPageError ? null : result.error,
    moreError: result.isFetchNextPageError ? result.error : null,
    retry: () => void (result.isFetchNextPageError ? fetchNextPage() : result.refetch()),
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage && !result.isFetchNextPageError) void fetchNextPage();
    },
  };
}

export type ListRows = ReturnType<typeof useListRows>;

/** How many rows there are, asked for after the first of them unless these are all; null until it is known. */
function useListTotal(
  input: RowsInput,
  { first, isStale }: { readonly first: RowsPage | null; readonly isStale: boolean },
): RowTotal | null {
  const isKnown = first === null || first.total.exact;
  const counted = useTotal(input, { isEnabled: !isStale && !isKnown });
  if (isKnown) return first?.total ?? null;
  // What cannot be counted has more rows than there are on the page.
  if (counted.error) return first.total;
  return counted.isPlaceholderData && !isStale ? null : (counted.data ?? null);
}
