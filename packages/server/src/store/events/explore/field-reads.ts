import { bucketNames } from 'honeyhive-wire';
import type { ExploreQuery } from '../../../domain/explore-query.ts';
import type {
  FieldSighting,
  FieldSightings,
  FieldValueType,
  FieldValues,
  ValuesQuery,
} from '../../../domain/field-catalogue.ts';
import { groupSql } from '../sql/chart-sql.ts';
import type { CellSources, NumberQuery } from '../hours/event-cells.ts';
import { cellsBy, compareGroups, mergeCells } from '../hours/merge-cells.ts';
import type { MergedCells } from '../hours/merge-cells.ts';
import { isBucket, readableJson } from '../sql/json-path.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { isRootSql, toExploreScope } from '../sql/explore-scope.ts';
import { readCellsOf } from './cells-of-rows.ts';
import { planSample } from './recent-sample.ts';
import type { SampleSources } from './recent-sample.ts';

/** Events that the catalogue is made of. */
const catalogueEvents = 5_000;
/** Larger buckets are not looked into: they are data, not fields. */
const maxBucketBytes = 65_536;
const maxSightings = 5_000;
/** Events whose payloads are looked through for values. */
const valueEvents = 50_000;
/** Longer values are texts, which nobody picks out of a list. */
const maxValueChars = 256;

const noPairs = `CAST([], 'Array(Tuple(String, String))')`;

/** Pairs of path and raw JSON in a bucket, three levels deep; of an array of objects, those of its first. */
export function pairsSql(bucket: string): string {
  const top = `arrayMap(t -> (concat('${bucket}.', t.1), t.2), JSONExtractKeysAndValuesRaw(${readableJson(bucket)}))`;
  const pairs = expand(expand(top));
  return `if(${bucket} = '{}' OR length(${bucket}) > ${maxBucketBytes}, ${noPairs}, ${pairs})`;
}

function expand(pairs: string): string {
  const keys = (from: string): string =>
    `arrayMap(u -> (concat(t.1, '.', u.1), u.2), JSONExtractKeysAndValuesRaw(${from}))`;
  return `arrayFlatten(arrayMap(t -> multiIf(startsWith(t.2, '{'), ${keys('t.2')}, startsWith(t.2, '[{'), ${keys('t.2, 1')}, [(t.1, t.2)]), ${pairs}))`;
}

/** Type of a value by its raw JSON, of an array by its first element; empty for what no filter can compare. */
const typeSql = (raw: string): string => `multiIf(
  match(${raw}, '^\\\\[?"[0-9]{4}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9][^"]*)?"'), 'datetime',
  startsWith(${raw}, '"') OR startsWith(${raw}, '["'), 'string',
  match(${raw}, '^\\\\[?-?[0-9]'), 'number',
  match(${raw}, '^\\\\[?(true|false)'), 'boolean',
  '')`;

/** Fields of an event that are columns: their types, and what holds where an event has one. */
const rootColumns: readonly (readonly [path: string, type: FieldValueType, has: string])[] = [
  ['event_name', 'string', '1'],
  ['event_type', 'string', '1'],
  ['source', 'string', '1'],
  ['error', 'string', 'isNotNull(error)'],
  ['model', 'string', "model != ''"],
  ['user', 'string', "user != ''"],
  ['duration', 'number', 'duration > 0'],
  ['prompt_tokens', 'number', 'prompt_tokens != 0'],
  ['completion_tokens', 'number', 'completion_tokens != 0'],
  ['total_tokens', 'number', 'total_tokens != 0'],
  ['cost_usd', 'number', 'cost_usd != 0'],
  ['cost_source', 'string', "cost_source != ''"],
  ['api_key_id', 'string', "api_key_id != ''"],
  ['start_time', 'datetime', '1'],
  ['end_time', 'datetime', '1'],
  ['event_id', 'string', '1'],
  ['session_id', 'string', '1'],
  ['parent_id', 'string', 'isNotNull(parent_id)'],
];

/** The fields of the most recent events, by path and type. */
export async function readFields(
  sources: SampleSources,
  { rows, prefix }: { rows: ExploreQuery; prefix: string },
  signal?: AbortSignal,
): Promise<FieldSightings> {
  const { window, rowCount } = await planSample(sources, { rows, size: catalogueEvents }, signal);
  const scope = new SqlScope();
  const inColumns = rootColumns.map(
    ([path, type, has]) => `('${path}', '${type}', toUInt8(${has}))`,
  );
  const inBuckets = `arrayMap(p -> (p.1, ${typeSql('p.2')}, toUInt8(1)), arrayConcat(${bucketNames.map(pairsSql).join(', ')}))`;
  const from = toExploreScope(rows, scope, window);
  const recent = `${scope.withClause()}SELECT start_time, ${isRootSql} AS is_root, arrayConcat([${inColumns.join(', ')}], ${inBuckets}) AS fields ${from} ORDER BY start_time DESC LIMIT ${catalogueEvents}`;
  const begins = `startsWith(lowerUTF8(field.1), lowerUTF8(${scope.text(prefix)}))`;
  const sql = `SELECT field.1 AS path, field.2 AS type, sum(field.3) AS size, sumIf(field.3, is_root), maxIf(start_time, field.3 = 1) FROM (${recent}) ARRAY JOIN fields AS field WHERE type != '' AND ${begins} GROUP BY path, type HAVING size > 0 ORDER BY size DESC, path LIMIT ${maxSightings}`;
  const bytes = await sources.engine.query({ sql, params: scope.params() }, signal);
  const sightings = readRows(bytes, (cursor): FieldSighting => ({
    path: cursor.string(),
    type: toType(cursor.string()),
    count: cursor.uint64(),
    rootCount: cursor.uint64(),
    lastSeen: cursor.float64(),
  }));
  const seenCount = sightings.reduce((most, { count }) => Math.max(most, count), 0);
  return {
    sightings,
    rowCount,
    seenCount: Math.min(rowCount, Math.max(seenCount, catalogueEvents)),
  };
}

const types: readonly FieldValueType[] = ['string', 'number', 'boolean', 'datetime'];

const toType = (text: string): FieldValueType => types.find((type) => type === text) ?? 'string';

/**
 * Values of a field, most frequent first: of a column among all events, of a path in a bucket among the most recent.
 */
export async function readValues(
  sources: CellSources,
  query: ValuesQuery,
  signal?: AbortSignal,
): Promise<FieldValues> {
  const { rows, path, countsSessions } = query;
  const [head = ''] = path;
  const numbers = countsSessions ? sessionCount : [];
  const cells = isBucket(head)
    ? null
    : await readCellsOf(sources, { rows, groups: { by: 'value', path }, numbers }, signal);
  if (cells === null) return countValues(sources, query, signal);
  const values = [...cellsBy(cells, ({ group }) => group)]
    .flatMap(([value, members]) =>
      value !== null && isListed(value, query.prefix)
        ? [{ value, count: countOf(mergeCells(members, numbers)) }]
        : [],
    )
    .toSorted((a, b) => b.count - a.count || compareGroups(a.value, b.value));
  return { values: values.slice(0, query.limit), isSampled: false };
}

const sessionCount: readonly NumberQuery[] = [{ metric: 'session', aggregation: 'distinct' }];

/** Rows, or what a number says of them. */
const countOf = ({ count, numbers: [number] }: MergedCells): number => number?.value ?? count;

const isListed = (value: string, prefix: string): boolean =>
  value !== '' &&
  Buffer.byteLength(value) <= maxValueChars &&
  value.toLowerCase().startsWith(prefix.toLowerCase());

/** Of paths, or of fields with too many values to be cached by hour. */
async function countValues(
  sources: SampleSources,
  { rows, path, prefix, countsSessions, limit }: ValuesQuery,
  signal?: AbortSignal,
): Promise<FieldValues> {
  const [head = ''] = path;
  const sample = isBucket(head)
    ? await planSample(sources, { rows, size: valueEvents }, signal)
    : { window: {}, isSampled: false };
  const scope = new SqlScope();
  const value = groupSql(path, scope);
  const from = toExploreScope(rows, scope, sample.window);
  const inner = `${scope.withClause()}SELECT session_id, ${value} AS value ${from}`;
  const conditions = [
    'isNotNull(value)',
    "value != ''",
    `length(value) <= ${maxValueChars}`,
    `startsWith(lowerUTF8(assumeNotNull(value)), lowerUTF8(${scope.text(prefix)}))`,
  ];
  const count = countsSessions ? 'uniqExact(session_id)' : 'count()';
  const sql = `SELECT assumeNotNull(value) AS text, ${count} AS size FROM (${inner}) WHERE ${conditions.join(' AND ')} GROUP BY text ORDER BY size DESC, text LIMIT ${Math.trunc(limit)}`;
  const bytes = await sources.engine.query({ sql, params: scope.params() }, signal);
  const values = readRows(bytes, (cursor) => ({ value: cursor.string(), count: cursor.uint64() }));
  return { values, isSampled: sample.isSampled };
}
