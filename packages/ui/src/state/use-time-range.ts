import { useMemo } from 'react';
import type { QueryParam } from './query-param.ts';
import { parseTimeRange, printTimeRange } from './time-range.ts';
import type { TimeRange } from './time-range.ts';
import { useQueryState } from './use-query-state.ts';
import type { HowToGo } from './use-query-state.ts';

/** Where neither the address nor the screen says anything. */
const defaultRange = '24h';

function rangeParam(fallback: string): QueryParam<TimeRange> {
  const fallbackRange = parseTimeRange(fallback);
  if (fallbackRange === null) throw new RangeError(`${fallback} is no time range`);
  return {
    parse: (text) => (text === null ? null : parseTimeRange(text)) ?? fallbackRange,
    print: (range) => (printTimeRange(range) === fallback ? null : printTimeRange(range)),
  };
}

const rangeOfAddress = rangeParam(defaultRange);

/** The time range of an address; that of screens that say nothing else. */
export const readTimeRange = (search: URLSearchParams): TimeRange =>
  rangeOfAddress.parse(search.get('t'));

/** The time range of the screen, `t` in the address. */
export function useTimeRange(
  fallback = defaultRange,
): readonly [TimeRange, (range: TimeRange, how?: HowToGo) => void] {
  const param = useMemo(() => rangeParam(fallback), [fallback]);
  return useQueryState('t', param);
}
