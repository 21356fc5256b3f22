import { CalendarClock } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { formatZone } from '../format/time.ts';
import { describeTimeRange } from '../state/time-range.ts';
import { useTimeZone } from '../state/time-zone.ts';
import { useTimeRange } from '../state/use-time-range.ts';
import { rangeText } from '../text/range.ts';
import { Button } from './button.tsx';
import { Popover } from './popover.tsx';
import { nameRange } from './range-name.ts';
import styles from './range-picker.module.css';

export const loadRangeForm = () => import('./range-form.tsx');
const RangeForm = lazy(async () => ({ default: (await loadRangeForm()).RangeForm }));

/** The time range of the screen and the zone of its times, both said; a click changes either. */
export function RangePicker({ fallback }: { readonly fallback?: string }) {
  const [range, setRange] = useTimeRange(fallback);
  const [zone] = useTimeZone();
  const [now] = useState(Date.now);
  const name = (range.kind === 'last' ? nameRange(range.text) : null) ?? describeTimeRange(range);
  return (
    <Popover
      label={rangeText.label}
      align="end"
      trigger={(props) => (
        <Button {...props} icon={<CalendarClock aria-hidden />} className={styles.trigger}>
          <span className={range.kind === 'last' ? styles.long : undefined}>{name} </span>
          {range.kind === 'last' && (
            <span className={styles.short} aria-hidden>
              {range.text}{' '}
            </span>
          )}
          <span className={styles.zone}>{formatZone(zone, now)}</span>
        </Button>
      )}
    >
      {(close) => (
        <Suspense>
          <RangeForm
            range={range}
            onChange={(next) => {
              setRange(next);
              close();
            }}
          />
        </Suspense>
      )}
    </Popover>
  );
}
