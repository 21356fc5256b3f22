import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { SettingsIn } from 'honeyhive-wire';
import { ask } from '../api/client.ts';
import { showToast } from '../kit/toasts.tsx';
import { settingsText } from '../text/settings.ts';

/** Settings of a project. */
export const settingsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['settings', projectId],
    queryFn: ({ signal }) =>
      ask('getProjectSettings', { params: { project_id: projectId }, signal }),
  });

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => ask('listKeys', { signal }),
});

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: async ({ signal }) => ({
    health: await ask('getHealth', { signal }),
    readiness: await ask('getReadiness', { signal }),
  }),
  staleTime: 0,
});

/** Changes settings; what is not named stays as it is. */
export function useSaveSettings(projectId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: SettingsIn) =>
      ask('updateProjectSettings', { params: { project_id: projectId }, body: change }),
    onSuccess: (settings) => {
      queries.setQueryData(settingsQuery(projectId).queryKey, settings);
      showToast({ text: settingsText.saved });
    },
  });
}
