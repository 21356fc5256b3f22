import { bucketNames, isRootField } from 'honeyhive-facts';
import { limits } from 'honeyhive-wire';
import type { ActiveAlert } from './active-alert.ts';
import type { WindowQuery } from '../domain/alert-reads.ts';
import type { AlertRule, Measure } from '../domain/alert-rule.ts';
import { windowAt, windowBefore } from '../domain/alert-window.ts';
import type { TimeSpan } from '../domain/alert-window.ts';
import type { EventCondition } from '../domain/event-query.ts';

export type WindowedRule = Extract<AlertRule, { kind: 'level' | 'change' }>;

export type AlertJob = WindowJob | SingleJob;

/** Alerts of one project of which everything is read together. */
export interface WindowJob {
  readonly kind: 'window';
  readonly projectId: string;
  readonly shapes: readonly WindowShape[];
}

/** Alerts about the same events and groups: what they are about is read once. */
export interface WindowShape {
  readonly alerts: readonly WindowedAlert[];
  readonly query: WindowQuery;
  /** What changes are measured against; null: nothing is. */
  readonly before: TimeSpan | null;
}

export type WindowedAlert = ActiveAlert & { readonly rule: WindowedRule };

/** An alert of single events or of sessions. */
export interface SingleJob {
  readonly kind: 'single';
  readonly projectId: string;
  readonly alert: ActiveAlert & { readonly rule: Exclude<AlertRule, WindowedRule> };
}

export const alertsOf = (job: AlertJob): readonly ActiveAlert[] =>
  job.kind === 'window' ? job.shapes.flatMap(({ alerts }) => alerts) : [job.alert];

export const isWindowedRule = (rule: AlertRule): rule is WindowedRule =>
  rule.kind === 'level' || rule.kind === 'change';

const isWindowed = (alert: ActiveAlert): alert is WindowedAlert => isWindowedRule(alert.rule);

const isSingle = (alert: ActiveAlert): alert is SingleJob['alert'] => !isWindowed(alert);

/**
 * What has to be read for the minute that ends at an instant. Metrics are no part of a shape, filters are.
 *
 * @param apart projects whose shapes are not read together
 */
export function planJobs(
  alerts: readonly ActiveAlert[],
  minute: number,
  apart: ReadonlySet<string> = new Set(),
): AlertJob[] {
  const shapes = new Map<string, WindowedAlert[]>();
  for (const alert of alerts.filter(isWindowed)) {
    const key = keyOfShape(alert);
    const members = shapes.get(key);
    if (members) members.push(alert);
    else shapes.set(key, [alert]);
  }
  const windows = new JobBuilder(apart);
  for (const members of shapes.values()) windows.add(planShape(members, minute));
  const singles = alerts
    .filter(isSingle)
    .map((alert): SingleJob => ({ kind: 'single', projectId: alert.own.projectId, alert }));
  return [...windows.jobs, ...singles];
}

const keyOfShape = ({ own, rule }: WindowedAlert): string =>
  JSON.stringify([own.projectId, rule.filters, rule.groupBy, rule.window, rule.kind]);

function planShape(alerts: readonly WindowedAlert[], minute: number): WindowShape {
  const [first] = alerts;
  if (!first) throw new Error('a shape has at least one alert');
  const { own, rule } = first;
  const span = windowAt(rule.window, minute);
  const measures = new Map(
    alerts.flatMap((alert) => alert.rule.measures.map((one) => [keyOfMeasure(one), one] as const)),
  );
  return {
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
export const orderOf = ({ alarm }: WindowedRule): WindowQuery['order'] =>
  alarm.critical.operator === 'less_than' ? 'lowest' : 'highest';

/** A statement that reads more than this takes long to plan. */
const mostWeight = 40;
/** How much more a path into a payload costs than a shape without any. */
const pathWeight = 4;

/**
 * Puts shapes together that are read with less effort than apart. Those about payloads are so only where the others
 * need the same ones of the same hours.
 */
class JobBuilder {
  readonly #apart: ReadonlySet<string>;
  readonly #open = new Map<string, { readonly shapes: WindowShape[]; weight: number }>();
  readonly jobs: WindowJob[] = [];

  constructor(apart: ReadonlySet<string>) {
    this.#apart = apart;
  }

  add(shape: WindowShape): void {
    const { projectId, span } = shape.query;
    const payloads = payloadPaths(shape.query);
    const hours = [
      toHour(span.fromMs),
      toHour(span.beforeMs - 1),
      toHour(shape.before?.fromMs ?? 0),
    ];
    const columns = bucketNames.filter((name) => payloads.some(([column]) => column === name));
    const key = JSON.stringify([projectId, ...(columns.length === 0 ? [] : [columns, hours])]);
    const weight = (shape.before === null ? 1 : 2) * (1 + pathWeight * payloads.length);
    const open = this.#open.get(key);
    if (open && open.weight + weight <= mostWeight && !this.#apart.has(projectId)) {
      open.shapes.push(shape);
      open.weight += weight;
      return;
    }
    const shapes = [shape];
    this.#open.set(key, { shapes, weight });
    this.jobs.push({ kind: 'window', projectId, shapes });
  }
}

const toHour = (instant: number): number => Math.floor(instant / 3_600_000);

/** Paths into payloads that a query reads. */
function payloadPaths({ filters, groupBy, measures }: WindowQuery): (readonly string[])[] {
  const paths = [
    ...pathsOf(filters),
    ...(groupBy === null ? [] : [groupBy]),
    ...measures.flatMap(({ metric }) => {
      if (typeof metric === 'string') return [];
      return 'path' in metric ? [metric.path] : pathsOf(metric.meets);
    }),
  ];
  return paths.filter(([column = '']) => !isRootField(column));
}

const pathsOf = (conditions: readonly EventCondition[]): (readonly string[])[] =>
  conditions.flatMap((one) => ('anyOf' in one ? one.anyOf.map(({ path }) => path) : [one.path]));
