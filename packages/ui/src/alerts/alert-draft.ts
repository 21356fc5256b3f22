import type { Alert } from 'honeyhive-wire';
import { parseNumber, parseWhole, toPercent, toRatio } from '../forms/number-text.ts';
import { alertsText } from '../text/alerts.ts';
import { chartAggregations, metricOf, unitOfAlert, windowMs } from '../alerting/alert-words.ts';
import type { AlertBody, AlertUnit } from '../alerting/alert-words.ts';
import type { AlertFilters } from '../alerting/filter-text.ts';

type AlertType = NonNullable<AlertBody['alert_type']>;
type Operator = NonNullable<AlertBody['thresholds']>['critical']['operator'];

/** An alert as it is typed; its filters are the query of the page. */
export interface AlertDraft {
  readonly name: string;
  readonly description: string;
  readonly type: AlertType;
  readonly aggregation: NonNullable<AlertBody['aggregation']>;
  /** Empty: events are counted. */
  readonly metric: string;
  readonly window: string;
  /** Empty: no grouping. */
  readonly groupBy: string;
  readonly operator: Operator;
  readonly critical: string;
  /** Empty: none. */
  readonly warning: string;
  readonly resolved: string;
  readonly minimum: string;
  readonly missing: '' | NonNullable<AlertBody['missing_data']>;
  readonly renotify: string;
  readonly destinations: readonly string[];
  readonly repeats: string;
  readonly steps: string;
  readonly minutes: string;
  readonly costUsd: string;
}

/** In the order of the form. */
export const aggregations = [
  'AVERAGE',
  'COUNT',
  'SUM',
  'MIN',
  'MAX',
  'MEDIAN',
  'P90',
  'P95',
  'P99',
] as const;

export type DraftProblems = Readonly<Partial<Record<keyof AlertDraft, string>>>;

export const emptyDraft: AlertDraft = {
  name: '',
  description: '',
  type: 'AGGREGATE',
  aggregation: 'P95',
  metric: 'duration',
  window: '1h',
  groupBy: '',
  operator: 'greater_than',
  critical: '',
  warning: '',
  resolved: '',
  minimum: '',
  missing: '',
  renotify: '',
  destinations: [],
  repeats: '',
  steps: '',
  minutes: '',
  costUsd: '',
};

/** How the thresholds of a draft are written. */
export const unitOfDraft = ({ type, aggregation, metric }: AlertDraft): AlertUnit =>
  unitOfAlert({ alert_type: type, aggregation, projections: metric === '' ? [] : [metric] });

/** A threshold as text; a ratio as percent. */
export const toThresholdText = (unit: AlertUnit, value: number | undefined): string => {
  if (value === undefined) return '';
  return unit === 'ratio' ? toPercent(value) : String(value);
};

/** undefined: no threshold; null: the text is no number. */
export function parseThreshold(unit: AlertUnit, text: string): number | null | undefined {
  if (text.trim() === '') return undefined;
  const value = parseNumber(text, { min: -Number.MAX_VALUE });
  return value !== null && unit === 'ratio' ? toRatio(value) : value;
}

const numberText = (value: number | null | undefined): string => String(value ?? '');

/** What is typed of an alert that is there. */
export function toDraft(alert: Alert): AlertDraft {
  return {
    ...emptyDraft,
    name: alert.name,
    description: alert.description,
    type: alert.alert_type,
    aggregation: alert.aggregation,
    metric: metricOf(alert),
    window: alert.window,
    groupBy: alert.group_by ?? '',
    minimum: numberText(alert.minimum_sample_size || null),
    missing: alert.missing_data,
    renotify: numberText(alert.renotify_minutes),
    destinations: alert.destination_ids,
    ...toLimits(alert),
    ...toLoopTexts(alert.loop),
  };
}

function toLimits(alert: Alert): Partial<AlertDraft> {
  const { thresholds } = alert;
  if (thresholds === null) return {};
  const unit = unitOfAlert(alert);
  return {
    operator: thresholds.critical.operator,
    critical: toThresholdText(unit, thresholds.critical.value),
    warning: toThresholdText(unit, thresholds.warning?.value),
    resolved: toThresholdText(unit, thresholds.resolved?.value),
  };
}

const toLoopTexts = (loop: Alert['loop']): Partial<AlertDraft> => ({
  repeats: numberText(loop?.repeats),
  steps: numberText(loop?.steps),
  minutes: numberText(loop?.minutes),
  costUsd: numberText(loop?.cost_usd),
});

const isWindow = (text: string): boolean => {
  if (['day', 'week', 'month'].includes(text)) return true;
  if (!/^[1-9]\d{0,4}[mhd]$/.test(text)) return false;
  return windowMs(text) <= 31 * 86_400_000;
};

/** What is wrong with a draft, by field. */
export function findProblems(draft: AlertDraft): DraftProblems {
  const isLoop = draft.type === 'LOOP';
  return {
    ...(draft.name.trim() === '' && { name: alertsText.nameMissing }),
    ...(!isLoop && !isWindow(draft.window) && { window: alertsText.windowWrong }),
    ...(isLoop ? findLoopProblems(draft) : findThresholdProblems(draft)),
    ...(draft.minimum !== '' &&
      parseWhole(draft.minimum) === null && { minimum: alertsText.wholeWrong }),
    ...(draft.renotify !== '' &&
      parseWhole(draft.renotify, { min: 1, max: 43_200 }) === null && {
        renotify: alertsText.positiveWrong,
      }),
  };
}

function findThresholdProblems(draft: AlertDraft): DraftProblems {
  const unit = unitOfDraft(draft);
  const names = ['critical', 'warning', 'resolved'] as const;
  const wrong = names.filter((name) => parseThreshold(unit, draft[name]) === null);
  return {
    ...(draft.critical.trim() === '' && { critical: alertsText.numberMissing }),
    ...Object.fromEntries(wrong.map((name) => [name, alertsText.numberWrong])),
  };
}

const loopFields = ['repeats', 'steps', 'minutes', 'costUsd'] as const;

function findLoopProblems(draft: AlertDraft): DraftProblems {
  const given = loopFields.filter((name) => draft[name].trim() !== '');
  const wrong = given.filter((name) => !((parseNumber(draft[name]) ?? 0) > 0));
  return {
    ...(given.length === 0 && { repeats: alertsText.loopMissing }),
    ...Object.fromEntries(wrong.map((name) => [name, alertsText.positiveWrong])),
  };
}

/** The alert that a draft without problems says. */
export function toAlert(draft: AlertDraft, filters: AlertFilters): AlertBody {
  const { type, metric, minimum, missing, renotify } = draft;
  const isLoop = type === 'LOOP';
  return {
    name: draft.name.trim(),
    description: draft.description,
    alert_type: type,
    filters: [...filters],
    destination_ids: [...draft.destinations],
    minimum_sample_size: minimum === '' ? 0 : Number(minimum),
    renotify_minutes: renotify === '' ? null : Number(renotify),
    ...(isLoop
      ? { loop: toLoop(draft) }
      : {
          aggregation: draft.aggregation,
          projections: metric === '' ? [] : [metric],
          window: draft.window,
          group_by: draft.groupBy === '' ? null : draft.groupBy,
          thresholds: toThresholds(draft),
          ...(missing === '' ? {} : { missing_data: missing }),
        }),
  };
}

/** What of an alert the form has no fields for: it stays, and counts when the alert is tested. */
export const keptOf = ({ ratio, conditions, timezone }: Alert): Partial<AlertBody> => ({
  ...(ratio && { ratio }),
  ...(conditions && { conditions }),
  timezone,
});

function toLoop({ repeats, steps, minutes, costUsd }: AlertDraft): NonNullable<AlertBody['loop']> {
  const given = { repeats, steps, minutes, cost_usd: costUsd };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, text]) =>
      text.trim() === '' ? [] : [[name, Number(text)]],
    ),
  );
}

/** What ends an alarm is the other side of what makes it. */
const opposite: Readonly<Record<Operator, Operator>> = {
  greater_than: 'less_than',
  less_than: 'greater_than',
  equal_to: 'equal_to',
};

function toThresholds(draft: AlertDraft): NonNullable<AlertBody['thresholds']> {
  const { operator } = draft;
  const unit = unitOfDraft(draft);
  const read = (text: string): number | undefined => parseThreshold(unit, text) ?? undefined;
  const [warning, resolved] = [read(draft.warning), read(draft.resolved)];
  return {
    critical: { operator, value: read(draft.critical) ?? 0 },
    ...(warning !== undefined && { warning: { operator, value: warning } }),
    ...(resolved !== undefined && {
      resolved: { operator: opposite[operator], value: resolved },
    }),
  };
}

const aggregationOf = (name: string): AlertDraft['aggregation'] | undefined =>
  aggregations.find((aggregation) => chartAggregations[aggregation] === name);

/** A draft as links to the form say it: `m` the metric, `a` the aggregation of a chart, `g` the grouping. */
export function readDraft(search: string): AlertDraft {
  const params = new URLSearchParams(search);
  const aggregation = aggregationOf(params.get('a') ?? '') ?? emptyDraft.aggregation;
  const isCount = aggregation === 'COUNT';
  return {
    ...emptyDraft,
    name: params.get('n') ?? '',
    aggregation,
    metric: params.get('m') ?? (isCount ? '' : emptyDraft.metric),
    window: params.get('w') ?? emptyDraft.window,
    groupBy: params.get('g') ?? '',
  };
}
