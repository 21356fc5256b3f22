import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { RequestOf, ResponseOf } from 'honeyhive-wire';
import { ask } from '../api/client.ts';

/** Questions about a selection of rows. */
type ExploreId = 'exploreGroups' | 'exploreDifferences';

/** A response for a fixed range: it stays valid until a refresh. */
export const useExplore = <Id extends ExploreId>(
  id: Id,
  request: RequestOf<Id>,
): UseQueryResult<ResponseOf<Id>> =>
  useQuery({
    queryKey: [id, request],
    queryFn: ({ signal }) => ask(id, { ...request, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
