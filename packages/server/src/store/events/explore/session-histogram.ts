import type { HistogramPoint, TimedQuery } from '../../../domain/explore-chart.ts';
import type { ExploreQuery } from '../../../domain/explore-query.ts';
import { readCells } from '../hours/event-cells.ts';
import type { Cell, CellSources, NumberQuery } from '../hours/event-cells.ts';
import { unite } from '../hours/number-set.ts';
import type { NumberSet } from '../hours/number-set.ts';
import { toHour } from '../rows/event-row.ts';
import { earlyChildHours } from '../sql/explore-scope.ts';
import { readCellsOf } from './cells-of-rows.ts';
import { countByOutcome, startOf, toHistogram } from './outcome-points.ts';

const hourMs = 3_600_000;
const sessions: readonly NumberQuery[] = [{ metric: 'session', aggregation: 'distinct' }];

/**
 * Sessions by the bucket of their root. A session failed if any of its events did, which may lie in another hour: which
 * sessions start in an hour, and which have an error in it, are cached separately.
 */
export async function countSessions(
  sources: CellSources,
  query: TimedQuery,
  signal?: AbortSignal,
): Promise<HistogramPoint[]> {
  const { rows, starts } = query;
  const [roots, failed] = await Promise.all([
    readCellsOf(sources, { rows, starts, groups: { by: 'none' }, numbers: sessions }, signal),
    readFailed(sources, rows, signal),
  ]);
  if (roots === null || failed === null) return countByOutcome(sources.engine, query, signal);
  return toHistogram(
    roots.map((cell) => {
      const error = sessionsOf(cell).filter((session) => failed.has(session)).length;
      return { start: startOf(starts, cell.startMs), ok: cell.count - error, error };
    }),
  );
}

const sessionsOf = ({ numbers: [number] }: Cell): Float64Array =>
  number?.values ?? new Float64Array();

/** Sessions with an error in any of their events; null where they cannot be cached by hour. */
async function readFailed(
  sources: CellSources,
  { projectId, fromMs }: ExploreQuery,
  signal?: AbortSignal,
): Promise<NumberSet | null> {
  const events = {
    projectIds: [projectId],
    filters: [{ path: ['error'], operator: 'exists', value: null, type: 'string' }],
    rootsOnly: false,
    ...(fromMs === undefined ? {} : { fromMs: (toHour(fromMs) - earlyChildHours) * hourMs }),
  } as const;
  const cells = await readCells(
    sources,
    { events, cuts: [0], groups: { by: 'none' }, numbers: sessions },
    signal,
  );
  return cells && unite(cells.map(sessionsOf));
}
