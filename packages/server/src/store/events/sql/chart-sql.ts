import type { ChartQuery, EventCondition } from '../../../domain/event-query.ts';
import { isCountedSql, isUse } from './counted-use.ts';
import { rootKindOf, toFilterSql } from './filter-sql.ts';
import { isBucket, toPathValues } from './json-path.ts';
import { rawToText, textToNumber } from './predicate.ts';
import type { JsonPredicate } from './predicate.ts';
import type { SqlScope } from './sql-scope.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;
/** The epoch was a Thursday; weeks begin on Monday. */
const firstMondayMs = 4 * dayMs;

/** Start of the bucket that an event lies in, epoch milliseconds UTC, as Int64. */
export function bucketSql(bucket: ChartQuery['bucket'], scope: SqlScope): string {
  switch (bucket) {
    case 'minute':
      return floorTo(minuteMs, 0);
    case 'hour':
      return floorTo(hourMs, 0);
    case 'day':
      return floorTo(dayMs, 0);
    case 'week':
      return floorTo(weekMs, firstMondayMs);
    case 'month':
      return monthSql(scope);
  }
}

const floorTo = (widthMs: number, offsetMs: number): string =>
  `toInt64(floor((start_time - ${offsetMs}) / ${widthMs}) * ${widthMs} + ${offsetMs})`;

/**
 * Start of the month by the arithmetic of the Gregorian calendar, in years that begin on 1 March: the engine's dates
 * end in 2299, instants of events do not. Source: Howard Hinnant, "chrono-compatible low-level date algorithms".
 */
function monthSql(scope: SqlScope): string {
  const day = scope.alias(`toInt64(floor(start_time / ${dayMs}))`);
  const dayOfEra = scope.alias(`positiveModulo(${day} + 719468, 146097)`);
  const yearOfEra = scope.alias(
    `intDiv(${dayOfEra} - intDiv(${dayOfEra}, 1460) + intDiv(${dayOfEra}, 36524) - intDiv(${dayOfEra}, 146096), 365)`,
  );
  const dayOfYear = scope.alias(
    `${dayOfEra} - (365 * ${yearOfEra} + intDiv(${yearOfEra}, 4) - intDiv(${yearOfEra}, 100))`,
  );
  const month = scope.alias(`intDiv(5 * ${dayOfYear} + 2, 153)`);
  return `toInt64((${day} - (${dayOfYear} - intDiv(153 * ${month} + 2, 5))) * ${dayMs})`;
}

/**
 * The number at the path as Nullable(Float64); true counts as 1 and false as 0, so that scores can be averaged. A sum
 * leaves out use that is repeated.
 */
function metricSql(path: readonly string[], aggregation: Aggregation, scope: SqlScope): string {
  const [head = '', ...segments] = path;
  if (!isBucket(head)) return rootMetricSql(path, aggregation);
  if (segments.length === 0) return absentNumber;
  const number = `multiIf(x = 'true', 1, x = 'false', 0, ${textToNumber('x')})`;
  const values = valuesSql(scope, path, 'text');
  return `arrayFirstOrNull(x -> isNotNull(x), arrayMap(x -> ${number}, ${values}))`;
}

/** All values at the path, the one under nested keys first. */
function valuesSql(scope: SqlScope, path: readonly string[], form: JsonPredicate['form']): string {
  const [column = '', ...segments] = path;
  const { isPossible, direct, hasOthers, others } = toPathValues(scope, { column, segments }, form);
  const all = `if(${hasOthers}, arrayConcat([${direct}], ${others}), [${direct}])`;
  return `if(${isPossible}, ${all}, emptyArrayString())`;
}

const absentNumber = 'CAST(NULL AS Nullable(Float64))';

function rootMetricSql(path: readonly string[], aggregation: Aggregation): string {
  const [column = ''] = path;
  const isRepeated =
    aggregation === 'sum' && isUse(column) ? ` OR NOT (${isCountedSql(column)})` : '';
  switch (path.length === 1 ? rootKindOf(column) : null) {
    case 'number':
      return `toNullable(${column})`;
    case 'integer':
      return `toNullable(toFloat64(${column}))`;
    case 'usage':
      return `if(${column} = 0${isRepeated}, NULL, ${column})`;
    case 'text':
    case 'digestText':
      return textToNumber(column);
    case 'nullableText':
      return textToNumber(`ifNull(${column}, '')`);
    default:
      return absentNumber;
  }
}

/** The value at the path as Nullable(String): a scalar's text, the JSON text of anything else. */
export function groupSql(path: readonly string[], scope: SqlScope): string {
  const [head = '', ...segments] = path;
  if (!isBucket(head)) {
    const kind = path.length === 1 ? rootKindOf(head) : null;
    if (kind === null) return absentText;
    const text = `CAST(toString(${head}) AS Nullable(String))`;
    return kind === 'digestText' ? `nullIf(${text}, '')` : text;
  }
  if (segments.length === 0) return `toNullable(${head})`;
  const values = valuesSql(scope, path, 'raw');
  const found = scope.alias(`arrayFirst(x -> x NOT IN ('', 'null'), ${values})`);
  return `if(${found} = '', NULL, ${rawToText(found)})`;
}

const absentText = 'CAST(NULL AS Nullable(String))';

/**
 * Path of a number. `each`: 1 for every row. `hasError`: 1 for a row with an error, else 0. `meets`: 1 for a row that
 * meets conditions, else 0. `session`: one that stands for the session of the row. null: rows are only counted.
 */
export type NumberMetric =
  | readonly string[]
  | 'each'
  | 'hasError'
  | 'session'
  | { readonly meets: readonly EventCondition[] }
  | null;

/**
 * 62 bits of a hash, of which two of a million sessions are the same once in ten million times; read as a floating
 * point number, which the two bits that are left out keep finite.
 */
const sessionSql = 'toNullable(reinterpretAsFloat64(bitShiftRight(sipHash64(session_id), 2)))';

/** `distinct`: how many different numbers there are. */
export type Aggregation = ChartQuery['aggregation'] | 'distinct';

/** The number of a row as Nullable(Float64). */
export function numberSql(
  { metric, aggregation }: { metric: NumberMetric; aggregation: Aggregation },
  scope: SqlScope,
): string {
  if (metric === null) return 'CAST(NULL AS Nullable(Float64))';
  if (metric === 'session') return sessionSql;
  if (metric === 'each') return 'toNullable(toFloat64(1))';
  if (metric === 'hasError') return 'CAST(isNotNull(error) AS Nullable(Float64))';
  if ('meets' in metric) return `toNullable(toFloat64(${meetsSql(metric.meets, scope)}))`;
  return metricSql(metric, aggregation, scope);
}

const meetsSql = (conditions: readonly EventCondition[], scope: SqlScope): string =>
  conditions.length === 0 ? '1' : toFilterSql(conditions, scope);

const aggregates: Readonly<Record<ChartQuery['aggregation'], (number: string) => string>> = {
  avg: (number) => `avg(${number})`,
  sum: (number) => `sum(${number})`,
  min: (number) => `min(${number})`,
  max: (number) => `max(${number})`,
  count: (number) => `count(${number})`,
  p50: (number) => `quantileExactInclusive(0.5)(${number})`,
  p75: (number) => `quantileExactInclusive(0.75)(${number})`,
  p90: (number) => `quantileExactInclusive(0.9)(${number})`,
  p95: (number) => `quantileExactInclusive(0.95)(${number})`,
  p99: (number) => `quantileExactInclusive(0.99)(${number})`,
};

/** The aggregate over the number, NULL when no event has it; percentiles are exact, interpolated between neighbours. */
export const aggregateSql = (aggregation: ChartQuery['aggregation'], number: string): string =>
  `CAST(${aggregates[aggregation](number)} AS Nullable(Float64))`;

/** How many rows a row stands for. */
const weight = 'if(sample_rate > 0, 1 / sample_rate, 0)';
const weighed = (number: string): string => `sumKahan(${number} * ${weight})`;
const weighedCount = (number: string): string => `sumKahan(if(isNull(${number}), 0, ${weight}))`;

/** Aggregations that are estimated from a sample, each row counting for those that it stands for. */
export const isScalable = (aggregation: Aggregation): aggregation is 'count' | 'sum' | 'avg' =>
  aggregation === 'count' || aggregation === 'sum' || aggregation === 'avg';

/** SQL of what the numbers of some rows come to. */
export interface NumberSql {
  /** Nullable(Float64). */
  readonly value: string;
  /** How many rows have the number, Float64. */
  readonly count: string;
  /** Float64; 0 without such rows. */
  readonly sum: string;
}

/** @param isEstimated of all rows that the rows stand for; only where {@link isScalable} */
export function summarySql(
  {
    aggregation,
    isEstimated,
  }: { readonly aggregation: Aggregation; readonly isEstimated?: boolean },
  number: string,
): NumberSql {
  if (isEstimated !== true || !isScalable(aggregation)) {
    const value = aggregation === 'distinct' ? absentNumber : aggregateSql(aggregation, number);
    const sum = `toFloat64(ifNull(sumKahan(${number}), 0))`;
    return { value, count: `toFloat64(count(${number}))`, sum };
  }
  const count = weighedCount(number);
  const sum = `toFloat64(ifNull(${weighed(number)}, 0))`;
  const value = { count, sum, avg: `${sum} / ${count}` }[aggregation];
  const isKnown = aggregation === 'count' ? '1' : `${count} > 0`;
  return { value: `CAST(if(${isKnown}, ${value}, NULL) AS Nullable(Float64))`, count, sum };
}
