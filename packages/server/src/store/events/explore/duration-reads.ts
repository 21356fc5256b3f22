import { stepsPerDoubling } from '../../../domain/explore-chart.ts';
import type { DurationSpread, DurationsQuery } from '../../../domain/explore-chart.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { toExploreScope } from '../sql/explore-scope.ts';

/** Events by how long they took. What has no duration yet has 0. */
export async function readDurations(
  engine: EventEngine,
  { rows, durationMs }: DurationsQuery,
  signal?: AbortSignal,
): Promise<DurationSpread> {
  const scope = new SqlScope();
  const asked = durationMs === null ? '0.' : scope.number(durationMs);
  const from = toExploreScope(rows, scope);
  const lasting = `${scope.withClause()}SELECT toFloat64(duration) AS ms ${from}`;
  const sql = `SELECT toFloat64(floor(log2(ms) * ${stepsPerDoubling})) AS step, count(), countIf(ms < ${asked}), countIf(ms = ${asked}) FROM (${lasting}) WHERE ms > 0 GROUP BY step ORDER BY step`;
  const bytes = await engine.query({ sql, params: scope.params() }, signal);
  const steps = readRows(bytes, (cursor) => ({
    step: cursor.float64(),
    count: cursor.uint64(),
    shorter: cursor.uint64(),
    equal: cursor.uint64(),
  }));
  const sum = (field: 'count' | 'shorter' | 'equal') =>
    steps.reduce((total, step) => total + step[field], 0);
  return {
    count: sum('count'),
    shorter: sum('shorter'),
    equal: sum('equal'),
    bars: steps.map(({ step, count }) => ({ step, count })),
  };
}
