import type { HoneyHive } from 'honeyhive';
import type { Alert, AlertIn, Backtest, BacktestIn, Delivery, Destination } from 'honeyhive-wire';
import type { Present } from './apply-plan.ts';

/** A page of alerts: the service returns up to 100. */
const pageSize = 100;

/** Alerts and destinations of one project, by the operations of the service. */
export interface AlertApi {
  read(): Promise<Present>;
  listAlerts(): Promise<Alert[]>;
  saveAlert(id: string | null, alert: AlertIn): Promise<Alert>;
  deleteAlert(id: string): Promise<void>;
  saveDestination(
    id: string | null,
    destination: object,
  ): Promise<{ readonly destination: Destination; readonly signing_secret: string | null }>;
  deleteDestination(id: string): Promise<void>;
  testDestination(id: string): Promise<Delivery>;
  backtest(alert: BacktestIn): Promise<Backtest>;
}

export function createAlertApi(client: HoneyHive, projectId: string): AlertApi {
  const project = `/v1/projects/${encodeURIComponent(projectId)}`;
  const call = async <Answer>(method: string, path: string, json?: unknown): Promise<Answer> => {
    const { data } = await client.request(
      method,
      project + path,
      json === undefined ? {} : { json },
    );
    return assumeAnswer<Answer>(data);
  };
  const byId = (noun: string, id: string): string => `/${noun}/${encodeURIComponent(id)}`;
  const listAlerts = (): Promise<Alert[]> =>
    readPages((page) => call('GET', `/alerts?page=${page}&limit=${pageSize}`));
  return {
    listAlerts,
    async read() {
      const { destinations } = await call<{ destinations: Destination[] }>(
        'GET',
        '/alert_destinations',
      );
      return { destinations, alerts: await listAlerts() };
    },
    async saveAlert(id, alert) {
      const { data } =
        id === null
          ? await call<{ data: Alert }>('POST', '/alerts', alert)
          : await call<{ data: Alert }>('PUT', byId('alerts', id), alert);
      return data;
    },
    deleteAlert: (id) => call('DELETE', byId('alerts', id)),
    saveDestination: (id, destination) =>
      id === null
        ? call('POST', '/alert_destinations', destination)
        : call('PUT', byId('alert_destinations', id), destination),
    deleteDestination: (id) => call('DELETE', byId('alert_destinations', id)),
    async testDestination(id) {
      const { delivery } = await call<{ delivery: Delivery }>(
        'POST',
        `${byId('alert_destinations', id)}/test`,
      );
      return delivery;
    },
    backtest: (alert) => call('POST', '/alerts/backtest', alert),
  };
}

interface AlertPage {
  readonly data: readonly Alert[];
  readonly pagination: { readonly has_next: boolean };
}

async function readPages(read: (page: number) => Promise<AlertPage>): Promise<Alert[]> {
  const alerts: Alert[] = [];
  for (let page = 1; ; page += 1) {
    const { data, pagination } = await read(page);
    alerts.push(...data);
    if (!pagination.has_next) return alerts;
  }
}

/** The service answers as its contract says. */
function assumeAnswer<Answer>(data: unknown): Answer {
  return data as Answer;
}
