import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AlertBody } from './alert-words.ts';
import { ask } from '../api/client.ts';

const everyMs = 5_000;
const mostAlerts = '100';

/** All alerts of a project as far as one page goes, by name; a change of state shows within seconds. */
export const alertsQuery = (project: string) =>
  queryOptions({
    queryKey: ['alerts', project],
    queryFn: ({ signal }) =>
      ask('listAlerts', { params: { project_id: project }, query: { limit: mostAlerts }, signal }),
    refetchInterval: everyMs,
  });

export const alertQuery = (project: string, id: string) =>
  queryOptions({
    queryKey: ['alert', project, id],
    queryFn: ({ signal }) =>
      ask('getAlert', { params: { project_id: project, alert_id: id }, signal }),
    refetchInterval: everyMs,
  });

export const alertGroupsQuery = (project: string, id: string) =>
  queryOptions({
    queryKey: ['alert groups', project, id],
    queryFn: ({ signal }) =>
      ask('getAlertGroups', { params: { project_id: project, alert_id: id }, signal }),
    refetchInterval: everyMs,
  });

/** Changes of state, newest first. */
export const alertHistoryQuery = (project: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['alert history', project, id],
    queryFn: ({ pageParam, signal }) =>
      ask('getAlertHistory', {
        params: { project_id: project, alert_id: id },
        query: pageParam === null ? {} : { before: String(pageParam) },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });

/** When an alert would have fired. */
export const backtestQuery = (
  project: string,
  body: Omit<AlertBody, 'name'> & { readonly from: number; readonly to: number },
) =>
  queryOptions({
    queryKey: ['backtest', project, body],
    queryFn: ({ signal }) =>
      ask('backtestAlert', { params: { project_id: project }, body, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const destinationsQuery = (project: string) =>
  queryOptions({
    queryKey: ['alert destinations', project],
    queryFn: ({ signal }) =>
      ask('listAlertDestinations', { params: { project_id: project }, signal }),
  });

export interface DeliveriesOf {
  readonly alert_id?: string;
  readonly status?: 'pending' | 'delivered' | 'dead';
}

export const deliveriesQuery = (project: string, of: DeliveriesOf) =>
  infiniteQueryOptions({
    queryKey: ['alert deliveries', project, of],
    queryFn: ({ pageParam, signal }) =>
      ask('listAlertDeliveries', {
        params: { project_id: project },
        query: { ...of, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor: next }) => next,
    refetchInterval: everyMs,
  });
