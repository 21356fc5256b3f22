import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { ask } from './client.ts';

/** Whether a project is empty. A non-empty result is cached; an empty one is requested again. */
export const useProjectEmptiness = (project: string): UseQueryResult<boolean> =>
  useQuery({
    queryKey: ['is-empty', project],
    queryFn: async ({ signal }) => {
      const { rows } = await ask('exploreRows', {
        body: { project, scope: 'events', limit: 1 },
        signal,
      });
      return rows.length === 0;
    },
    staleTime: ({ state }) => (state.data === false ? Number.POSITIVE_INFINITY : 0),
  });
