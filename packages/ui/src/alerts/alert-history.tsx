import { useInfiniteQuery } from '@tanstack/react-query';
import type { Alert, AlertEdge } from 'honeyhive-wire';
import { BellRing, CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useProject } from '../api/project.tsx';
import { formatLocal } from '../format/time.ts';
import { Button } from '../kit/button.tsx';
import { Chip } from '../kit/chip.tsx';
import type { ChipTone } from '../kit/chip.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { InlineError } from '../kit/states.tsx';
import { useTimeZone } from '../state/time-zone.ts';
import { alertsText } from '../text/alerts.ts';
import { alertHistoryQuery } from '../alerting/alert-queries.ts';
import { formatAlertValue, unitOfAlert } from '../alerting/alert-words.ts';
import styles from './alerts.module.css';
import { EventsLink } from './events-link.tsx';

const looks: Readonly<
  Record<AlertEdge['edge'], { readonly icon: ReactNode; readonly tone?: ChipTone }>
> = {
  triggered: { icon: <BellRing aria-hidden />, tone: 'error' },
  warning: { icon: <CircleAlert aria-hidden />, tone: 'tool' },
  resolved: { icon: <CircleCheck aria-hidden />, tone: 'ok' },
  no_data: { icon: <CircleHelp aria-hidden /> },
};

/** The changes of state of an alert, each with its value and the events behind it. */
export function AlertHistory({ alert }: { readonly alert: Alert }) {
  const project = useProject();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    alertHistoryQuery(project.id, alert.id),
  );
  const edges = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <section className={styles.part} aria-label={alertsText.history}>
      <h2>{alertsText.history}</h2>
      {error && (
        <InlineError
          title={alertsText.historyFailed}
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <Skeleton rows={3} />}
      {data && edges.length === 0 && <p className={styles.hint}>{alertsText.noHistory}</p>}
      {edges.length > 0 && <EdgeTable alert={alert} edges={edges} />}
      {hasNextPage && (
        <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {alertsText.older}
        </Button>
      )}
    </section>
  );
}

interface EdgeTableProps {
  readonly alert: Alert;
  readonly edges: readonly AlertEdge[];
}

function EdgeTable({ alert, edges }: EdgeTableProps) {
  const [zone] = useTimeZone();
  const unit = unitOfAlert(alert);
  const hasGroups = edges.some(({ group }) => group !== null);
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <caption className="visually-hidden">{alertsText.history}</caption>
        <thead>
          <tr>
            <th scope="col">{alertsText.at}</th>
            <th scope="col">{alertsText.edge}</th>
            {hasGroups && <th scope="col">{alertsText.group}</th>}
            <th scope="col">{alertsText.value}</th>
            <th scope="col">{alertsText.critical}</th>
            <th scope="col">{alertsText.showEvents}</th>
          </tr>
        </thead>
        <tbody>
          {edges.map((edge) => (
            <tr key={edge.id}>
              <th scope="row">{formatLocal(edge.at, zone, 'minutes')}</th>
              <td>
                <Chip {...looks[edge.edge]}>{alertsText.edges[edge.edge]}</Chip>
              </td>
              {hasGroups && <td>{edge.group ?? alertsText.noValue}</td>}
              <td>{formatAlertValue(unit, edge.value)}</td>
              <td>{formatAlertValue(unit, edge.threshold)}</td>
              <td>
                <EventsLink
                  alert={alert}
                  group={edge.group}
                  from={edge.window_start}
                  to={edge.window_end}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
