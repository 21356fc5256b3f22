import { useProject } from '../api/project.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { addCondition, conditionOf } from '../query/query-edit.ts';
import { useTimeZone } from '../state/time-zone.ts';
import { printZoned } from '../state/zoned-time.ts';
import { alertsText } from '../text/alerts.ts';
import type { Watched } from '../alerting/alert-words.ts';
import styles from './alerts.module.css';
import { printFilters } from '../alerting/filter-text.ts';

export interface EventsLinkProps {
  readonly alert: Watched;
  /** Value of the grouping; null for none. */
  readonly group: string | null;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** A link to the events of an alert in a window, of its group alone; with LOOP to the session. */
export function EventsLink({ alert, group, from, to }: EventsLinkProps) {
  const project = useProject();
  const [zone] = useTimeZone();
  if (alert.alert_type === 'LOOP' && group !== null)
    return (
      <PlaceLink
        className={styles.link}
        to={{ screen: 'session', project: project.name, session: group }}
      >
        {alertsText.showEvents}
      </PlaceLink>
    );
  const query = printFilters(alert.filters ?? []) ?? '';
  const field = alert.alert_type === 'PER_EVENT' ? 'event_id' : alert.group_by;
  const narrowed = group !== null && field ? addCondition(query, conditionOf(field, group)) : query;
  const params = new URLSearchParams({
    ...(narrowed !== '' && { q: narrowed }),
    t: `${printZoned(from, zone)}~${printZoned(Math.max(to, from + 1_000), zone)}`,
  });
  return (
    <PlaceLink
      className={styles.link}
      to={{ screen: 'events', project: project.name }}
      query={params.toString()}
    >
      {alertsText.showEvents}
    </PlaceLink>
  );
}
