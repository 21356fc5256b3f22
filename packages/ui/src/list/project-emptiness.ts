import { useQuery } from '@tanstack/react-query';
import type { RowsPage } from 'honeyhive-wire';
import { ask } from '../api/client.ts';

/** Whether nothing was ever sent to a project; null until that is known. */
export function useProjectEmptiness(project: string): boolean | null {
  const { data } = useQuery({
    queryKey: ['any-row', project],
    queryFn: ({ signal }) =>
      ask<RowsPage>('POST /v1/explore/rows', {
        json: { project, scope: 'events', limit: 1 },
        signal,
      }),
  });
  return data ? data.rows.length === 0 : null;
}
