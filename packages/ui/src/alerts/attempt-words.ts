import type { DeliveryAttempt } from 'honeyhive-wire';
import { formatDuration } from '../format/duration.ts';
import { alertsText } from '../text/alerts.ts';

const bodyChars = 200;

/** What was answered: status and beginning of the body, or what failed; and after which time. */
export function describeAttempt(attempt: DeliveryAttempt): string {
  const { status, body, error, duration_ms: duration } = attempt;
  const text = body?.trim().slice(0, bodyChars) ?? '';
  const said = [status === null ? alertsText.noResponse : String(status), text, error ?? '']
    .filter((part) => part !== '')
    .join(' · ');
  return alertsText.tested(said, formatDuration(duration));
}
