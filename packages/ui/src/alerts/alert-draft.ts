import type { Alert } from 'honeyhive-wire';
import { parseNumber, parseWhole } from '../forms/number-text.ts';
import { alertsText } from '../text/alerts.ts';
import { chartAggregations, unitOfAlert, windowMs } from '../alerting/alert-words.ts';
import type { AlertBody, AlertUnit } from '../alerting/alert-words.ts';
import type { AlertFilters } from '../alerting/filter-text.ts';
import {
  isTargetMissing,
  levels,
  noChannels,
  toChannelDrafts,
  toDetails,
} from './channel-draft.ts';
import type { ChannelDrafts, Level } from './channel-draft.ts';
import {
  aggregations,
  isShareWrong,
  noShare,
  parseThreshold,
  toConditionDrafts,
  toConditions,
  toMeasure,
  toMeasureDraft,
  toThresholdText,
  unitOfMeasureDraft,
} from './measure-draft.ts';
import type { CompileShare, ConditionDraft, MeasureDraft, Operator } from './measure-draft.ts';

type AlertType = NonNullable<AlertBody['alert_type']>;
/** An alert as it is typed; its filters are the query of the page. */
export interface AlertDraft extends MeasureDraft {
  readonly name: string;
  readonly description: string;
  readonly type: AlertType;
  readonly window: string;
  /** Empty: no grouping. */
  readonly groupBy: string;
  readonly operator: Operator;
  readonly critical: string;
  /** Empty: none. */
  readonly warning: string;
  readonly resolved: string;
  /** Whether each further condition has to hold, or one is enough. */
  readonly match: NonNullable<AlertBody['conditions']>['match'];
  readonly conditions: readonly ConditionDraft[];
  readonly minimum: string;
  readonly missing: '' | NonNullable<AlertBody['missing_data']>;
  readonly renotify: string;
  readonly destinations: readonly string[];
  readonly channels: ChannelDrafts;
  readonly repeats: string;
  readonly steps: string;
  readonly minutes: string;
  readonly costUsd: string;
}

/** What a problem is about: a field, a condition by its place, or the channel of a level. */
export type ProblemName = keyof AlertDraft | `condition ${number}` | `share ${number}` | Level;

export type DraftProblems = Readonly<Partial<Record<ProblemName, string>>>;

export const emptyDraft: AlertDraft = {
  name: '',
  description: '',
  type: 'AGGREGATE',
  aggregation: 'P95',
  metric: 'duration',
  ...noShare,
  window: '1h',
  groupBy: '',
  operator: 'greater_than',
  critical: '',
  warning: '',
  resolved: '',
  match: 'all',
  conditions: [],
  minimum: '',
  missing: '',
  renotify: '',
  destinations: [],
  channels: noChannels,
  repeats: '',
  steps: '',
  minutes: '',
  costUsd: '',
};

/** How the thresholds of a draft are written. */
export const unitOfDraft = (draft: AlertDraft): AlertUnit => unitOfMeasureDraft(draft.type, draft);

const numberText = (value: number | null | undefined): string => String(value ?? '');

/** What is typed of an alert that is there. */
export function toDraft(alert: Alert): AlertDraft {
  return {
    ...emptyDraft,
    name: alert.name,
    description: alert.description,
    type: alert.alert_type,
    ...toMeasureDraft(alert),
    match: alert.conditions?.match ?? 'all',
    conditions: toConditionDrafts(alert.alert_type, alert.conditions),
    window: alert.window,
    groupBy: alert.group_by ?? '',
    minimum: numberText(alert.minimum_sample_size || null),
    missing: alert.missing_data,
    renotify: numberText(alert.renotify_minutes),
    destinations: alert.destination_ids,
    channels: toChannelDrafts(alert.notification_details),
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
export function findProblems(draft: AlertDraft, compile: CompileShare): DraftProblems {
  const isLoop = draft.type === 'LOOP';
  return {
    ...(draft.name.trim() === '' && { name: alertsText.nameMissing }),
    ...(!isLoop && !isWindow(draft.window) && { window: alertsText.windowWrong }),
    ...(isLoop ? findLoopProblems(draft) : findThresholdProblems(draft)),
    ...(hasConditions(draft) && findConditionProblems(draft, compile)),
    ...findChannelProblems(draft.channels),
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

/** Single events and sessions have neither shares nor further conditions. */
export const hasConditions = ({ type }: AlertDraft): boolean =>
  type === 'AGGREGATE' || type === 'DRIFT';

function findConditionProblems(draft: AlertDraft, compile: CompileShare): DraftProblems {
  const found = draft.conditions.flatMap((one, index): [ProblemName, string][] => {
    const value = parseThreshold(unitOfMeasureDraft(draft.type, one), one.value);
    const problem = value === undefined ? alertsText.numberMissing : alertsText.numberWrong;
    return [
      ...(isShareWrong(one, compile)
        ? [[`share ${index}`, alertsText.shareWrong] satisfies [ProblemName, string]]
        : []),
      ...(typeof value === 'number'
        ? []
        : [[`condition ${index}`, problem] satisfies [ProblemName, string]]),
    ];
  });
  return {
    ...Object.fromEntries(found),
    ...(isShareWrong(draft, compile) && { share: alertsText.shareWrong }),
  };
}

const findChannelProblems = (channels: ChannelDrafts): DraftProblems =>
  Object.fromEntries(
    levels.flatMap((level) =>
      isTargetMissing(channels[level]) ? [[level, alertsText.targetMissing]] : [],
    ),
  );

const loopFields = ['repeats', 'steps', 'minutes', 'costUsd'] as const;

function findLoopProblems(draft: AlertDraft): DraftProblems {
  const given = loopFields.filter((name) => draft[name].trim() !== '');
  const wrong = given.filter((name) => !((parseNumber(draft[name]) ?? 0) > 0));
  return {
    ...(given.length === 0 && { repeats: alertsText.loopMissing }),
    ...Object.fromEntries(wrong.map((name) => [name, alertsText.positiveWrong])),
  };
}

/** What belongs to an alert that is not about the fields of the form. */
export interface DraftContext {
  readonly filters: AlertFilters;
  readonly compile: CompileShare;
  /** The alert that is edited; null: a new one. */
  readonly before: Alert | null;
}

/** The alert that a draft without problems says. What does not belong to its kind is taken away. */
export function toAlert(draft: AlertDraft, { filters, compile, before }: DraftContext): AlertBody {
  const { type, minimum, renotify } = draft;
  return {
    name: draft.name.trim(),
    description: draft.description,
    alert_type: type,
    filters: [...filters],
    destination_ids: [...draft.destinations],
    notification_details: toDetails(draft.channels, before?.notification_details ?? {}),
    minimum_sample_size: minimum === '' ? 0 : Number(minimum),
    renotify_minutes: renotify === '' ? null : Number(renotify),
    ...(type === 'LOOP'
      ? { ...noMeasure, projections: [], thresholds: null, loop: toLoop(draft) }
      : toWatched(draft, compile)),
  };
}

const noMeasure = { ratio: null, group_by: null, conditions: null } as const;

function toWatched(draft: AlertDraft, compile: CompileShare): Partial<AlertBody> {
  const { type, groupBy, match, conditions: of, missing } = draft;
  return {
    ...noMeasure,
    ...toMeasure(draft, compile),
    loop: null,
    window: draft.window,
    thresholds: toThresholds(draft),
    ...(hasConditions(draft) && {
      group_by: groupBy === '' ? null : groupBy,
      conditions: toConditions(type, { match, of }, compile),
    }),
    ...(missing === '' ? {} : { missing_data: missing }),
  };
}

/** An alert as it is sent to be tested. */
export const bodyOf = (alert: Alert): AlertBody => ({
  name: alert.name,
  alert_type: alert.alert_type,
  aggregation: alert.aggregation,
  projections: alert.projections,
  ratio: alert.ratio,
  filters: alert.filters,
  window: alert.window,
  timezone: alert.timezone,
  group_by: alert.group_by,
  thresholds: alert.thresholds,
  conditions: alert.conditions,
  loop: alert.loop,
  minimum_sample_size: alert.minimum_sample_size,
  missing_data: alert.missing_data,
});

/** What of an alert the form has no field for, and that counts when the alert is tested. */
export const keptOf = ({ timezone }: Alert): Partial<AlertBody> => ({ timezone });

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

const aggregationOf = (name: string): (typeof aggregations)[number] | undefined =>
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
