import { at } from '../trace/session-tree.ts';
import type { SkeletonColumns } from '../trace/skeleton.ts';
import type { TimeAxis } from './time-axis.ts';

/** What ran in each slice of a session: the picture of its minimap. */
export interface SessionDensity {
  /** Leaves that ran in the slice. */
  readonly running: Int32Array;
  /** Errors that ended in it. */
  readonly errors: Int32Array;
  readonly most: number;
}

/** Events that enclose others are left out: they would cover everything. */
export function toDensity(
  columns: SkeletonColumns,
  axis: TimeAxis,
  sliceCount: number,
): SessionDensity {
  const running = new Int32Array(sliceCount + 1);
  const errors = new Int32Array(sliceCount);
  const hasChild = new Uint8Array(columns.ids.length);
  for (const parent of columns.parent) if (parent >= 0) hasChild[parent] = 1;
  const toSlice = (ms: number) =>
    Math.min(
      sliceCount - 1,
      Math.max(0, Math.floor((axis.toUnits(ms) / axis.length) * sliceCount)),
    );
  for (let event = 0; event < columns.ids.length; event += 1) {
    const start = at(columns.start, event);
    const last = toSlice(start + Math.max(0, at(columns.duration, event)));
    if (at(columns.error, event) > 0) errors[last] = at(errors, last) + 1;
    if (hasChild[event] === 1) continue;
    const first = toSlice(start);
    running[first] = at(running, first) + 1;
    running[last + 1] = at(running, last + 1) - 1;
  }
  let most = 0;
  for (let slice = 0; slice < sliceCount; slice += 1) {
    if (slice > 0) running[slice] = at(running, slice) + at(running, slice - 1);
    most = Math.max(most, at(running, slice));
  }
  return { running: running.subarray(0, sliceCount), errors, most };
}
