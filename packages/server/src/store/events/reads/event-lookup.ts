import type { EventHead, StoredEvent } from '../../../domain/stored-event.ts';
import type { EventEngine } from '../engine/engine.ts';
import {
  byIdsAlone,
  eventColumns,
  eventTable,
  headColumns,
  readEvent,
  readHead,
  toHour,
} from '../rows/event-row.ts';
import { hoursSql, joinRanges } from '../sql/hour-range.ts';
import type { HourRange } from '../sql/hour-range.ts';
import type { RowBinaryCursor } from '../engine/row-binary.ts';
import { readRows } from '../engine/row-binary.ts';
import { SqlScope } from '../sql/sql-scope.ts';

/** Ids looked up by one statement: of more, some filter of nearly every granule says that it may have one. */
const maxIds = 1_000;

/**
 * In the hours that they speak of, so many ids lie in so few granules that to divide them costs more than to read them:
 * one event takes 7.9 ms instead of 16.8 ([reads](../../../../../../docs/benchmarks/reads.md#one-event-by-id)).
 */
const fewIds = 4;
/** Of such a query, to analyse its 36 columns is a large part: the engine's older analyser takes 1.5 ms less. */
const forFewIds = ' SETTINGS max_threads = 1, enable_analyzer = 0';

/** Which events to look up, and what to read of them. */
interface Lookup<T> {
  readonly projectIds: readonly string[];
  readonly eventIds: readonly string[];
  readonly columns: readonly string[];
  readonly readRow: (cursor: RowBinaryCursor) => T;
}

/** What every looked-up row says. */
type Found = Pick<EventHead, 'eventId' | 'isDeleted'>;

/** Latest version of each id that was ever stored, tombstones included. */
export const readHeads = (
  engine: EventEngine,
  projectIds: readonly string[],
  eventIds: readonly string[],
): Promise<EventHead[]> =>
  lookUp(engine, { projectIds, eventIds, columns: headColumns, readRow: readHead });

export async function readEvents(
  engine: EventEngine,
  projectIds: readonly string[],
  eventIds: readonly string[],
): Promise<StoredEvent[]> {
  const lookup = { projectIds, eventIds, columns: eventColumns, readRow: readEvent };
  return (await lookUp(engine, lookup)).filter(({ isDeleted }) => !isDeleted);
}

/** The event of that id; one of them when several projects have it. */
export async function findEvent(
  engine: EventEngine,
  projectIds: readonly string[],
  eventId: string,
): Promise<StoredEvent | null> {
  const lookup = { projectIds, eventIds: [eventId], columns: eventColumns, readRow: readEvent };
  const near = await lookNear(engine, lookup);
  const found = near.length > 0 ? near : await lookEverywhere(engine, lookup);
  return found.find(({ isDeleted }) => !isDeleted) ?? null;
}

/** In one project an id is one event, so that what was found near needs no further search. */
async function lookUp<T extends Found>(engine: EventEngine, lookup: Lookup<T>): Promise<T[]> {
  return readInChunks(lookup.eventIds, async (eventIds) => {
    const chunk = { ...lookup, eventIds };
    const near = lookup.projectIds.length === 1 ? await lookNear(engine, chunk) : [];
    const known = new Set(near.map(({ eventId }) => eventId));
    const others = eventIds.filter((eventId) => !known.has(eventId));
    if (others.length === 0) return near;
    return [...near, ...(await lookEverywhere(engine, { ...chunk, eventIds: others }))];
  });
}

/**
 * Events that are alive in the hours that their ids speak of. An event is alive in one place only: where it moved away
 * from, its last version is a tombstone.
 */
async function lookNear<T extends Found>(engine: EventEngine, lookup: Lookup<T>): Promise<T[]> {
  const hours = toHours(lookup.eventIds);
  if (hours.length === 0) return [];
  const found = await query(engine, lookup, hours);
  return found.filter(({ isDeleted }) => !isDeleted);
}

const lookEverywhere = <T>(engine: EventEngine, lookup: Lookup<T>): Promise<T[]> =>
  query(engine, lookup, null);

/** Few ids are de-duplicated by sorting what was found; FINAL would merge every part first. */
async function query<T>(
  engine: EventEngine,
  { projectIds, eventIds, columns, readRow }: Lookup<T>,
  hours: readonly HourRange[] | null,
): Promise<T[]> {
  const scope = new SqlScope();
  const conditions = [
    `project_id IN ${scope.list(projectIds)}`,
    `event_id IN ${scope.list(eventIds)}`,
    ...(hours === null ? [] : [hoursSql(hours)]),
  ];
  const settings = hours === null ? ` ${byIdsAlone}` : eventIds.length > fewIds ? '' : forFewIds;
  const sql = `SELECT ${columns.join(', ')} FROM ${eventTable} WHERE ${conditions.join(' AND ')} ORDER BY version DESC LIMIT 1 BY project_id, event_id${settings}`;
  return readRows(await engine.query(scope.statement(sql)), readRow);
}

/** A UUID of version 7 begins with the time at which it was made, in milliseconds. */
const timedId = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Hours in which events with these ids are likely to have begun; a step may have begun before its id was made. */
function toHours(eventIds: readonly string[]): HourRange[] {
  const hours = eventIds.flatMap((eventId) => {
    const [, high = '', low = ''] = timedId.exec(eventId) ?? [];
    return high === '' ? [] : [toHour(Number.parseInt(high + low, 16))];
  });
  return joinRanges([...new Set(hours)].map((hour) => ({ first: hour - 1, last: hour })));
}

/** Reads long lists of ids in parts. */
export async function readInChunks<T>(
  ids: readonly string[],
  read: (chunk: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let start = 0; start < ids.length; start += maxIds)
    found.push(...(await read(ids.slice(start, start + maxIds))));
  return found;
}
