import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { ask } from '../api/client.ts';

interface ExploreQuestion {
  /** `POST /v1/explore/groups`. */
  readonly call: string;
  readonly json: object;
}

/** An answer about a range that has its ends: it stays true until somebody asks anew. */
export const useExplore = <Answer>({ call, json }: ExploreQuestion): UseQueryResult<Answer> =>
  useQuery({
    queryKey: [call, json],
    queryFn: ({ signal }) => ask<Answer>(call, { json, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
