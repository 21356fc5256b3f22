import { useMemo } from 'react';
import { resolveTimeRange } from '../state/time-range.ts';
import { useTimeZone } from '../state/time-zone.ts';
import { useTimeRange } from '../state/use-time-range.ts';
import { useListMoment } from './list-moment.ts';

/** The time range of a list: as it was chosen, and as the interval that it comes to at the moment of the list. */
export function useListPeriod() {
  const [range, setRange] = useTimeRange();
  const [zone] = useTimeZone();
  const [moment, refresh] = useListMoment();
  const interval = useMemo(() => resolveTimeRange(range, zone, moment), [range, zone, moment]);
  return { range, setRange, zone, moment, refresh, interval };
}

export type ListPeriod = ReturnType<typeof useListPeriod>;
