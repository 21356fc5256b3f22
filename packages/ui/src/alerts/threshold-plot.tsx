import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { formatLocal } from '../format/time.ts';
import { alertsText } from '../text/alerts.ts';
import styles from './alerts.module.css';
import { formatAlertValue } from '../alerting/alert-words.ts';
import type { AlertUnit } from '../alerting/alert-words.ts';
import { moveThreshold, placeOf, rangeOf, toPath, valueAt } from './plot-scale.ts';
import type { PlotPoint, PlotRange } from './plot-scale.ts';

/** A time with an alarm; `to` null: it lasts. */
export interface PlotAlarm {
  readonly from: number;
  readonly to: number | null;
}

export interface ThresholdPlotProps {
  readonly label: string;
  readonly points: readonly PlotPoint[];
  readonly alarms: readonly PlotAlarm[];
  readonly from: number;
  readonly to: number;
  readonly unit: AlertUnit;
  readonly zone: string;
  readonly threshold: number | null;
  /** Makes the threshold movable, by keys and by dragging. */
  readonly onThreshold?: (value: number) => void;
}

const [width, height] = [1000, 180];

/** Values over time, the threshold that they are compared with, and when there would have been an alarm. */
export function ThresholdPlot(props: ThresholdPlotProps) {
  const { label, points, alarms, from, to, unit, zone, threshold, onThreshold } = props;
  const box = useRef<HTMLDivElement>(null);
  const range = rangeOf(points, threshold === null ? [] : [threshold]);
  const xOf = (at: number) =>
    (Math.min(Math.max(at - from, 0), to - from) / (to - from || 1)) * width;
  return (
    <figure className={styles.plot}>
      <div ref={box} className={styles.plotBox}>
        <svg
          role="img"
          aria-label={describePlot(label, points, unit)}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
        >
          {alarms.map((alarm) => (
            <rect
              key={alarm.from}
              className={styles.alarm}
              x={xOf(alarm.from)}
              width={Math.max(2, xOf(alarm.to ?? to) - xOf(alarm.from))}
              y={0}
              height={height}
            />
          ))}
          <path
            className={styles.line}
            d={toPath(points, { from, to, range, width, height })}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {threshold !== null && (
          <Threshold
            value={threshold}
            range={range}
            unit={unit}
            box={box}
            {...(onThreshold && { onChange: onThreshold })}
          />
        )}
        <span className={styles.highest}>{formatAlertValue(unit, range.high)}</span>
      </div>
      <figcaption className={styles.times}>
        <span>{formatLocal(from, zone, 'minutes')}</span>
        <span>{formatLocal(to, zone, 'minutes')}</span>
      </figcaption>
    </figure>
  );
}

interface ThresholdProps {
  readonly value: number;
  readonly range: PlotRange;
  readonly unit: AlertUnit;
  readonly box: { readonly current: HTMLDivElement | null };
  readonly onChange?: (value: number) => void;
}

function Threshold({ value, range, unit, box, onChange }: ThresholdProps) {
  const words = alertsText.threshold(formatAlertValue(unit, value));
  const place = { insetBlockStart: `${placeOf(value, range) * 100}%` };
  if (!onChange)
    return (
      <div className={styles.threshold} style={place}>
        <span className={styles.thresholdLabel}>{words}</span>
      </div>
    );
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveThreshold(value, { key: event.key, isFast: event.shiftKey, range });
    if (next === null) return;
    event.preventDefault();
    onChange(next);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || box.current === null) return;
    const { top, height: size } = box.current.getBoundingClientRect();
    onChange(valueAt((event.clientY - top) / size, range));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={alertsText.thresholdKeys}
      aria-orientation="vertical"
      aria-valuemin={range.low}
      aria-valuemax={range.high}
      aria-valuenow={value}
      aria-valuetext={formatAlertValue(unit, value)}
      className={styles.threshold}
      style={place}
      data-movable
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
    >
      <span className={styles.thresholdLabel}>{words}</span>
    </div>
  );
}

function describePlot(label: string, points: readonly PlotPoint[], unit: AlertUnit): string {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) return `${label}: ${alertsText.noData}`;
  const [least, most, last] = [Math.min(...values), Math.max(...values), values.at(-1) ?? 0];
  return `${label}: ${alertsText.valueRange(
    formatAlertValue(unit, least),
    formatAlertValue(unit, most),
    formatAlertValue(unit, last),
  )}`;
}
