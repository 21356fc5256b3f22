import { useQuery } from '@tanstack/react-query';
import type { Alert } from 'honeyhive-wire';
import { useState } from 'react';
import { useProject } from '../api/project.tsx';
import { formatCount } from '../format/number.ts';
import { formatInstant, formatRelative } from '../format/time.ts';
import { PlaceLink } from '../kit/place-link.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { useTimeZone } from '../state/time-zone.ts';
import { alertsText } from '../text/alerts.ts';
import { AlertActions } from './alert-actions.tsx';
import { AlertBacktest } from './alert-backtest.tsx';
import { bodyOf } from './alert-draft.ts';
import { AlertGroups } from './alert-groups.tsx';
import { AlertHistory } from './alert-history.tsx';
import { alertQuery } from '../alerting/alert-queries.ts';
import { describeCondition, formatAlertValue, unitOfAlert } from '../alerting/alert-words.ts';
import styles from './alerts.module.css';
import { Deliveries } from './deliveries-page.tsx';
import { StateChip } from './state-chip.tsx';

/** An alert: its state, what it did, and what was sent of it. */
export function AlertDetail({ id }: { readonly id: string }) {
  const project = useProject();
  const { data, error, refetch } = useQuery(alertQuery(project.id, id));
  if (error && !data)
    return <ErrorState title={alertsText.oneFailed} error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} />;
  const alert = data.data;
  return (
    <article className={styles.detail} aria-label={alert.name}>
      <header className={styles.detailHead}>
        <h2>{alert.name}</h2>
        <StateChip alert={alert} />
        <PlaceLink
          look="plain"
          to={{ screen: 'alerts', project: project.name, rest: [alert.id, 'edit'] }}
        >
          {alertsText.edit}
        </PlaceLink>
        <AlertActions alert={alert} />
      </header>
      <p>{describeCondition(alert)}</p>
      {alert.description !== '' && <p className={styles.hint}>{alert.description}</p>}
      <LastRun alert={alert} />
      <AlertBacktest alert={bodyOf(alert)} />
      {alert.group_by !== null && <AlertGroups alert={alert} />}
      <AlertHistory alert={alert} />
      <section className={styles.part} aria-label={alertsText.deliveries}>
        <h2>{alertsText.deliveries}</h2>
        <Deliveries of={{ alert_id: alert.id }} />
      </section>
    </article>
  );
}

function LastRun({ alert }: { readonly alert: Alert }) {
  const [zone] = useTimeZone();
  const [now] = useState(() => Date.now());
  const { muted_until: until } = alert;
  return (
    <p className={styles.hint}>
      {[
        describeRun(alert, now),
        ...(alert.is_muted && until !== null
          ? [alertsText.mutedUntil(formatInstant(Date.parse(until), zone, 'minutes'))]
          : []),
        ...(alert.standing ? [alertsText.standing] : []),
      ].join('. ')}
    </p>
  );
}

/** When it was evaluated last, and what that came to. */
function describeRun(alert: Alert, now: number): string {
  const { last_run_at: at, last_result: result } = alert;
  if (at === null || result === null) return alertsText.notRun;
  const ran = Date.parse(at);
  const when = alertsText.lastRun(formatRelative(ran, Math.max(now, ran)));
  if (result.error !== null) return `${when}. ${alertsText.runFailed}: ${result.error}`;
  const value = `${when}: ${formatAlertValue(unitOfAlert(alert), result.value)}`;
  return result.left_out > 0
    ? `${value}. ${alertsText.leftOut(formatCount(result.left_out))}`
    : value;
}
