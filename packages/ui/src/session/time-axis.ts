import type { SkeletonColumns } from '../trace/skeleton.ts';
import { at } from '../trace/session-tree.ts';

/** A stretch of the session, in milliseconds after its origin. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What the session did not use: nothing ran in it. */
export interface IdleTime {
  /** Long ones alone, in order. */
  readonly gaps: readonly Stretch[];
  /** Milliseconds. */
  readonly idleMs: number;
  /** Of the whole session, 0 to 1. */
  readonly idleRatio: number;
}

/** A gap shorter than this part of the session is left as it is. */
const shortGapRatio = 0.05;
/** How wide a compressed gap stays: a part of the time in which something ran. */
const compressedRatio = 0.03;

/** Milliseconds from the origin to the latest end; at least 1, so that one can divide by it. */
export function toSpanMs(columns: SkeletonColumns): number {
  let end = 1;
  for (let event = 0; event < columns.start.length; event += 1) {
    end = Math.max(end, at(columns.start, event) + Math.max(0, at(columns.duration, event)));
  }
  return end;
}

/** Looks where no leaf ran: what only encloses others does not work itself. */
export function findIdleTime(columns: SkeletonColumns, spanMs: number): IdleTime {
  const hasChild = new Uint8Array(columns.ids.length);
  for (const parent of columns.parent) if (parent >= 0) hasChild[parent] = 1;
  const gaps: Stretch[] = [];
  let idleMs = 0;
  let busyUntil = 0;
  const leaveGap = (to: number) => {
    if (to <= busyUntil) return;
    idleMs += to - busyUntil;
    if (to - busyUntil > spanMs * shortGapRatio) gaps.push({ from: busyUntil, to });
  };
  // Columns are in the order of start.
  for (let event = 0; event < columns.start.length; event += 1) {
    if (hasChild[event] === 1) continue;
    const start = at(columns.start, event);
    leaveGap(start);
    const duration = at(columns.duration, event);
    busyUntil = Math.max(busyUntil, duration < 0 ? spanMs : start + duration);
  }
  leaveGap(spanMs);
  return { gaps, idleMs, idleRatio: idleMs / spanMs };
}

/**
 * Where an instant stands: milliseconds after the origin on one side, units of the axis on the other. They are the same
 * unless gaps are compressed.
 */
export class TimeAxis {
  /** Knots of a line that bends at the gaps, ascending. */
  readonly #ms: readonly number[];
  readonly #units: readonly number[];
  readonly length: number;

  constructor(spanMs: number, gaps: readonly Stretch[] = []) {
    const gapMs = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
    const width = Math.max(1, spanMs - gapMs) * compressedRatio;
    const ms = [0];
    const units = [0];
    let length = 0;
    let reached = 0;
    for (const { from, to } of gaps) {
      length += from - reached;
      ms.push(from, to);
      units.push(length, length + width);
      length += width;
      reached = to;
    }
    length += spanMs - reached;
    this.#ms = [...ms, spanMs];
    this.#units = [...units, length];
    this.length = length;
  }

  toUnits(ms: number): number {
    return interpolate(this.#ms, this.#units, ms);
  }

  toMs(units: number): number {
    return interpolate(this.#units, this.#ms, units);
  }
}

/** Beyond the ends the last segment is extrapolated. */
function interpolate(from: readonly number[], to: readonly number[], value: number): number {
  let knot = 1;
  while (knot < from.length - 1 && value > at(from, knot)) knot += 1;
  const width = at(from, knot) - at(from, knot - 1);
  if (width <= 0) return at(to, knot - 1);
  const ratio = (value - at(from, knot - 1)) / width;
  return at(to, knot - 1) + ratio * (at(to, knot) - at(to, knot - 1));
}

/** What is seen of the axis, in its units. */
export interface Zoom {
  readonly from: number;
  readonly to: number;
}

/** Zooms by a factor round a point that stays where it is; never beyond the ends, never closer than a microsecond. */
export function zoomBy(
  zoom: Zoom,
  change: { factor: number; around: number; length: number },
): Zoom {
  const { factor, around, length } = change;
  const width = Math.min(length, Math.max(0.001, (zoom.to - zoom.from) * factor));
  const ratio = (around - zoom.from) / (zoom.to - zoom.from);
  return shifted({ from: around - ratio * width, to: around + (1 - ratio) * width }, 0, length);
}

/** Moves what is seen; it stops at the ends. */
export function shifted(zoom: Zoom, by: number, length: number): Zoom {
  const width = Math.min(length, zoom.to - zoom.from);
  const from = Math.max(0, Math.min(length - width, zoom.from + by));
  return { from, to: from + width };
}

/** Round numbers of milliseconds for the marks of an axis, about `count` of them. */
export function toTicks(fromMs: number, toMs: number, count: number): number[] {
  const rough = (toMs - fromMs) / Math.max(1, count);
  const step = roundSteps.find((candidate) => candidate >= rough) ?? decimalStep(rough);
  const ticks: number[] = [];
  for (let tick = Math.ceil(fromMs / step) * step; tick <= toMs; tick += step) ticks.push(tick);
  return ticks;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** Clock steps from a second on; below, decimal ones serve. */
const roundSteps = [
  ...[0.001, 0.01, 0.1, 1, 10, 100].flatMap((power) => [power, power * 2, power * 5]),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12, 24].map((count) => count * hour),
];

function decimalStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
}
