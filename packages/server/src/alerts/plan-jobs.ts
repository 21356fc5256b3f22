import { limits } from 'honeyhive-wire';
import type { ActiveAlert } from './active-alert.ts';
import type { WindowQuery } from '../domain/alert-reads.ts';
import type { AlertRule, Measure } from '../domain/alert-rule.ts';
import { windowAt, windowBefore } from '../domain/alert-window.ts';
import type { TimeSpan } from '../domain/alert-window.ts';

export type WindowedRule = Extract<AlertRule, { kind: 'level' | 'change' }>;

/** Alerts of one shape: what they are about is read once. */
export type AlertJob = WindowJob | SingleJob;

export interface WindowJob {
  readonly kind: 'window';
  readonly projectId: string;
  readonly alerts: readonly (ActiveAlert & { readonly rule: WindowedRule })[];
  readonly query: WindowQuery;
  /** What changes are measured against; null: nothing is. */
  readonly before: TimeSpan | null;
}

/** An alert of single events or of sessions. */
export interface SingleJob {
  readonly kind: 'single';
  readonly projectId: string;
  readonly alert: ActiveAlert & { readonly rule: Exclude<AlertRule, WindowedRule> };
}

export const isWindowedRule = (rule: AlertRule): rule is WindowedRule =>
  rule.kind === 'level' || rule.kind === 'change';

const isWindowed = (alert: ActiveAlert): alert is WindowJob['alerts'][number] =>
  isWindowedRule(alert.rule);

const isSingle = (alert: ActiveAlert): alert is SingleJob['alert'] => !isWindowed(alert);

/** What has to be read for the minute that ends at an instant. Metrics are no part of a shape, filters are. */
export function planJobs(alerts: readonly ActiveAlert[], minute: number): AlertJob[] {
  const shapes = new Map<string, WindowJob['alerts'][number][]>();
  for (const alert of alerts.filter(isWindowed)) {
    const shape = shapeOf(alert);
    shapes.set(shape, [...(shapes.get(shape) ?? []), alert]);
  }
  const windows = [...shapes.values()].map((some) => planWindow(some, minute));
  const singles = alerts
    .filter(isSingle)
    .map((alert): SingleJob => ({ kind: 'single', projectId: alert.own.projectId, alert }));
  return [...windows, ...singles];
}

const shapeOf = ({ own, rule }: WindowJob['alerts'][number]): string =>
  JSON.stringify([
    own.projectId,
    rule.filters,
    rule.groupBy,
    rule.window,
    rule.kind,
    // Which groups are read, if there are too many, depends on the number that they are ordered by.
    rule.groupBy === null ? null : [orderOf(rule), rule.measures[0]],
  ]);

function planWindow(alerts: WindowJob['alerts'], minute: number): WindowJob {
  const [first] = alerts;
  if (!first) throw new Error('a shape has at least one alert');
  const { own, rule } = first;
  const span = windowAt(rule.window, minute);
  const measures = new Map(
    alerts.flatMap((alert) => alert.rule.measures.map((one) => [keyOfMeasure(one), one] as const)),
  );
  return {
    kind: 'window',
    projectId: own.projectId,
    alerts,
    query: {
      projectId: own.projectId,
      filters: rule.filters,
      groupBy: rule.groupBy,
      span,
      measures: [...measures.values()],
      order: orderOf(rule),
      limit: limits.alertGroups,
    },
    before: rule.kind === 'change' ? windowBefore(rule.window, span) : null,
  };
}

export const keyOfMeasure = (measure: Measure): string => JSON.stringify(measure);

/** Groups closest to an alarm come first. */
const orderOf = ({ alarm }: WindowedRule): WindowQuery['order'] =>
  alarm.critical.operator === 'less_than' ? 'lowest' : 'highest';
