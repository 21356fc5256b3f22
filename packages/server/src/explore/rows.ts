import { limits } from 'honeyhive-wire';
import type { ExploreRow, Issue } from 'honeyhive-wire';
import { QueryTooExpensive } from '../domain/event-store.ts';
import type { RowSort, RowsQuery } from '../domain/explore-query.ts';
import type { ExploredRow } from '../domain/explore-store.ts';
import { cutText } from '../domain/preview.ts';
import { invalid } from '../domain/problem.ts';
import type { Call, Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { parseSelection, readPath } from './selection-input.ts';
import { toWireRow, toWireSessionRow } from './wire-row.ts';

const defaultLimit = 100;

export const exploreRows: Handler<'exploreRows', ExploreServices> = async (call, services) => {
  const query = await parseQuery(call, services);
  const limit = query.limit - 1;
  const [found, total] = await Promise.all([
    services.events.explore.readRows(query, call.signal),
    query.isCounted ? countRows(query, services, call.signal) : null,
  ]);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const hasMore = last !== undefined && found.length > limit;
  return {
    scope: query.scope,
    rows: await toWireRows(rows, call, services),
    next_cursor: hasMore ? writeCursor(query.sort, last.position) : null,
    // The only page of a list says how many there are.
    total: total ?? { count: rows.length, exact: query.after === null && !hasMore },
  };
};

/** One row more than the page has, to know whether another page follows. */
async function parseQuery(
  call: Call<'exploreRows'>,
  services: ExploreServices,
): Promise<RowsQuery> {
  const { body } = call;
  const issues: Issue[] = [];
  const columns = (body.columns ?? []).map((path, index) =>
    readPath(path, issues, ['columns', index]),
  );
  const sort = readSort(body, issues);
  if (issues.length > 0) throw invalid(issues);
  return {
    ...(await parseSelection(body, call.access, services)),
    sort,
    columns,
    after: body.cursor === undefined ? null : readCursor(sort, body.cursor),
    limit: (body.limit ?? defaultLimit) + 1,
    isCounted: body.total ?? true,
  };
}

const ofSessions: ReadonlySet<string> = new Set(['last_activity', 'event_count', 'error_count']);

function readSort({ scope, sort }: Call<'exploreRows'>['body'], issues: Issue[]): RowSort {
  const { field, direction } = sort ?? { field: 'start_time', direction: 'descending' };
  if (scope === 'events' && ofSessions.has(field))
    issues.push({ field: 'sort.field', message: `${field} sorts sessions only` });
  return { field, isDescending: direction === 'descending' };
}

/** null when counting would take too long: the page is worth showing all the same. */
async function countRows(
  query: RowsQuery,
  { events }: ExploreServices,
  signal: AbortSignal,
): Promise<{ count: number; exact: boolean } | null> {
  try {
    const count = await events.explore.countRows(query, limits.exactCount + 1, signal);
    return { count: Math.min(count, limits.exactCount), exact: count <= limits.exactCount };
  } catch (error) {
    if (error instanceof QueryTooExpensive) return null;
    throw error;
  }
}

async function toWireRows(
  rows: readonly ExploredRow[],
  { body }: Call<'exploreRows'>,
  { events }: ExploreServices,
): Promise<ExploreRow[]> {
  const columnsOf = (row: ExploredRow): ExploreRow['columns'] =>
    Object.fromEntries(
      (body.columns ?? []).flatMap((path, index) => {
        const head = row.columns[index];
        return head ? [[path, { text: cutText(head.text), bytes: head.bytes }]] : [];
      }),
    );
  const extrasOf = (row: ExploredRow) => ({ columns: columnsOf(row), match: row.match });
  if (body.scope === 'events') return rows.map((row) => toWireRow(row.event, extrasOf(row)));
  const [first] = rows;
  const sessionIds = rows.map(({ event }) => event.sessionId);
  const rollups = first ? await events.readRollups([first.event.projectId], sessionIds) : [];
  const bySession = new Map(rollups.map((rollup) => [rollup.sessionId, rollup]));
  return rows.map((row) =>
    toWireSessionRow(row.event, bySession.get(row.event.sessionId) ?? null, extrasOf(row)),
  );
}
