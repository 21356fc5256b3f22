import type { Place } from '../state/place.ts';
import type { Row } from './row.ts';

/** Where a row leads: its session, with the event chosen when it is not the session itself. */
export function placeOf(project: string, row: Row): { to: Place; query: string } {
  const to: Place = { screen: 'session', project, session: row.session_id };
  const query = row.event_id === row.session_id ? '' : `e=${encodeURIComponent(row.event_id)}`;
  return { to, query };
}
