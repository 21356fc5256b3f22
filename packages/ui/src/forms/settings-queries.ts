import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Health, KeyList, ProjectSettings, Readiness, SettingsIn } from 'honeyhive-wire';
import { ask } from '../api/client.ts';
import { showToast } from '../kit/toasts.tsx';
import { settingsText } from '../text/settings.ts';

const pathOf = (projectId: string) => `/v1/projects/${encodeURIComponent(projectId)}`;

/** Settings of a project. */
export const settingsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['settings', projectId],
    queryFn: ({ signal }) => ask<ProjectSettings>(`GET ${pathOf(projectId)}/settings`, { signal }),
  });

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => ask<KeyList>('GET /v1/keys', { signal }),
});

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: async ({ signal }) => ({
    health: await ask<Health>('GET /health', { signal }),
    readiness: await ask<Readiness>('GET /ready', { signal }),
  }),
  staleTime: 0,
});

/** Changes settings; what is not named stays as it is. */
export function useSaveSettings(projectId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: SettingsIn) =>
      ask<ProjectSettings>(`PUT ${pathOf(projectId)}/settings`, { json: change }),
    onSuccess: (settings) => {
      queries.setQueryData(settingsQuery(projectId).queryKey, settings);
      showToast({ text: settingsText.saved });
    },
  });
}
