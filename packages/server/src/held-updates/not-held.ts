import { limits } from 'honeyhive-wire';
import { Problem } from '../domain/problem.ts';
import type { HeldLimit } from '../ingest/held-room.ts';

/** Some that are held go when their events arrive, the others after days. */
const retryAfter = 60;

const whose: Readonly<Record<HeldLimit, string>> = {
  heldUpdateBytes: 'bytes for one update',
  heldUpdates: 'updates of a project',
  heldUpdatesBytes: 'bytes for the updates of a project',
  heldUpdatesTotalBytes: 'bytes for the updates of all projects',
};

/** Why an update is refused whose event has not arrived. */
export function notHeld(limit: HeldLimit): Problem {
  const message = `the event has not arrived, and at most ${limits[limit]} ${whose[limit]} are held until then (limit ${limit})`;
  const issues = [{ field: 'event_id', message }];
  if (limit === 'heldUpdateBytes')
    return new Problem('too_large', `${message}. Send the event first.`, { issues });
  return new Problem('rate_limited', `${message}. Send the event first, or try again later.`, {
    issues,
    retryAfter,
  });
}
