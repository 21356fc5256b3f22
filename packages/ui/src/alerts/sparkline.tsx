import { useQuery } from '@tanstack/react-query';
import type { Alert } from 'honeyhive-wire';
import { useMemo, useState } from 'react';
import { askTogether } from '../api/ask-together.ts';
import { alertsText } from '../text/alerts.ts';
import styles from './alerts.module.css';
import {
  chartAggregations,
  formatAlertValue,
  metricOf,
  unitOfAlert,
  windowMs,
} from '../alerting/alert-words.ts';
import { placeOf, rangeOf, toPath } from './plot-scale.ts';

const shownWindows = 24;
const mostMs = 31 * 86_400_000;
const [width, height] = [96, 24];

/** The values of the last windows of an alert beside its threshold; nothing where a chart does not have them. */
export function Sparkline({ project, alert }: { readonly project: string; readonly alert: Alert }) {
  const widthMs = windowMs(alert.window);
  const [to] = useState(() => Math.ceil(Date.now() / 60_000) * 60_000);
  const from = to - widthMs * shownWindows;
  const isChart =
    alert.alert_type === 'AGGREGATE' && alert.ratio === null && shownWindows * widthMs <= mostMs;
  const metric = metricOf(alert);
  const body = {
    filters: alert.filters,
    from,
    to,
    bucket_ms: widthMs,
    aggregation: chartAggregations[alert.aggregation],
    ...(metric === '' ? {} : { metric }),
  };
  const { data } = useQuery({
    queryKey: ['sparkline', project, body],
    queryFn: ({ signal }) => askTogether({ operation: 'exploreChart', body }, { project, signal }),
    enabled: isChart,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const points = useMemo(
    () =>
      (data?.starts ?? []).map((at, index) => ({
        at,
        value: data?.series[0]?.values[index] ?? null,
      })),
    [data],
  );
  if (points.every(({ value }) => value === null)) return null;
  const threshold = alert.thresholds?.critical.value;
  const range = rangeOf(points, threshold === undefined ? [] : [threshold]);
  const unit = unitOfAlert(alert);
  const last = points.slice(-3).map(({ value }) => formatAlertValue(unit, value));
  return (
    <svg
      role="img"
      aria-label={alertsText.sparkline(last.join(', '))}
      className={styles.sparkline}
      viewBox={`0 0 ${width} ${height}`}
    >
      {threshold !== undefined && (
        <line
          className={styles.sparkThreshold}
          x1={0}
          x2={width}
          y1={placeOf(threshold, range) * height}
          y2={placeOf(threshold, range) * height}
        />
      )}
      <path className={styles.line} d={toPath(points, { from, to, range, width, height })} />
    </svg>
  );
}
