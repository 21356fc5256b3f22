import { changeInPercent, isKept } from './judge-window.ts';
import type { BacktestPlan, TestedWindow } from './plan-backtest.ts';
import type { WindowedRule } from './plan-jobs.ts';
import type { WindowPart } from '../domain/alert-reads.ts';
import { meetsThreshold } from '../domain/alert-rule.ts';
import type { Threshold } from '../domain/alert-rule.ts';
import { calm, stepState } from '../domain/alert-state.ts';
import type { AlarmReading, GroupState, GroupStatus, Step } from '../domain/alert-state.ts';
import type { TimeSpan } from '../domain/alert-window.ts';
import { SlidingMeasure } from '../domain/sliding-measure.ts';
import type { PartRange } from '../domain/sliding-measure.ts';

/** A time with an alarm. */
export interface Firing {
  readonly status: Exclude<GroupStatus, 'ok'>;
  readonly from: number;
  /** null: it lasts. */
  readonly to: number | null;
  /** At its beginning. */
  readonly value: number | null;
}

export interface TestedGroup {
  readonly group: string | null;
  /** At some of the times that were evaluated. */
  readonly points: readonly { readonly at: number; readonly value: number | null }[];
  readonly firings: readonly Firing[];
}

/** Most points of a group. */
const mostPoints = 300;

/** What an alert would have made of a group, step by step; other work can be done in between. */
export function* testGroup(
  rule: WindowedRule,
  plan: BacktestPlan,
  { group, parts }: { readonly group: string | null; readonly parts: readonly WindowPart[] },
): Generator<void, TestedGroup> {
  const read = createReader(rule, plan, parts);
  yield;
  const everyPoint = Math.ceil(plan.times.length / mostPoints);
  const points: { at: number; value: number | null }[] = [];
  const log = new FiringLog();
  let state: GroupState | null = null;
  for (const [index, at] of plan.times.entries()) {
    const reading = read(plan.windows[index] ?? nothing);
    if ((plan.times.length - 1 - index) % everyPoint === 0)
      points.push({ at, value: reading.value() });
    if (index % 100 === 0) yield;
    // A group that is not known yet is not missed.
    if (state === null && reading.isMissing && rule.groupBy !== null) continue;
    const judging = { rule: rule.alarm, at, isMuted: false };
    const step: Step = stepState(state ?? { ...calm, since: at }, reading, judging);
    log.add(step, at);
    const { isMissing } = reading;
    state = isKept({ state: step.state, isMissing }, rule, at) ? step.state : null;
  }
  return { group, points, firings: log.firings };
}

const nothing: TestedWindow = { span: { fromMs: 0, beforeMs: 0 }, before: null };

class FiringLog {
  readonly firings: Firing[] = [];

  add({ edge, state: { status }, value }: Step, at: number): void {
    if (edge === null) return;
    const last = this.firings.at(-1);
    if (last && last.to === null) this.firings[this.firings.length - 1] = { ...last, to: at };
    if (status !== 'ok') this.firings.push({ status, from: at, to: null, value });
  }
}

/** Reads windows from parts of time. */
function createReader(
  rule: WindowedRule,
  { stepMs, span: { fromMs, beforeMs } }: BacktestPlan,
  parts: readonly WindowPart[],
): (window: TestedWindow) => AlarmReading {
  const length = Math.round((beforeMs - fromMs) / stepMs);
  const indexOf = (instant: number): number => Math.round((instant - fromMs) / stepMs);
  const byIndex: (WindowPart | undefined)[] = Array.from({ length });
  for (const part of parts) byIndex[Math.floor((part.startMs - fromMs) / stepMs)] = part;
  const measures = rule.measures.map(
    ({ aggregation }, place) =>
      new SlidingMeasure(
        byIndex.map((part) => part?.numbers[place]),
        aggregation,
        thresholdsOf(rule, place),
      ),
  );
  const rangeOf = (span: TimeSpan): PartRange => ({
    first: indexOf(span.fromMs),
    end: indexOf(span.beforeMs),
  });
  return (window) => {
    const range = rangeOf(window.span);
    const count = measures[0]?.count(range) ?? 0;
    const before = window.before && rangeOf(window.before);
    const valueOf = (place: number): number | null => {
      const value = measures[place]?.value(range) ?? null;
      if (before === null) return value;
      return changeInPercent(value, measures[place]?.value(before) ?? null);
    };
    return {
      count,
      isMissing: count === 0,
      value: () => valueOf(0),
      meets(place, threshold) {
        if (before === null) return measures[place]?.meets(range, threshold) ?? null;
        const value = valueOf(place);
        return value === null ? null : meetsThreshold(value, threshold);
      },
    };
  };
}

/** What a measure is compared with. */
function thresholdsOf({ alarm, kind }: WindowedRule, place: number): readonly Threshold[] {
  if (kind === 'change') return [];
  const further = alarm.further.of[place - 1];
  if (place > 0) return further === undefined ? [] : [further];
  return [alarm.critical, alarm.warning, alarm.resolved].filter((one) => one !== null);
}
