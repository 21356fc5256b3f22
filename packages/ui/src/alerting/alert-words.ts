import type { Alert, AlertIn, Immutable } from 'honeyhive-wire';
import type { ChartUnit } from '../format/chart-value.ts';
import { formatValue } from '../format/chart-value.ts';
import { formatCost } from '../format/cost.ts';
import { formatCount } from '../format/number.ts';
import { alertsText } from '../text/alerts.ts';
import { printFilters } from './filter-text.ts';
import type { AlertFilters } from './filter-text.ts';

/** An alert as it is sent. */
export type AlertBody = Immutable<AlertIn>;

/** What of an alert says what it watches; the rest has its defaults. */
export type Watched = {
  readonly [Name in WatchedName]?: AlertBody[Name] | null;
};

type WatchedName =
  | 'alert_type'
  | 'aggregation'
  | 'projections'
  | 'window'
  | 'filters'
  | 'thresholds'
  | 'ratio'
  | 'group_by'
  | 'conditions'
  | 'loop';

/** How its numbers are written. */
export type AlertUnit = ChartUnit | 'percent';

/** What is aggregated; the empty text: events are counted. */
export const metricOf = ({ projections }: Pick<Watched, 'projections'>): string =>
  projections?.[0] ?? '';

/** Names of aggregations in charts. */
export const chartAggregations = {
  AVERAGE: 'avg',
  COUNT: 'count',
  SUM: 'sum',
  MIN: 'min',
  MAX: 'max',
  MEDIAN: 'p50',
  P90: 'p90',
  P95: 'p95',
  P99: 'p99',
} as const;

export function unitOfAlert(alert: Watched): AlertUnit {
  if (alert.alert_type === 'DRIFT') return 'percent';
  if (alert.alert_type === 'LOOP') return 'count';
  return unitOfMeasure(alert);
}

function unitOfMeasure(alert: Watched): ChartUnit {
  const { ratio } = alert;
  const aggregation = alert.aggregation ?? 'AVERAGE';
  if (ratio) return 'ratio';
  if (aggregation === 'COUNT' && alert.alert_type !== 'PER_EVENT') return 'count';
  const metric = metricOf(alert);
  if (metric === 'duration') return 'ms';
  if (metric === 'cost_usd') return 'usd';
  return metric === 'error' && aggregation === 'AVERAGE' ? 'ratio' : 'count';
}

export const formatAlertValue = (unit: AlertUnit, value: number | null): string =>
  unit === 'percent' && value !== null
    ? `${formatCount(value)} %`
    : formatValue(unit === 'percent' ? 'count' : unit, value);

/** `p95 of duration > 4 s over 1h, by model`. */
export function describeCondition(alert: Watched): string {
  if (alert.alert_type === 'LOOP') return describeLoop(alert.loop ?? {});
  const { group_by: group, conditions } = alert;
  return [
    describeMeasure(alert),
    describeFilters(alert.filters ?? []),
    describeThreshold(alert),
    alert.alert_type === 'PER_EVENT' ? '' : alertsText.over(describeWindow(alert.window ?? '1h')),
    group ? alertsText.by(group) : '',
    conditions ? alertsText.more(conditions.of.length) : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function describeFilters(filters: AlertFilters): string {
  const query = printFilters(filters) ?? '';
  return query === '' ? '' : alertsText.where(query);
}

function describeThreshold(alert: Watched): string {
  const critical = alert.thresholds?.critical;
  if (!critical) return '';
  const value = formatAlertValue(unitOfAlert(alert), critical.value);
  return `${alertsText.signs[critical.operator]} ${value}`;
}

function describeMeasure(alert: Watched): string {
  const { alert_type: type, ratio } = alert;
  const aggregation = alert.aggregation ?? 'AVERAGE';
  const metric = metricOf(alert);
  if (type === 'PER_EVENT') return alertsText.eachEvent(metric);
  const measure = ratio
    ? alertsText.share(printFilters(ratio.filters ?? []) ?? '…')
    : describeAggregate(aggregation, metric);
  return type === 'DRIFT' ? alertsText.change(measure) : measure;
}

function describeAggregate(aggregation: NonNullable<AlertBody['aggregation']>, metric: string) {
  if (aggregation === 'COUNT') return metric === '' ? alertsText.count : alertsText.countOf(metric);
  if (aggregation === 'AVERAGE' && metric === 'error') return alertsText.errorRate;
  return alertsText.of(alertsText.aggregations[aggregation], metric);
}

const calendar: Readonly<Record<string, string>> = alertsText.calendar;

const describeWindow = (window: string): string => calendar[window] ?? window;

const loopWords = {
  repeats: (value: number) => alertsText.loop.repeats(formatCount(value)),
  steps: (value: number) => alertsText.loop.steps(formatCount(value)),
  minutes: (value: number) => alertsText.loop.minutes(formatCount(value)),
  cost_usd: (value: number) => alertsText.loop.cost_usd(formatCost(value)),
} as const;

const loopLimits = ['repeats', 'steps', 'minutes', 'cost_usd'] as const;

const describeLoop = (loop: NonNullable<AlertBody['loop']>): string =>
  alertsText.session(
    loopLimits
      .flatMap((name) => {
        const value = loop[name];
        return value === undefined ? [] : [loopWords[name](value)];
      })
      .join(alertsText.or),
  );

/** When its state last changed, epoch milliseconds; null: never. */
export const changedAt = ({ last_changed_at: at }: Alert): number | null =>
  at === null ? null : Date.parse(at);

const windowUnits: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const calendarDays: Readonly<Record<string, number>> = { day: 1, week: 7, month: 31 };

/** Length of a window, milliseconds; of one of the calendar, of that as it is at most. */
export function windowMs(window: string): number {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(window) ?? [];
  if (count !== undefined) return Number(count) * (windowUnits[unit] ?? 0);
  return (calendarDays[window] ?? 1) * 86_400_000;
}
