import { meetsThreshold } from './alert-rule.ts';
import type { AlarmRule, Threshold } from './alert-rule.ts';

export type GroupStatus = 'ok' | 'warning' | 'critical' | 'no_data';

/** Where a group of an alert stands. */
export interface GroupState {
  readonly status: GroupStatus;
  /** Epoch milliseconds. */
  readonly since: number;
  /** As of the last change of status. */
  readonly value: number | null;
  /** What was last notified. */
  readonly notifiedAs: GroupStatus;
  readonly notifiedAt: number;
  /** Resolved by hand: no alarm before its reason has gone. */
  readonly isHeld: boolean;
}

/** A group that nothing is known of. */
export const calm: GroupState = {
  status: 'ok',
  since: 0,
  value: null,
  notifiedAs: 'ok',
  notifiedAt: 0,
  isHeld: false,
};

/** What a window comes to for a group. */
export interface AlarmReading {
  /** Whether no event has the number. */
  readonly isMissing: boolean;
  /** Events that have the number. */
  readonly count: number;
  /** Whether a measure, by its place, is beyond a threshold; null: it has no value. */
  meets(measure: number, threshold: Threshold): boolean | null;
  /** That of the first measure; null: it has none. */
  value(): number | null;
}

export function readingOf(
  values: readonly (number | null)[],
  { count, isMissing }: { readonly count: number; readonly isMissing: boolean },
): AlarmReading {
  return {
    isMissing,
    count,
    meets(measure, threshold) {
      const value = values[measure] ?? null;
      return value === null ? null : meetsThreshold(value, threshold);
    },
    value: () => values[0] ?? null,
  };
}

/** No event at all, where that counts as zero of everything. */
const zero: AlarmReading = {
  isMissing: false,
  count: 0,
  meets: (_measure, threshold) => meetsThreshold(0, threshold),
  value: () => 0,
};

export type Edge = 'triggered' | 'warning' | 'resolved' | 'no_data';

const edgeOf = {
  critical: 'triggered',
  warning: 'warning',
  ok: 'resolved',
  no_data: 'no_data',
} as const satisfies Record<GroupStatus, Edge>;

/** What an evaluation changes of a group. */
export interface Step {
  readonly state: GroupState;
  /** null: the status stays. */
  readonly edge: Edge | null;
  /** Why to notify; null: not. */
  readonly notifies: Edge | 'renotify' | null;
  /** That of the edge or notification. */
  readonly value: number | null;
  /** The threshold of its status. */
  readonly threshold: number | null;
}

/** How a group is judged, and when. */
export interface Judging {
  readonly rule: AlarmRule;
  /** End of the window, epoch milliseconds. */
  readonly at: number;
  /** A mute keeps notifications back, not edges. */
  readonly isMuted: boolean;
}

/** The state of a group after an evaluation. Only changes of its status are edges. */
export function stepState(before: GroupState, found: AlarmReading, judging: Judging): Step {
  const { rule, at, isMuted } = judging;
  const reading = found.isMissing && rule.missingData === 'zero' ? zero : found;
  const decided = decideStatus(before, reading, rule);
  const { status } = decided;
  const notifies = isMuted ? null : decideNotification({ ...before, status }, rule, at);
  const state = {
    ...before,
    ...decided,
    ...(notifies === null ? {} : { notifiedAs: status, notifiedAt: at }),
  };
  const edge = status === before.status ? null : edgeOf[status];
  if (edge === null && notifies === null)
    return { state, edge, notifies, value: null, threshold: null };
  const value = reading.value();
  return {
    state: edge === null ? state : { ...state, since: at, value },
    edge,
    notifies,
    value,
    threshold: thresholdOf(status, rule),
  };
}

type Decided = Pick<GroupState, 'status' | 'isHeld'>;

function decideStatus(before: GroupState, reading: AlarmReading, rule: AlarmRule): Decided {
  const { isHeld, status } = before;
  if (reading.isMissing)
    return { isHeld, status: rule.missingData === 'alert' && !isHeld ? 'no_data' : status };
  if (!isDecidable(reading, rule)) return { isHeld, status: status === 'no_data' ? 'ok' : status };
  const level = findLevel(reading, rule);
  if (isHeld) return { status: 'ok', isHeld: level !== 'ok' };
  const isLower = severity[level] < severity[status];
  return { status: isLower && !isResolved(reading, rule) ? status : level, isHeld };
}

/** Whether there is a value, and enough events for it to say something. */
const isDecidable = (reading: AlarmReading, { critical, minimumSample }: AlarmRule): boolean =>
  reading === zero || (reading.count >= minimumSample && reading.meets(0, critical) !== null);

/** What the thresholds say, whatever was before. */
function findLevel(reading: AlarmReading, { critical, warning, further }: AlarmRule): GroupStatus {
  const holds = further.of.map((one, index) => reading.meets(index + 1, one) === true);
  if (further.match === 'any' && holds.includes(true)) return 'critical';
  if (further.match === 'all' && holds.includes(false)) return 'ok';
  if (reading.meets(0, critical)) return 'critical';
  return warning !== null && reading.meets(0, warning) ? 'warning' : 'ok';
}

const severity = { ok: 0, no_data: 0, warning: 1, critical: 2 } as const;

/** Whether an alarm whose threshold does not hold any more is over. */
const isResolved = (reading: AlarmReading, { resolved }: AlarmRule): boolean =>
  resolved === null || reading.meets(0, resolved) === true;

function decideNotification(
  { status, notifiedAs, notifiedAt }: GroupState,
  { renotifyMs }: AlarmRule,
  at: number,
): Step['notifies'] {
  if (status !== notifiedAs) return edgeOf[status];
  const isDue = renotifyMs !== null && at - notifiedAt >= renotifyMs;
  return status !== 'ok' && isDue ? 'renotify' : null;
}

function thresholdOf(status: GroupStatus, rule: AlarmRule): number | null {
  switch (status) {
    case 'critical':
      return rule.critical.value;
    case 'warning':
      return rule.warning?.value ?? null;
    case 'ok':
      return (rule.resolved ?? rule.critical).value;
    case 'no_data':
      return null;
  }
}
