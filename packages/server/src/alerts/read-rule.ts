import { isTimeZone } from 'honeyhive-facts';
import { formatPath } from 'honeyhive-wire';
import type { AlertIn, Immutable, Issue } from 'honeyhive-wire';
import { fillAlert } from './alert-content.ts';
import type { AlertContent } from './alert-content.ts';
import type { AlarmRule, AlertMetric, AlertRule, LoopRule, Measure } from '../domain/alert-rule.ts';
import { parseWindow } from '../domain/alert-window.ts';
import type { AlertWindow } from '../domain/alert-window.ts';
import type { EventCondition } from '../domain/event-query.ts';
import { parseConditions, parseField } from '../domain/filter-input.ts';

type Path = readonly PropertyKey[];

/** Collects what is wrong with an alert, and reads on. */
class Reading {
  readonly issues: Issue[] = [];

  refuse(path: Path, message: string): void {
    this.issues.push({ field: formatPath(path), message });
  }

  filters(input: unknown, at: Path): readonly EventCondition[] {
    const { filters, issues } = parseConditions(input, at);
    this.issues.push(...issues);
    return filters;
  }

  path(field: string, at: Path): readonly string[] {
    const parsed = parseField(field);
    if ('path' in parsed) return parsed.path;
    this.refuse(at, parsed.message);
    return [];
  }

  /** Fields that mean nothing with the type of the alert. */
  refuseGiven(content: AlertContent, names: readonly (keyof AlertContent)[]): void {
    for (const name of names) {
      const value = content[name];
      if (value === null || (Array.isArray(value) && value.length === 0)) continue;
      this.refuse([name], `has no meaning with ${content.alert_type}: leave it out`);
    }
  }
}

/**
 * What an alert watches, or everything that is wrong with it. The shapes of its fields were checked before.
 */
export function readRule(input: AlertIn): AlertRule | { readonly issues: readonly Issue[] } {
  const content = fillAlert(input);
  const reading = new Reading();
  const rule = readKind(content, reading);
  return rule === null || reading.issues.length > 0 ? { issues: reading.issues } : rule;
}

function readKind(content: AlertContent, reading: Reading): AlertRule | null {
  const watched = {
    filters: reading.filters(content.filters, ['filters']),
    renotifyMs: toMs(content.renotify_minutes),
  };
  if (content.alert_type === 'LOOP') {
    reading.refuseGiven(content, ['projections', 'ratio', 'group_by', 'thresholds', 'conditions']);
    const loop = readLoop(content, reading);
    return loop && { ...watched, kind: 'loop', loop };
  }
  reading.refuseGiven(content, ['loop']);
  const alarm = readAlarm(content, reading);
  const measure = readMeasure(content, reading, []);
  if (content.alert_type === 'PER_EVENT') {
    reading.refuseGiven(content, ['ratio', 'group_by', 'conditions']);
    return alarm && { ...watched, kind: 'event', measure, alarm };
  }
  return alarm && readWindowed(content, reading, { ...watched, measure, alarm });
}

type Windowed = Extract<AlertRule, { kind: 'level' | 'change' }>;

function readWindowed(
  content: AlertContent,
  reading: Reading,
  { measure, ...rest }: Pick<Windowed, 'filters' | 'renotifyMs' | 'alarm'> & { measure: Measure },
): Windowed | null {
  const further = (content.conditions?.of ?? []).map((one, index) =>
    readMeasure(one, reading, ['conditions', 'of', index]),
  );
  const window = readWindow(content, reading);
  const { group_by: groupBy, alert_type: type } = content;
  return (
    window && {
      ...rest,
      kind: type === 'DRIFT' ? 'change' : 'level',
      window,
      groupBy: groupBy === null ? null : reading.path(groupBy, ['group_by']),
      measures: [measure, ...further],
    }
  );
}

const toMs = (minutes: number | null): number | null =>
  minutes === null ? null : minutes * 60_000;

function readLoop({ loop }: AlertContent, reading: Reading): LoopRule | null {
  const rule = {
    repeats: loop?.repeats ?? null,
    steps: loop?.steps ?? null,
    minutes: loop?.minutes ?? null,
    costUsd: loop?.cost_usd ?? null,
  };
  if (Object.values(rule).some((limit) => limit !== null)) return rule;
  reading.refuse(['loop'], 'expected at least one of repeats, steps, minutes, cost_usd');
  return null;
}

function readWindow(content: AlertContent, reading: Reading): AlertWindow | null {
  if (!isTimeZone(content.timezone)) {
    reading.refuse(['timezone'], 'expected an IANA name such as Europe/Berlin');
    return null;
  }
  const window = parseWindow(content.window, content.timezone);
  if (window === null) reading.refuse(['window'], 'expected at most 31 days');
  return window;
}

function readAlarm(content: AlertContent, reading: Reading): AlarmRule | null {
  const { thresholds, conditions } = content;
  if (thresholds === null) {
    reading.refuse(['thresholds'], 'expected `critical`, with an operator and a value');
    return null;
  }
  return {
    critical: thresholds.critical,
    warning: thresholds.warning ?? null,
    resolved: thresholds.resolved ?? null,
    further: {
      match: conditions?.match ?? 'all',
      of: conditions?.of.map(({ operator, value }) => ({ operator, value })) ?? [],
    },
    minimumSample: content.minimum_sample_size,
    missingData: content.missing_data,
    renotifyMs: toMs(content.renotify_minutes),
  };
}

const aggregations = {
  AVERAGE: 'avg',
  COUNT: 'count',
  SUM: 'sum',
  MIN: 'min',
  MAX: 'max',
  P90: 'p90',
  P95: 'p95',
  P99: 'p99',
  MEDIAN: 'p50',
} as const;

type MeasureInput = Immutable<
  Pick<AlertIn, 'aggregation' | 'projections'> & { ratio?: AlertIn['ratio'] | null }
>;

function readMeasure(input: MeasureInput, reading: Reading, at: Path): Measure {
  const { aggregation = 'AVERAGE', projections = [], ratio } = input;
  const [field] = projections;
  if (ratio) {
    if (field !== undefined)
      reading.refuse([...at, 'projections'], 'has no meaning with `ratio`: leave one of them out');
    const meets = reading.filters(ratio.filters, [...at, 'ratio', 'filters']);
    return { metric: { meets }, aggregation: 'avg' };
  }
  if (field === undefined && aggregation !== 'COUNT')
    reading.refuse(
      [...at, 'projections'],
      `expected the field to aggregate, such as ["duration"]; only COUNT needs none`,
    );
  const path = field === undefined ? [] : reading.path(field, [...at, 'projections', 0]);
  return { metric: toMetric(path), aggregation: aggregations[aggregation] };
}

function toMetric(path: readonly string[]): AlertMetric {
  if (path.length === 0) return 'events';
  return path.join('.') === 'error' ? 'error' : { path };
}
