import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { formatZone } from '../format/time.ts';
import { describeTimeRange, parseTimeRange, resolveTimeRange } from '../state/time-range.ts';
import type { TimeRange } from '../state/time-range.ts';
import { systemTimeZone, useTimeZone } from '../state/time-zone.ts';
import { useTimeRange } from '../state/use-time-range.ts';
import { printZoned } from '../state/zoned-time.ts';
import { rangeText } from '../text/range.ts';
import { Button } from './button.tsx';
import { Popover } from './popover.tsx';
import styles from './range-picker.module.css';

/** The time range of the screen and the zone of its times, both said; a click changes either. */
export function RangePicker({ fallback }: { readonly fallback?: string }) {
  const [range, setRange] = useTimeRange(fallback);
  const [zone] = useTimeZone();
  const [now] = useState(Date.now);
  const preset = range.kind === 'last' ? presetName(range.text) : null;
  return (
    <Popover
      label={rangeText.label}
      align="end"
      trigger={(props) => (
        <Button {...props} icon={<CalendarClock aria-hidden />} className={styles.trigger}>
          {preset ?? describeTimeRange(range)}{' '}
          <span className={styles.zone}>{formatZone(zone, now)}</span>
        </Button>
      )}
    >
      {(close) => (
        <RangeForm
          range={range}
          onChange={(next) => {
            setRange(next);
            close();
          }}
        />
      )}
    </Popover>
  );
}

const presetName = (text: string): string | null =>
  text in rangeText.presets
    ? `${rangeText.last} ${rangeText.presets[text as keyof typeof rangeText.presets]}`
    : null;

interface RangeFormProps {
  readonly range: TimeRange;
  readonly onChange: (range: TimeRange) => void;
}

function RangeForm({ range, onChange }: RangeFormProps) {
  const choose = (text: string) => {
    const next = parseTimeRange(text);
    if (next) onChange(next);
  };
  return (
    <div className={styles.form}>
      <div className={styles.presets} role="group" aria-label={rangeText.last}>
        {Object.keys(rangeText.presets).map((text) => (
          <Button
            key={text}
            look="quiet"
            aria-pressed={range.kind === 'last' && range.text === text}
            onClick={() => choose(text)}
          >
            {presetName(text)}
          </Button>
        ))}
      </div>
      <BetweenForm range={range} onChange={onChange} />
    </div>
  );
}

function BetweenForm({ range, onChange }: RangeFormProps) {
  const [zone, setZone] = useTimeZone();
  const [ends, setEnds] = useState(() => {
    const { from, to } = resolveTimeRange(range, zone, Date.now());
    return { from: printZoned(from, zone).slice(0, 16), to: printZoned(to, zone).slice(0, 16) };
  });
  const [isRefused, setRefused] = useState(false);
  const apply = () => {
    const next = parseTimeRange(`${ends.from}~${ends.to}`);
    setRefused(next === null);
    if (next) onChange(next);
  };
  return (
    <form
      className={styles.between}
      aria-label={rangeText.custom}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className={styles.field}>
          {rangeText[end]}
          <input
            type="datetime-local"
            required
            className={styles.input}
            value={ends[end]}
            aria-invalid={isRefused}
            onChange={(event) => setEnds({ ...ends, [end]: event.target.value })}
          />
        </label>
      ))}
      {isRefused && (
        <p role="alert" className={styles.problem}>
          {rangeText.badOrder}
        </p>
      )}
      <label className={styles.field}>
        {rangeText.zone}
        <select
          className={styles.input}
          value={zone}
          onChange={(event) => setZone(event.target.value)}
        >
          <option value={systemTimeZone}>{rangeText.localZone(systemTimeZone)}</option>
          {listZones(zone).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit">{rangeText.apply}</Button>
    </form>
  );
}

const listZones = (current: string): readonly string[] =>
  [...new Set(['UTC', current, ...Intl.supportedValuesOf('timeZone')])].filter(
    (name) => name !== systemTimeZone,
  );
