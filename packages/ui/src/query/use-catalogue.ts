import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ask } from '../api/client.ts';
import { makeCatalogue } from './field-catalogue.ts';
import type { FieldCatalogue } from './field-catalogue.ts';
import type { QueryScope } from './query-scope.ts';

/** Keys change rarely: the catalogue of another moment of the same minute is as good. */
const minuteMs = 60_000;

/**
 * The keys that the events of a time range have. Until they are known, the fields that every event has.
 *
 * @param isWanted whether they may be asked for: to find them takes the service longer than to find rows
 */
export function useCatalogue(
  { project, scope, interval }: QueryScope,
  isWanted = true,
): FieldCatalogue {
  const from = Math.floor(interval.from / minuteMs) * minuteMs;
  const to = Math.ceil(interval.to / minuteMs) * minuteMs;
  const { data } = useQuery({
    queryKey: ['fields', project, scope, from, to],
    queryFn: ({ signal }) => ask('exploreFields', { body: { project, scope, from, to }, signal }),
    enabled: isWanted,
    placeholderData: (before) => before,
  });
  return useMemo(() => makeCatalogue(data?.fields ?? []), [data]);
}
