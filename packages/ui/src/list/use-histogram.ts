import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Histogram } from 'honeyhive-wire';
import { ask } from '../api/client.ts';
import type { SelectionInput } from './selection-input.ts';

interface HistogramInput {
  readonly selection: SelectionInput;
  readonly timezone: string;
  /** Most bars wanted. */
  readonly buckets: number;
}

/** Rows over time, those with errors apart. */
export const useHistogram = ({
  selection,
  timezone,
  buckets,
}: HistogramInput): UseQueryResult<Histogram> =>
  useQuery({
    queryKey: ['histogram', selection, timezone, buckets],
    queryFn: ({ signal }) =>
      ask<Histogram>('POST /v1/explore/histogram', {
        json: { ...selection, timezone, buckets },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
