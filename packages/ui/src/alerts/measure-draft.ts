import { parseNumber, toPercent, toRatio } from '../forms/number-text.ts';
import { metricOf, unitOfAlert } from '../alerting/alert-words.ts';
import type { AlertBody, AlertUnit } from '../alerting/alert-words.ts';
import { printFilters } from '../alerting/filter-text.ts';
import type { AlertFilters } from '../alerting/filter-text.ts';

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

/** `RATIO`: the share of the events that meet a query as well. */
export const measures = [...aggregations, 'RATIO'] as const;

/** A number of the events, as it is typed. */
export interface MeasureDraft {
  readonly aggregation: (typeof measures)[number];
  /** Empty: events are counted. */
  readonly metric: string;
  /** Query of the events that a share is of. */
  readonly share: string;
  /** Filters of a share that no query says: they stay as they are. */
  readonly keptShare: AlertFilters | null;
}

export type Operator = NonNullable<AlertBody['thresholds']>['critical']['operator'];

/** A further condition on the same events. */
export interface ConditionDraft extends MeasureDraft {
  readonly operator: Operator;
  readonly value: string;
}

/** The filters that a query says; null: it says others, such as words. */
export type CompileShare = (query: string) => AlertFilters | null;

type Measured = Pick<AlertBody, 'aggregation' | 'projections'> & {
  readonly ratio?: AlertBody['ratio'] | null;
};

export const noShare = { share: '', keptShare: null };

export const emptyCondition: ConditionDraft = {
  aggregation: 'COUNT',
  metric: '',
  ...noShare,
  operator: 'greater_than',
  value: '',
};

export function toMeasureDraft({
  aggregation = 'AVERAGE',
  projections,
  ratio,
}: Measured): MeasureDraft {
  if (!ratio) return { aggregation, metric: metricOf({ projections }), ...noShare };
  const filters = ratio.filters ?? [];
  const share = printFilters(filters);
  return {
    aggregation: 'RATIO',
    metric: '',
    share: share ?? '',
    keptShare: share === null ? filters : null,
  };
}

const sharesOf = ({ share, keptShare }: MeasureDraft, compile: CompileShare): AlertFilters | null =>
  keptShare ?? (share.trim() === '' ? null : compile(share));

export const isShareWrong = (draft: MeasureDraft, compile: CompileShare): boolean =>
  draft.aggregation === 'RATIO' && sharesOf(draft, compile) === null;

export function toMeasure(
  draft: MeasureDraft,
  compile: CompileShare,
): Pick<AlertBody, 'aggregation' | 'projections'> & { ratio?: NonNullable<AlertBody['ratio']> } {
  const { aggregation, metric } = draft;
  if (aggregation === 'RATIO')
    return { projections: [], ratio: { filters: [...(sharesOf(draft, compile) ?? [])] } };
  return { aggregation, projections: metric === '' ? [] : [metric] };
}

/** How the thresholds of a number are written. */
export const unitOfMeasureDraft = (
  type: AlertBody['alert_type'],
  { aggregation, metric }: Pick<MeasureDraft, 'aggregation' | 'metric'>,
): AlertUnit =>
  unitOfAlert(
    aggregation === 'RATIO'
      ? { alert_type: type, ratio: {} }
      : { alert_type: type, aggregation, projections: metric === '' ? [] : [metric] },
  );

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

type Conditions = NonNullable<AlertBody['conditions']>;

export const toConditionDrafts = (
  type: AlertBody['alert_type'],
  conditions: Conditions | null | undefined,
): ConditionDraft[] =>
  (conditions?.of ?? []).map((one) => {
    const measure = toMeasureDraft(one);
    const unit = unitOfMeasureDraft(type, measure);
    return { ...measure, operator: one.operator, value: toThresholdText(unit, one.value) };
  });

export const toConditions = (
  type: AlertBody['alert_type'],
  { match, of }: { readonly match: Conditions['match']; readonly of: readonly ConditionDraft[] },
  compile: CompileShare,
): Conditions | null =>
  of.length === 0
    ? null
    : {
        match,
        of: of.map((one) => ({
          ...toMeasure(one, compile),
          operator: one.operator,
          value: parseThreshold(unitOfMeasureDraft(type, one), one.value) ?? 0,
        })),
      };
