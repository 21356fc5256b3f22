import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import type { ExploreQuery, RowsQuery } from '../../../domain/explore-query.ts';
import type { StoredEvent } from '../../../domain/stored-event.ts';
import { buildStoredEvent, buildStoredSession } from '../../testing/build-event.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { StoreModel } from '../../testing/store-model.ts';

const store = await openTestStore();
let runCount = 0;

const hourMs = 3_600_000;
const sessionIds = ['s0', 's1', 's2', 's3', 's4'];

/** In the half hours of four days, where the edges of ranges are as well. */
const instant = fc.nat({ max: 2 * 96 }).map((half) => (half * hourMs) / 2);
/** An event that is stored, moved or deleted; the first of each session is its root. */
const change = fc.record({
  session: fc.constantFrom(...sessionIds),
  place: fc.nat({ max: 3 }),
  startTime: instant,
  isDeleted: fc.constantFrom(false, false, false, true),
  error: fc.constantFrom(null, 'boom'),
});
const edge = fc.option(instant, { nil: undefined });
const step = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 10 }),
  ranges: fc.array(fc.tuple(edge, edge), { minLength: 1, maxLength: 4 }),
});

/** The rows of a change: where an event moved away from, a tombstone is left. */
function toRows(
  model: StoreModel,
  projectId: string,
  made: typeof change extends fc.Arbitrary<infer T> ? T : never,
) {
  const { session: sessionId, place, ...rest } = made;
  const eventId = place === 0 ? sessionId : `${sessionId}-${place}`;
  const [before] = model.heads([projectId], [eventId]);
  const version = (before?.version ?? 0) + 1;
  const event = { ...rest, projectId, sessionId, eventId, version, createdAt: 0 };
  return [
    ...(before ? [{ ...before, isDeleted: true, version }] : []),
    buildStoredEvent({ ...event, version: version + 1 }),
  ];
}

/** Sessions with a root of which any event is in the range. */
function toSessions(
  model: StoreModel,
  { projectId, fromMs = 0, beforeMs = Infinity }: ExploreQuery,
) {
  return sessionIds.flatMap((id) => {
    const events = model.session([projectId], id);
    const root = events.find(({ eventId }) => eventId === id);
    const isIn = ({ startTime }: StoredEvent) => startTime >= fromMs && startTime < beforeMs;
    if (!root || !events.some(isIn)) return [];
    return [{ id, root, activity: Math.max(...events.map(({ startTime }) => startTime)) }];
  });
}

const ofRange = (projectId: string, fromMs?: number, beforeMs?: number): ExploreQuery => ({
  projectId,
  scope: 'sessions',
  target: 'session',
  filters: [],
  words: [],
  ...(fromMs === undefined ? {} : { fromMs }),
  ...(beforeMs === undefined ? {} : { beforeMs }),
});

async function readAll(query: Omit<RowsQuery, 'after'>): Promise<string[]> {
  const ids: string[] = [];
  for (let after: RowsQuery['after'] = null; ;) {
    const rows = await store.explore.readRows({ ...query, after });
    ids.push(...rows.map(({ event }) => event.sessionId));
    const last = rows.at(-1);
    if (!last || rows.length < query.limit) return ids;
    after = last.position;
  }
}

async function compare(model: StoreModel, query: ExploreQuery): Promise<void> {
  const found = toSessions(model, query);
  const failed = found.filter(({ root }) => root.error !== null);
  const isFailed = { path: ['error'], operator: 'exists', value: null, type: 'string' } as const;
  const page = { ...query, columns: [], limit: 2 };
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const byStart = found.toSorted(
    (a, b) => a.root.startTime - b.root.startTime || a.root.endTime - b.root.endTime || byId(a, b),
  );
  const byActivity = found.toSorted(
    (a, b) => a.activity - b.activity || a.root.endTime - b.root.endTime || byId(a, b),
  );
  const ids = (sessions: typeof found) => sessions.map(({ id }) => id);

  for (const isDescending of [true, false]) {
    const turned = (sessions: typeof found) => ids(isDescending ? sessions.toReversed() : sessions);
    expect(await readAll({ ...page, sort: { field: 'start_time', isDescending } })).toEqual(
      turned(byStart),
    );
    expect(await readAll({ ...page, sort: { field: 'last_activity', isDescending } })).toEqual(
      turned(byActivity),
    );
  }
  expect(await store.explore.countRows(query, 100)).toBe(found.length);
  expect(await store.explore.countRows({ ...query, filters: [isFailed] }, 100)).toBe(failed.length);
}

test('a range has the sessions in which something happened, whatever was stored, moved and deleted between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      const model = new StoreModel();
      const projectId = `p${(runCount += 1)}`;
      for (const { changes, ranges } of steps) {
        for (const made of changes) {
          const rows = toRows(model, projectId, made);
          model.insert(rows);
          await store.insert(rows);
        }
        for (const [fromMs, beforeMs] of ranges)
          await compare(model, ofRange(projectId, fromMs, beforeMs));
      }
    }),
    { numRuns: byLevel({ short: 5, full: 100 }) },
  );
});

test('sessions of a range that are too many to list are found as well', async () => {
  const projectId = 'many';
  const ids = Array.from({ length: 10_001 }, (_each, place) => `s${place}`);
  await store.insert(
    ids.flatMap((sessionId) => [
      buildStoredSession({ projectId, sessionId, startTime: 0 }),
      buildStoredEvent({ projectId, sessionId, eventId: `e${sessionId}`, startTime: 2 * hourMs }),
    ]),
  );
  const query = ofRange(projectId, 2 * hourMs, 3 * hourMs);
  const page = { ...query, after: null, columns: [], limit: 3 };

  for (const field of ['start_time', 'last_activity'] as const) {
    const sort = { field, isDescending: true };
    const rows = await store.explore.readRows({ ...page, sort });
    expect(rows.map(({ event }) => event.eventId)).toEqual(['s9999', 's9998', 's9997']);
  }
  expect(await store.explore.countRows(query, 20_000)).toBe(ids.length);
  expect(await store.explore.countRows({ ...query, fromMs: 1 + 2 * hourMs }, 20_000)).toBe(0);
});
