import type { AlertRun } from './alert-store.ts';
import type { OwnAlert } from './own-alert.ts';
import type { AlertRule } from '../domain/alert-rule.ts';

/** An alert that is evaluated. */
export interface ActiveAlert {
  readonly own: OwnAlert;
  readonly rule: AlertRule;
  /** null before the first. */
  readonly run: AlertRun | null;
}

export const minuteMs = 60_000;

/** Minutes that are evaluated late, after the service did not run: those before are skipped. */
const mostLate = 10;

/** Minutes that an alert has to be evaluated for, each by its end, oldest first; up to the last that has ended. */
export function findDueMinutes({ run }: Pick<ActiveAlert, 'run'>, last: number): number[] {
  if (run === null) return [last];
  const first = Math.max(run.minute + minuteMs, last - (mostLate - 1) * minuteMs);
  const count = Math.max(0, Math.floor((last - first) / minuteMs) + 1);
  return Array.from({ length: count }, (_, index) => first + index * minuteMs);
}
