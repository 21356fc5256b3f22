import { findIssues, limits, operations } from 'honeyhive-wire';
import type { ExportQuery, WireEvent } from 'honeyhive-wire';
import type { EventReads } from '../domain/event-store.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { invalid } from '../domain/problem.ts';
import { isRoot } from '../domain/stored-event.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { createProjection, toWireEvent, toWireSession } from '../domain/wire-event.ts';
import type { WireNames } from '../domain/wire-event.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { findListPlace } from '../projects/home-project.ts';
import type { PlaceServices } from '../projects/home-project.ts';
import { parseQuery, readJson } from './query-input.ts';
import type { AnswerOf, Call, Handler } from '../calls/handler.ts';
import { namesOf } from '../calls/wire-names.ts';
import type { NameServices } from '../calls/wire-names.ts';

export interface ListServices extends NameServices, PlaceServices {
  readonly events: Pick<EventReads, 'listEvents' | 'countEvents' | 'readHeads' | 'readRollups'>;
}

export const exportEvents: Handler<'exportEvents', ListServices> = async (call, services) =>
  readPage(call, services, call.body);

export const searchEvents: Handler<'searchEvents', ListServices> = async (call, services) => {
  const { dateRange, ...query } = call.body;
  const range = dateRange ? { $gte: dateRange.start_time, $lte: dateRange.end_time } : null;
  return readPage(call, services, { ...query, dateRange: range });
};

const listKeys = new Set(Object.keys(operations.listEvents.query.shape));

/** The query string as the body of an export; parameters it does not know are equality filters. */
export const listEvents: Handler<'listEvents', ListServices> = async (call, services) => {
  const { query } = call;
  const extra = Object.entries(query)
    .filter(([name, value]) => !listKeys.has(name) && typeof value === 'string')
    .map(([field, value]) => ({ field, operator: 'is', value }));
  const body: JsonObject = {
    ...(query.project === undefined ? {} : { project: query.project }),
    filters: [...toList(readJson(query.filters)), ...extra],
    dateRange: readJson(query.dateRange),
    projections: readProjections(query.projections),
    limit: readNumber(query.limit),
    page: readNumber(query.page),
    offset: readNumber(query.offset),
    evaluation_id: query.evaluation_id,
  };
  const issues = findIssues(operations.exportEvents.body, body);
  if (issues.length > 0) throw invalid(issues);
  return readPage(call, services, body);
};

async function readPage(
  call: Pick<Call<'exportEvents'>, 'access' | 'signal'>,
  services: ListServices,
  input: ExportQuery,
): Promise<AnswerOf<'exportEvents'>> {
  const parsed = parseQuery(input);
  const projectId = await findListPlace(call.access, services, {
    named: input.project,
    filters: parsed.filters,
  });
  const query = { ...parsed, projectIds: [projectId] };
  const limit = input.limit ?? limits.defaultPage;
  const offset = Math.min(
    input.offset ?? ((input.page ?? 1) - 1) * limit,
    // Pages beyond what a number can count are as empty as the one before them.
    Number.MAX_SAFE_INTEGER,
  );
  const [rows, total] = await Promise.all([
    services.events.listEvents({ ...query, limit, offset }, call.signal),
    services.events.countEvents(query, call.signal),
  ]);
  const toWire = await prepareWire(services.events, rows, namesOf(call, services));
  const fields = input.projections ?? [];
  const select = fields.length > 0 ? createProjection(fields) : null;
  const events = await mapInTurns(rows, (row) =>
    select === null ? toWire(row) : select(toWire(row)),
  );
  return { events, totalEvents: total, count: total };
}

/** How the rows of a page are sent; roots among them with the sums of their sessions. */
async function prepareWire(
  store: Pick<EventReads, 'readRollups'>,
  rows: readonly StoredEvent[],
  names: WireNames,
): Promise<(row: StoredEvent) => WireEvent> {
  const roots = rows.filter(isRoot);
  const projectIds = [...new Set(roots.map(({ projectId }) => projectId))];
  const sessionIds = roots.map(({ sessionId }) => sessionId);
  const rollups = roots.length > 0 ? await store.readRollups(projectIds, sessionIds) : [];
  const bySession = new Map(rollups.map((rollup) => [rollup.sessionId, rollup]));
  return (row) =>
    isRoot(row)
      ? toWireSession(row, bySession.get(row.sessionId) ?? null, names)
      : toWireEvent(row, names);
}

function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function readNumber(value: string | undefined): unknown {
  if (value === undefined || value === '') return undefined;
  return /^-?\d+$/.test(value) ? Number(value) : value;
}

function readProjections(value: unknown): unknown {
  const parsed = readJson(value);
  return typeof parsed === 'string' ? parsed.split(',').map((field) => field.trim()) : parsed;
}
