import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ValueList } from 'honeyhive-wire';
import { askTogether } from '../api/ask-together.ts';
import type { FilterEntry } from './filter.ts';
import type { QueryScope } from './query-scope.ts';

export interface ValuesInput extends QueryScope {
  /** null: none are wanted. */
  readonly path: string | null;
  readonly prefix?: string;
  readonly filters?: readonly FilterEntry[];
  /** Default 20. */
  readonly limit?: number;
}

/**
 * Values of a key with how many events have them, most frequent first. While more is asked of the key, those known
 * stay.
 */
export const useValues = ({
  path,
  prefix = '',
  filters = [],
  limit = 20,
  project,
  scope,
  interval,
}: ValuesInput): UseQueryResult<ValueList> => {
  const body = { scope, path: path ?? '', prefix, filters, limit, ...interval };
  return useQuery({
    queryKey: ['values', path, project, body],
    queryFn: ({ signal }) => askTogether({ operation: 'exploreValues', body }, { project, signal }),
    enabled: path !== null,
    placeholderData: (known, before) => (before?.queryKey[1] === path ? known : undefined),
  });
};
