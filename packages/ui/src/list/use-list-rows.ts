import { useEffect, useMemo } from 'react';
import { useRows } from '../api/rows.ts';
import { rememberWalk } from './list-walk.ts';
import type { Row } from './row.ts';
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
  const [first] = data?.pages ?? [];
  return {
    rows,
    total: first?.total ?? null,
    isPending: result.isPending,
    /** The first rows of all are being asked for. */
    isLoading: result.isLoading,
    /** The rows are those of the question before. */
    isStale: result.isPlaceholderData,
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
