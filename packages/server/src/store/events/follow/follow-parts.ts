import type { OtherRow, OtherWrites, OtherWritesListener } from '../../../domain/other-writes.ts';
import { versionsOfTurn } from '../../../domain/turn-version.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows, readRowsInTurns } from '../engine/row-binary.ts';
import { eventTable } from '../rows/event-row.ts';
import { SqlScope } from '../sql/sql-scope.ts';
import { compareParts, noParts } from './part-changes.ts';
import type { KnownParts, Part } from './part-changes.ts';

/** More are not read: about 10 MB. */
const maxRows = 100_000;

const ofTable = `database = currentDatabase() AND table = '${eventTable}'`;
const partsSql = `SELECT name, toUInt64(toUnixTimestamp(modification_time)), rows FROM system.parts WHERE ${ofTable} AND active`;
const engineSql = `SELECT engine FROM system.tables WHERE database = currentDatabase() AND name = '${eventTable}'`;

const readParts = async (engine: EventEngine): Promise<Part[]> =>
  readRows(await engine.query({ sql: partsSql }), (cursor) => ({
    name: cursor.string(),
    modifiedAt: cursor.uint64(),
    rowCount: cursor.uint64(),
  }));

/**
 * Learns what other servers write from the parts of the table, so that a server may die right after an insert. Exact: a
 * part is there when its insert is acknowledged, and rows are reported twice rather than not at all
 * ([ADR 39](../../../../../../docs/adr/0039-parts-tell-what-is-stale.md)).
 *
 * Replicas number the blocks of a table in another way: there, anything may have changed each time.
 *
 * @param ownTurns numbers of recent turns of this process: what it wrote in them, it knows
 */
export async function followParts(
  engine: EventEngine,
  ownTurns: () => readonly number[],
): Promise<OtherWrites> {
  const listeners: OtherWritesListener[] = [];
  const [tableEngine = ''] = readRows(await engine.query({ sql: engineSql }), (cursor) =>
    cursor.string(),
  );
  const areReported = tableEngine.startsWith('Replacing');
  let known: KnownParts = compareParts(noParts, await readParts(engine)).now;
  const reportAll = (areAdded: boolean): void => {
    for (const listener of listeners) listener.all(areAdded);
  };
  const look = async (): Promise<void> => {
    if (!areReported) {
      reportAll(true);
      return;
    }
    const { now, areOthersStale, isReset, added } = compareParts(known, await readParts(engine));
    const rows = isReset ? null : await readOthers(engine, { now, added, ownTurns });
    known = now;
    if (rows === null || areOthersStale) reportAll(rows === null);
    if (rows !== null && rows.length > 0) for (const listener of listeners) listener.rows(rows);
  };
  return {
    areReported,
    catchUp: shareLooks(look),
    subscribe: (listener) => void listeners.push(listener),
  };
}

/**
 * The rows of the added parts, but for those of own turns. By the parts that they are not in: an added one may be
 * merged before it is read.
 *
 * @returns null if they are too many
 */
async function readOthers(
  engine: EventEngine,
  {
    now,
    added,
    ownTurns,
  }: { now: KnownParts; added: readonly Part[]; ownTurns: () => readonly number[] },
): Promise<OtherRow[] | null> {
  if (added.length === 0) return [];
  if (added.reduce((sum, { rowCount }) => sum + rowCount, 0) > maxRows) return null;
  const scope = new SqlScope();
  const read = new Set(added);
  const others = now.parts.filter((part) => !read.has(part)).map(({ name }) => name);
  const where = [
    ...(others.length === 0 ? [] : [`_part NOT IN ${scope.list(others)}`]),
    `intDiv(version, ${versionsOfTurn}) NOT IN (${[-1, ...ownTurns()].join(', ')})`,
  ];
  const sql = `SELECT project_id, start_hour, session_id, event_id FROM ${eventTable}
    WHERE ${where.join(' AND ')} LIMIT ${maxRows + 1}`;
  const rows = await readRowsInTurns(await engine.query(scope.statement(sql)), (cursor) => ({
    projectId: cursor.string(),
    hour: cursor.int64(),
    sessionId: cursor.string(),
    eventId: cursor.string(),
  }));
  return rows.length > maxRows ? null : rows;
}

/** One look at a time. A look that has begun may miss what was stored since: who calls then waits for the next. */
function shareLooks(look: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = (): Promise<void> => {
    next = null;
    running = look().finally(() => (running = null));
    return running;
  };
  return () => {
    if (next !== null) return next;
    if (running === null) return run();
    next = running.then(run, run);
    return next;
  };
}
