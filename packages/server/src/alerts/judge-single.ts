import { toGroupKey } from './alert-store.ts';
import type { AlertChange, StoredState } from './alert-store.ts';
import { buildChange } from './build-change.ts';
import type { GroupStep, Reason } from './build-change.ts';
import type { JudgedMoment } from './judge-window.ts';
import { isMuted } from './own-alert.ts';
import type { SingleJob } from './plan-jobs.ts';
import type { ArrivedEvent, Found, SessionUse } from '../domain/alert-reads.ts';
import { meetsThreshold } from '../domain/alert-rule.ts';
import type { AlarmRule, LoopRule } from '../domain/alert-rule.ts';
import type { GroupStatus } from '../domain/alert-state.ts';
import type { TimeSpan } from '../domain/alert-window.ts';

/** What fires once: an event, or a session. */
export interface Subject {
  readonly id: string;
  readonly status: Extract<GroupStatus, 'warning' | 'critical'>;
  readonly value: number;
  readonly threshold: number;
  readonly reason: Reason;
  readonly span: TimeSpan;
}

const hourMs = 3_600_000;
/** As long as an event or session counts as an alarm. */
const alarmMs = hourMs;
/** Longer than events are looked at after they arrive: nothing fires again. */
export const keptMs = 26 * hourMs;
/** Each evaluation asks for what is not among them. With more, what fired first may fire again if it is changed. */
export const mostKept = 10_000;

/** What an alert makes of events or sessions that were found; none of them is known yet. */
export function judgeSingle(
  alert: SingleJob['alert'],
  { found, total }: Found<Subject>,
  { states, ...moment }: JudgedMoment,
): AlertChange {
  const { minute, now } = moment;
  const isSilent = isMuted(alert.own.input, now);
  const steps = found.map((subject) => toStep(subject, minute, isSilent));
  const known = [...states.values()];
  const result = {
    value: found[0]?.value ?? null,
    count: total,
    groups: found.length,
    triggered: steps.length + known.filter((state) => isAlarm(state, minute)).length,
    left_out: total - found.length,
    error: null,
  };
  const outdated = findOutdated(known, { minute, added: steps.length });
  return buildChange(alert, { steps, states, isKept: () => true, outdated, result }, moment);
}

/** Keys of what is too old, or too much: the first of it. */
function findOutdated(
  known: readonly StoredState[],
  { minute, added }: { readonly minute: number; readonly added: number },
): string[] {
  const excess = Math.max(0, known.length + added - mostKept);
  return known
    .toSorted((a, b) => a.since - b.since)
    .filter(({ since }, place) => place < excess || since <= minute - keptMs)
    .map(({ groupKey }) => groupKey);
}

const isAlarm = ({ status, since }: StoredState, minute: number): boolean =>
  status !== 'ok' && since > minute - alarmMs;

function toStep(subject: Subject, minute: number, isSilent: boolean): GroupStep {
  const { id, status, ...rest } = subject;
  const edge = status === 'critical' ? 'triggered' : 'warning';
  return {
    ...rest,
    groupKey: toGroupKey(id, true),
    state: {
      status,
      since: minute,
      value: subject.value,
      notifiedAs: status,
      notifiedAt: minute,
      isHeld: false,
    },
    edge,
    notifies: isSilent ? null : edge,
  };
}

export function toEventSubject(
  { eventId, startTime, value }: ArrivedEvent,
  { critical, warning }: AlarmRule,
): Subject {
  const isCritical = warning === null || meetsThreshold(value, critical);
  const start = Math.floor(startTime);
  return {
    id: eventId,
    status: isCritical ? 'critical' : 'warning',
    value,
    threshold: (isCritical ? critical : warning).value,
    reason: null,
    span: { fromMs: start, beforeMs: start + 1 },
  };
}

/** The limit that a session is at, the first of several. */
export function toSessionSubject(use: SessionUse, loop: LoopRule, minute: number): Subject | null {
  const limits = [
    ['repeats', use.repeats, loop.repeats],
    ['steps', use.steps, loop.steps],
    ['minutes', use.minutes, loop.minutes],
    ['cost_usd', use.costUsd, loop.costUsd],
  ] as const;
  for (const [reason, value, threshold] of limits) {
    if (threshold === null || value < threshold) continue;
    const fromMs = Math.floor(use.startTime);
    const span = { fromMs, beforeMs: Math.max(minute, fromMs + 1) };
    return { id: use.sessionId, status: 'critical', value, threshold, reason, span };
  }
  return null;
}
