import type { AlertResult } from 'honeyhive-wire';
import type { ActiveAlert } from './active-alert.ts';
import { fillAlert } from './alert-content.ts';
import { fromGroupKey } from './alert-store.ts';
import type { AlertChange, NewEdge, StoredState } from './alert-store.ts';
import type { AlertNotification, NotificationPayload } from './notifications.ts';
import type { GroupState, Step } from '../domain/alert-state.ts';
import type { TimeSpan } from '../domain/alert-window.ts';
import { derivedId } from '../domain/ids.ts';

/** When an evaluation takes place, epoch milliseconds. */
export interface Moment {
  /** End of the minute that is evaluated. */
  readonly minute: number;
  readonly now: number;
}

/** Why something fired, beside its value. */
export type Reason = NotificationPayload['reason'];

export interface GroupStep extends Step {
  readonly groupKey: string;
  readonly span: TimeSpan;
  /** Whether no event has the number. */
  readonly isMissing?: boolean;
  readonly reason?: Reason;
}

/** What an evaluation changes: its result, and the steps of the groups of the alert. */
export interface Judgement {
  readonly steps: readonly GroupStep[];
  readonly result: AlertResult;
  /** States that are stored; those of steps that no longer need one are removed. */
  readonly states: ReadonlyMap<string, StoredState>;
  readonly isKept: (step: GroupStep) => boolean;
  /** Further states that are too old. */
  readonly outdated: readonly string[];
}

export function buildChange(
  alert: ActiveAlert,
  { steps, result, states, isKept, outdated }: Judgement,
  { minute, now }: Moment,
): AlertChange {
  const { own, run } = alert;
  const place = { projectId: own.projectId, alertId: own.id };
  const changed = steps.filter(({ groupKey, state }) => isChanged(states.get(groupKey), state));
  const hasChanged = steps.some(({ edge }) => edge !== null);
  const hasFired = steps.some(({ edge }) => edge !== null && edge !== 'resolved');
  return {
    run: {
      ...place,
      minute,
      result: JSON.stringify(result),
      lastTriggeredAt: hasFired ? minute : (run?.lastTriggeredAt ?? null),
      lastChangedAt: hasChanged ? minute : (run?.lastChangedAt ?? null),
    },
    updatedAt: own.row?.updatedAt ?? null,
    states: changed
      .filter(isKept)
      .map(({ groupKey, state }): StoredState => ({ ...place, groupKey, ...state })),
    gone: [
      ...steps.filter((step) => states.has(step.groupKey) && !isKept(step)).map(keyOf),
      ...outdated,
    ],
    edges: steps.flatMap((step) => toEdge(step, place, minute)),
    notifications: steps.flatMap((step) => toNotification(alert, step, { minute, now })),
  };
}

const keyOf = ({ groupKey }: GroupStep): string => groupKey;

const isChanged = (before: StoredState | undefined, after: GroupState): boolean =>
  before === undefined ||
  before.status !== after.status ||
  before.notifiedAs !== after.notifiedAs ||
  before.notifiedAt !== after.notifiedAt ||
  before.isHeld !== after.isHeld;

function toEdge(
  { groupKey, edge, value, threshold, span }: GroupStep,
  place: { readonly projectId: string; readonly alertId: string },
  minute: number,
): NewEdge[] {
  if (edge === null) return [];
  const window = { windowStart: span.fromMs, windowEnd: span.beforeMs };
  return [{ ...place, groupKey, edge, at: minute, value, threshold, ...window }];
}

function toNotification(
  { own }: ActiveAlert,
  { groupKey, notifies, value, threshold, span, state, reason = null }: GroupStep,
  { minute, now }: Moment,
): AlertNotification[] {
  if (notifies === null) return [];
  const { id: alertId, projectId, input } = own;
  const payload: NotificationPayload = {
    alert: { id: alertId, ...fillAlert(input) },
    group: fromGroupKey(groupKey),
    status: state.status,
    reason,
    destination_ids: input.destination_ids ?? [],
    details: detailsOf(input.notification_details, state.status),
  };
  return [
    {
      id: derivedId(JSON.stringify([projectId, alertId, groupKey, minute, notifies])),
      projectId,
      alertId,
      groupKey,
      edge: notifies,
      at: minute,
      value,
      threshold,
      windowStart: span.fromMs,
      windowEnd: span.beforeMs,
      payload: JSON.stringify(payload),
      createdAt: now,
    },
  ];
}

function detailsOf(
  details: ActiveAlert['own']['input']['notification_details'],
  status: GroupState['status'],
): NotificationPayload['details'] {
  const { critical = null, warning = null, resolved = null } = details ?? {};
  if (status === 'ok') return resolved;
  return status === 'warning' ? (warning ?? critical) : critical;
}
