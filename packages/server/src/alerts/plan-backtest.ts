import type { WindowedRule } from './plan-jobs.ts';
import { windowAt, windowBefore } from '../domain/alert-window.ts';
import type { AlertWindow, TimeSpan } from '../domain/alert-window.ts';

const minuteMs = 60_000;
/** How time can be cut, finest first. Offsets of time zones are whole quarters of an hour. */
const widths = [1, 5, 15, 60].map((minutes) => minutes * minuteMs);
/** A window has at least as many steps, unless it is shorter than that many minutes. */
const stepsOfWindow = 24;
/** The same where each step takes longer: of groups there are many, and a change has two windows. */
const stepsOfSlow = 6;
/** Groups and steps that are looked at: what the cache of parts of hours holds for one question. */
const mostParts = 180_000;

/** What a back-test looks at. */
export interface BacktestPlan {
  /** Evaluations are so far apart. */
  readonly stepMs: number;
  /** Ends of the windows that are evaluated. */
  readonly times: readonly number[];
  /** These windows. When a day begins in a time zone takes long to find out, so that groups share them. */
  readonly windows: readonly TestedWindow[];
  /** Of all these windows, and those before that they are compared with. */
  readonly span: TimeSpan;
}

export interface TestedWindow {
  readonly span: TimeSpan;
  /** What it is compared with; null: with nothing. */
  readonly before: TimeSpan | null;
}

/** Less time than was asked for where there are too many groups. */
export function planBacktest(
  { window, kind, groupBy }: WindowedRule,
  { fromMs, beforeMs }: TimeSpan,
  groupCount: number,
): BacktestPlan {
  const isSlow = kind === 'change' || groupBy !== null;
  const stepMs = chooseStep(window, isSlow ? stepsOfSlow : stepsOfWindow);
  const last = Math.floor(beforeMs / stepMs);
  const most = Math.floor(mostParts / Math.max(1, groupCount));
  const first = Math.max(Math.ceil(fromMs / stepMs), last - most + 1);
  const times = Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, index) => (first + index) * stepMs,
  );
  const spanAt = createWindows(window);
  const windows = times.map((at): TestedWindow => {
    const span = spanAt(at);
    return { span, before: kind === 'change' ? windowBefore(window, span) : null };
  });
  const earliest = windowAt(window, first * stepMs);
  const start = kind === 'change' ? windowBefore(window, earliest).fromMs : earliest.fromMs;
  return { stepMs, times, windows, span: { fromMs: start, beforeMs: last * stepMs } };
}

function chooseStep(window: AlertWindow, leastSteps: number): number {
  const ms = window.kind === 'rolling' ? window.ms : window.unitMs;
  const fitting = widths.filter((width) => ms % width === 0 && ms / width >= leastSteps);
  const widest = window.kind === 'calendar' ? 15 * minuteMs : Infinity;
  return fitting.findLast((width) => width <= widest) ?? minuteMs;
}

/** Windows that end one after another: when a day of the calendar began is not asked for each of them. */
function createWindows(window: AlertWindow): (at: number) => TimeSpan {
  let known = { slot: Number.NaN, fromMs: 0 };
  return (at) => {
    if (window.kind === 'rolling') return windowAt(window, at);
    const slot = Math.ceil(at / (15 * minuteMs));
    if (slot !== known.slot) known = { slot, fromMs: windowAt(window, at).fromMs };
    return { fromMs: known.fromMs, beforeMs: at };
  };
}
