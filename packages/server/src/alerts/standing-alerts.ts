import type { AlertIn, Issue } from 'honeyhive-wire';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';

/** Names of the two thresholds of the settings that are alerts; they are the ids of these alerts, too. */
export const standingIds = ['error_rate', 'latency_p95'] as const;

export type StandingId = (typeof standingIds)[number];

export const isStandingId = (id: string): id is StandingId =>
  standingIds.some((standing) => standing === id);

/** Too few events say nothing about a rate or a percentile. */
const minimumSample = 20;

const greaterThan = (value: number): AlertIn['thresholds'] => ({
  critical: { operator: 'greater_than', value },
});

const definitions: Readonly<Record<StandingId, (value: number) => AlertIn>> = {
  error_rate: (value) => ({
    name: 'Error rate',
    description: 'The threshold `error_rate` of the settings.',
    aggregation: 'AVERAGE',
    projections: ['error'],
    minimum_sample_size: minimumSample,
    thresholds: greaterThan(value),
  }),
  latency_p95: (value) => ({
    name: 'Latency, p95',
    description: 'The threshold `latency_p95` of the settings, milliseconds.',
    aggregation: 'P95',
    projections: ['duration'],
    minimum_sample_size: minimumSample,
    thresholds: greaterThan(value),
  }),
};

/** The value that the settings have for a standing alert; null: there is no such alert. */
export function readStandingValue(settings: JsonObject, id: StandingId): number | null {
  const thresholds = settings['alert_thresholds'];
  const value = isJsonObject(thresholds) ? thresholds[id] : undefined;
  return typeof value === 'number' ? value : null;
}

/** The settings with another value for a standing alert; null: without it. */
export function withStandingValue(
  settings: JsonObject,
  id: StandingId,
  value: number | null,
): Record<string, unknown> {
  const before = settings['alert_thresholds'];
  const { [id]: _, ...others } = isJsonObject(before) ? before : {};
  return {
    ...settings,
    alert_thresholds: value === null ? others : { ...others, [id]: value },
  };
}

/** A standing alert: as it was changed, or as it is at first; the value is always that of the settings. */
export function toStandingAlert(id: StandingId, value: number, changed: AlertIn | null): AlertIn {
  const alert = changed ?? definitions[id](value);
  const { operator = 'greater_than' } = alert.thresholds?.critical ?? {};
  return { ...alert, thresholds: { ...alert.thresholds, critical: { operator, value } } };
}

/** What makes a standing alert the one that its name says, and cannot be changed. */
const fixed = ['alert_type', 'aggregation', 'projections', 'ratio'] as const;

const isSame = (id: StandingId, alert: AlertIn, name: (typeof fixed)[number]): boolean =>
  name === 'alert_type'
    ? (alert.alert_type ?? 'AGGREGATE') === 'AGGREGATE'
    : JSON.stringify(alert[name]) === JSON.stringify(definitions[id](0)[name]);

/** Why an alert cannot be the standing one of that name. */
export function findStandingIssues(id: StandingId, alert: AlertIn): Issue[] {
  const foreign = fixed.filter((name) => !isSame(id, alert, name));
  const value = alert.thresholds?.critical.value ?? 0;
  const most = id === 'error_rate' ? 1 : Infinity;
  return [
    ...foreign.map((field) => ({
      field,
      message: `cannot be changed: ${id} is a threshold of the settings`,
    })),
    ...(value >= 0 && value <= most
      ? []
      : [
          {
            field: 'thresholds.critical.value',
            message: `expected ${most === 1 ? '0 to 1' : 'at least 0'}`,
          },
        ]),
  ];
}
