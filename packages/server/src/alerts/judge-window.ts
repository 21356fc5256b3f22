import { toGroupKey } from './alert-store.ts';
import type { AlertChange, StoredState } from './alert-store.ts';
import { buildChange } from './build-change.ts';
import type { GroupStep, Moment } from './build-change.ts';
import { isMuted } from './own-alert.ts';
import { keyOfMeasure, orderOf } from './plan-jobs.ts';
import type { WindowedAlert, WindowedRule, WindowShape } from './plan-jobs.ts';
import type {
  GroupReading,
  MeasuredNumber,
  WindowQuery,
  WindowReading,
} from '../domain/alert-reads.ts';
import { calm, readingOf, stepState } from '../domain/alert-state.ts';
import type { AlarmReading } from '../domain/alert-state.ts';

/** What was read for a shape. */
export interface WindowReadings {
  readonly current: WindowReading;
  /** null: nothing is compared. */
  readonly before: WindowReading | null;
}

/** A group without data for so long is discarded. */
const discardedMs = 86_400_000;

/** An evaluation, and the states before it by the key of the group. */
export interface JudgedMoment extends Moment {
  readonly states: ReadonlyMap<string, StoredState>;
}

/** What an alert makes of what was read for its shape. */
export function judgeWindow(
  alert: WindowedAlert,
  { query, readings }: Pick<WindowShape, 'query'> & { readonly readings: WindowReadings },
  { states, ...moment }: JudgedMoment,
): AlertChange {
  const { rule, own } = alert;
  const { groups, groupCount } = readings.current;
  const leftOut = groupCount - groups.length;
  const found = readGroups(rule, query.measures.map(keyOfMeasure), readings);
  const unread = [...states.values()].filter(({ groupKey }) => !found.has(groupKey));
  // Of groups that were not read nothing is known: they may be among those that are left out.
  if (leftOut === 0) for (const { groupKey } of unread) found.set(groupKey, nothing);
  if (rule.groupBy === null && !found.has('')) found.set('', nothing);
  const at = moment.minute;
  const judging = { rule: rule.alarm, at, isMuted: isMuted(own.input, moment.now) };
  const steps = [...found].map(([groupKey, reading]): GroupStep => ({
    ...stepState(states.get(groupKey) ?? { ...calm, since: at }, reading, judging),
    groupKey,
    span: query.span,
    isMissing: reading.isMissing,
  }));
  const [closest = nothing] = found.values();
  const after = [...steps.map(({ state }) => state), ...(leftOut === 0 ? [] : unread)];
  const result = {
    value: closest.value(),
    count: closest.count,
    groups: steps.length,
    triggered: after.filter(({ status }) => status !== 'ok').length,
    left_out: leftOut,
    error: null,
  };
  const isStored = (step: GroupStep): boolean => isKept(step, rule, at);
  return buildChange(alert, { steps, states, isKept: isStored, outdated: [], result }, moment);
}

const nothing = readingOf([], { count: 0, isMissing: true });

/** A state that says nothing is not stored, unless the group is to be missed once it is gone. */
export function isKept(
  { state, isMissing = false }: Pick<GroupStep, 'state' | 'isMissing'>,
  { groupBy, alarm }: WindowedRule,
  minute: number,
): boolean {
  const isGrouped = groupBy !== null;
  const isOld = minute - state.since >= discardedMs;
  if (isGrouped && isMissing && isOld) return false;
  return (
    (isGrouped && isMissed(alarm)) ||
    state.status !== 'ok' ||
    state.notifiedAs !== 'ok' ||
    state.isHeld
  );
}

/** Whether the end of a group's events may be an alarm. */
const isMissed = ({ missingData, critical }: WindowedRule['alarm']): boolean =>
  missingData === 'alert' || (missingData === 'zero' && critical.operator !== 'greater_than');

/** Readings by the key of the group, those closest to an alarm first. */
function readGroups(
  rule: WindowedRule,
  keys: readonly string[],
  { current, before }: WindowReadings,
): Map<string, AlarmReading> {
  const isGrouped = rule.groupBy !== null;
  const places = rule.measures.map((measure) => keys.indexOf(keyOfMeasure(measure)));
  const numbersOf = ({ numbers }: Pick<GroupReading, 'numbers'>): MeasuredNumber[] =>
    places.map((place) => numbers[place] ?? { count: 0, value: null });
  const earlier = new Map(before?.groups.map((one) => [one.group, numbersOf(one)]));
  const closest = compareBy(orderOf(rule), places[0] ?? 0);
  return new Map(
    current.groups.toSorted(closest).map((one) => {
      const numbers = numbersOf(one);
      const [main] = numbers;
      const values = numbers.map(({ value }, index) =>
        rule.kind === 'level'
          ? value
          : changeInPercent(value, earlier.get(one.group)?.[index]?.value ?? null),
      );
      const count = main?.count ?? 0;
      return [
        toGroupKey(one.group, isGrouped),
        readingOf(values, { count, isMissing: count === 0 }),
      ];
    }),
  );
}

/** By the number at a place, groups without it last. */
const compareBy =
  (order: WindowQuery['order'], place: number) =>
  (a: GroupReading, b: GroupReading): number => {
    const [x, y] = [a.numbers[place]?.value ?? null, b.numbers[place]?.value ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return order === 'highest' ? y - x : x - y;
  };

/** null where there is nothing to compare with. */
export const changeInPercent = (now: number | null, before: number | null): number | null =>
  now === null || before === null || before === 0
    ? null
    : ((now - before) / Math.abs(before)) * 100;
