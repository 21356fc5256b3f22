import { useState } from 'react';
import { parseTimeRange, resolveTimeRange } from '../state/time-range.ts';
import type { TimeRange } from '../state/time-range.ts';
import { systemTimeZone, useTimeZone } from '../state/time-zone.ts';
import { printZoned } from '../state/zoned-time.ts';
import { rangeText } from '../text/range.ts';
import { Button } from './button.tsx';
import { nameRange } from './range-name.ts';
import styles from './range-form.module.css';
import { TextInput } from './text-input.tsx';
import { Select } from './select.tsx';

export interface RangeFormProps {
  readonly range: TimeRange;
  readonly onChange: (range: TimeRange) => void;
}

/** Presets, two times of one's own, and the zone. */
export function RangeForm({ range, onChange }: RangeFormProps) {
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
            {nameRange(text)}
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
          <TextInput
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
        <Select
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
        </Select>
      </label>
      <Button type="submit">{rangeText.apply}</Button>
    </form>
  );
}

const listZones = (current: string): readonly string[] =>
  [...new Set(['UTC', current, ...Intl.supportedValuesOf('timeZone')])].filter(
    (name) => name !== systemTimeZone,
  );
