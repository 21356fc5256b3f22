import type { Interval } from '../state/time-range.ts';
import { printZoned } from '../state/zoned-time.ts';
import type { ListPeriod } from './use-list-period.ts';

/** Makes a time that was marked the range of the list. Edges of bars are whole seconds. */
export function markRange({ setRange, zone }: ListPeriod, { from, to }: Interval): void {
  setRange({ kind: 'between', from: printZoned(from, zone), to: printZoned(to, zone) });
}
