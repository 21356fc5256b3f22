import { useQuery } from '@tanstack/react-query';
import type { Alert } from 'honeyhive-wire';
import { useState } from 'react';
import { useProject } from '../api/project.tsx';
import { formatRelative } from '../format/time.ts';
import { formatCount } from '../format/number.ts';
import { PlaceLink } from '../kit/place-link.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { EmptyState, ErrorState } from '../kit/states.tsx';
import { printStart } from '../list/alert-link.ts';
import type { AlertStart } from '../list/alert-link.ts';
import { alertsText } from '../text/alerts.ts';
import { alertsQuery } from '../alerting/alert-queries.ts';
import {
  changedAt,
  describeCondition,
  formatAlertValue,
  unitOfAlert,
} from '../alerting/alert-words.ts';
import styles from './alerts.module.css';
import { Sparkline } from './sparkline.tsx';
import { StateChip } from './state-chip.tsx';

const templates: readonly AlertStart[] = [
  { name: alertsText.templates.errors, metric: 'error', aggregation: 'avg' },
  { name: alertsText.templates.latency, metric: 'duration', aggregation: 'p95' },
  { name: alertsText.templates.cost, metric: 'cost_usd', aggregation: 'sum' },
];

/** The alerts of a project with their states. */
export function AlertList() {
  const project = useProject();
  const { data, error, refetch } = useQuery(alertsQuery(project.id));
  if (error && !data)
    return <ErrorState title={alertsText.failed} error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={5} />;
  if (data.data.length > 0) return <AlertTable alerts={data.data} />;
  return (
    <EmptyState
      title={alertsText.none}
      actions={templates.map((start) => (
        <PlaceLink
          key={start.name}
          look="plain"
          to={{ screen: 'alerts', project: project.name, rest: ['new'] }}
          query={printStart(start)}
        >
          {start.name}
        </PlaceLink>
      ))}
    >
      {alertsText.noneHint}
    </EmptyState>
  );
}

function AlertTable({ alerts }: { readonly alerts: readonly Alert[] }) {
  const project = useProject();
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{alertsText.title}</caption>
      <thead>
        <tr>
          <th scope="col">{alertsText.name}</th>
          <th scope="col">{alertsText.state}</th>
          <th scope="col">{alertsText.value}</th>
          <th scope="col">{alertsText.changed}</th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <tr key={alert.id}>
            <th scope="row">
              <PlaceLink
                className={styles.name}
                to={{ screen: 'alerts', project: project.name, rest: [alert.id] }}
              >
                {alert.name}
              </PlaceLink>
              <span className={styles.condition}>{describeCondition(alert)}</span>
            </th>
            <td>
              <span className={styles.chips}>
                <StateChip alert={alert} />
              </span>
            </td>
            <td>
              <LastValue alert={alert} project={project.id} />
            </td>
            <td>
              <LastChange alert={alert} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LastValue({ alert, project }: { readonly alert: Alert; readonly project: string }) {
  const { last_result: result } = alert;
  return (
    <span className={styles.lastValue}>
      <Sparkline alert={alert} project={project} />
      <span>
        {result === null
          ? alertsText.notRun
          : result.error !== null
            ? alertsText.runFailed
            : formatAlertValue(unitOfAlert(alert), result.value)}
        {result !== null && result.groups > 1 && (
          <span className={styles.condition}>
            {alertsText.groupsTriggered(formatCount(result.triggered), formatCount(result.groups))}
          </span>
        )}
      </span>
    </span>
  );
}

function LastChange({ alert }: { readonly alert: Alert }) {
  const [now] = useState(() => Date.now());
  const at = changedAt(alert);
  return at === null ? (
    alertsText.never
  ) : (
    <time dateTime={new Date(at).toISOString()}>{formatRelative(at, Math.max(now, at))}</time>
  );
}
