import type { Interval } from '../state/time-range.ts';
import { printZoned } from '../state/zoned-time.ts';
import type { ListState } from './use-list-state.ts';

/** Makes a time that was marked the range of the list. Edges of bars are whole seconds. */
export function markRange({ setRange, zone }: ListState, { from, to }: Interval): void {
  setRange({ kind: 'between', from: printZoned(from, zone), to: printZoned(to, zone) });
}
