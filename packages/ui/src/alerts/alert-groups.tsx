import { useQuery } from '@tanstack/react-query';
import type { Alert } from 'honeyhive-wire';
import { useProject } from '../api/project.tsx';
import { formatLocal } from '../format/time.ts';
import { InlineError } from '../kit/states.tsx';
import { useTimeZone } from '../state/time-zone.ts';
import { alertsText } from '../text/alerts.ts';
import { alertGroupsQuery } from '../alerting/alert-queries.ts';
import { formatAlertValue, unitOfAlert } from '../alerting/alert-words.ts';
import styles from './alerts.module.css';

/** The state of each group of an alert, those with an alarm first. */
export function AlertGroups({ alert }: { readonly alert: Alert }) {
  const project = useProject();
  const [zone] = useTimeZone();
  const { data, error, refetch } = useQuery(alertGroupsQuery(project.id, alert.id));
  const unit = unitOfAlert(alert);
  return (
    <section className={styles.part} aria-label={alertsText.groups}>
      <h2>{alertsText.groups}</h2>
      {error && <InlineError error={error} onRetry={() => void refetch()} />}
      {data && data.data.length > 0 && (
        <div className={styles.tableBox}>
          <table className={styles.table}>
            <caption className="visually-hidden">{alertsText.groups}</caption>
            <thead>
              <tr>
                <th scope="col">{alert.group_by}</th>
                <th scope="col">{alertsText.state}</th>
                <th scope="col">{alertsText.value}</th>
                <th scope="col">{alertsText.since}</th>
              </tr>
            </thead>
            <tbody>
              {data.data.map(({ group, status, value, since }) => (
                <tr key={group ?? ''}>
                  <th scope="row">{group ?? alertsText.noValue}</th>
                  <td>{alertsText.groupStates[status]}</td>
                  <td>{formatAlertValue(unit, value)}</td>
                  <td>{formatLocal(since, zone, 'minutes')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
