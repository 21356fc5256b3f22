import { bucketNames } from 'honeyhive-wire';
import type { DifferencesQuery, ValueCounts } from '../../../domain/differences.ts';
import { rawToText } from '../sql/predicate.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { toExploreScope } from '../sql/explore-scope.ts';
import { pairsSql } from './field-reads.ts';
import { planSample, toSampleScope } from './recent-sample.ts';
import type { SampleSources } from './recent-sample.ts';

/** Rows that are compared: the most recent ones. */
const sampleRows = 15_000;
const maxGroups = 20_000;
const maxValueChars = 100;

/** Columns that are compared like fields, as texts; empty for none. */
const columns = ['event_name', 'event_type', 'source', 'model', 'user', "ifNull(error, '')"];
const names = ['event_name', 'event_type', 'source', 'model', 'user', 'error'];

/** How many of the selected rows, and of the rest, have each value. */
export async function readValueCounts(
  sources: SampleSources,
  { rows, selected }: DifferencesQuery,
  signal?: AbortSignal,
): Promise<ValueCounts> {
  const sample = await planSample(sources, { rows, size: sampleRows }, signal);
  const scope = new SqlScope();
  const from = toSampleScope(rows, scope, { window: sample.window, size: sampleRows });
  const inner = scope.inner();
  const chosen = toExploreScope(selected, inner, sample.window);
  const isSelected = `event_id IN (${inner.withClause()}SELECT event_id ${chosen})`;
  const inColumns = columns.map((column, index) => `('${names[index]}', ${column})`).join(', ');
  const inBuckets = `arrayMap(p -> (p.1, if(startsWith(p.2, '[') OR startsWith(p.2, '{'), '', ${rawToText('p.2')})), arrayConcat(${bucketNames.map(pairsSql).join(', ')}))`;
  const recent = `${scope.withClause()}SELECT toUInt8(${isSelected}) AS is_selected, arrayConcat([('', 'all'), ${inColumns}], ${inBuckets}) AS pairs ${from}`;
  const sql = `SELECT pair.1 AS path, pair.2 AS value, countIf(is_selected = 1), countIf(is_selected = 0) FROM (${recent}) ARRAY JOIN arrayDistinct(pairs) AS pair WHERE value NOT IN ('', 'null') AND length(value) <= ${maxValueChars} GROUP BY path, value HAVING count() > 1 OR path = '' ORDER BY count() DESC, path, value LIMIT ${maxGroups}`;
  const found = readRows(
    await sources.engine.query({ sql, params: scope.params() }, signal),
    (cursor) => ({
      path: cursor.string(),
      value: cursor.string(),
      selected: cursor.uint64(),
      rest: cursor.uint64(),
    }),
  );
  const all = found.find(({ path }) => path === '');
  return {
    selectedCount: all?.selected ?? 0,
    restCount: all?.rest ?? 0,
    isSampled: sample.isSampled,
    values: found.filter((one) => one !== all),
  };
}
