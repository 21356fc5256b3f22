import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Histogram } from 'honeyhive-wire';
import { ask } from '../api/client.ts';
import type { SelectionInput } from '../list/selection-input.ts';

interface HistogramInput {
  readonly selection: SelectionInput;
  readonly timezone: string;
  /** Most bars wanted. */
  readonly buckets: number;
  /** Whether it may be asked for. */
  readonly isWanted: boolean;
}

/** Rows over time, those with errors apart. */
export const useHistogram = ({
  selection,
  timezone,
  buckets,
  isWanted,
}: HistogramInput): UseQueryResult<Histogram> =>
  useQuery({
    queryKey: ['histogram', selection, timezone, buckets],
    queryFn: ({ signal }) =>
      ask('exploreHistogram', {
        body: { ...selection, timezone, buckets },
        signal,
      }),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
