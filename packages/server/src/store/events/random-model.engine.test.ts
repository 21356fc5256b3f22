import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import type { EventFilter, EventQuery } from '../../domain/event-query.ts';
import type { EventStore } from '../../domain/event-store.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { createEventStore } from './event-store.ts';
import { followParts } from './follow/follow-parts.ts';
import { StoreModel } from '../testing/store-model.ts';
import { openTestEngine } from '../testing/open-test-engine.ts';
import { batches, eventIds, hourMs, sessions, toInserts } from '../testing/random-writes.ts';

const engine = await openTestEngine();
const openServer = async (): Promise<EventStore> =>
  createEventStore(engine, { others: await followParts(engine, () => []) });
const alone = createEventStore(engine);
const [one, other] = [await openServer(), await openServer()];
/** Who reads. */
let store = alone;
let runCount = 0;

const queries: readonly Partial<EventQuery>[] = [
  {},
  { rootsOnly: true },
  { fromMs: 10 * hourMs, toMs: 13 * hourMs },
  { filters: [filter('event_name', 'is', 'two')] },
  { filters: [filter('model', 'is not', 'gpt-5'), filter('total_tokens', 'exists', null)] },
  { filters: [filter('model', 'contains', '5'), filter('cost_usd', 'not exists', null)] },
  { filters: [filter('event_name', 'is not', 'two'), filter('error', 'exists', null)] },
  { filters: [filter('metadata.plan', 'is', 'pro')] },
  { filters: [filter('metadata.n', 'is', 3, 'number'), filter('session_id', 'is', 's1')] },
  { filters: [filter('metadata.plan', 'not exists', null)], rootsOnly: true },
  { filters: [filter('duration', 'greater than', 2, 'number')], fromMs: 12 * hourMs },
  { filters: [filter('event_id', 'is', 'e3')] },
];

function filter(
  field: string,
  operator: EventFilter['operator'],
  value: EventFilter['value'],
  type: EventFilter['type'] = 'string',
): EventFilter {
  return { path: field.split('.'), operator, value, type };
}

const byProject = <T extends { projectId: string; sessionId?: string; eventId?: string }>(
  rows: readonly T[],
): T[] =>
  rows.toSorted((a, b) =>
    JSON.stringify([a.projectId, a.sessionId, a.eventId]) <
    JSON.stringify([b.projectId, b.sessionId, b.eventId])
      ? -1
      : 1,
  );

const toHead = ({
  projectId,
  sessionId,
  eventId,
  version,
  isDeleted,
  isByOrganisation,
  origin,
  startTime,
}: StoredEvent) => ({
  projectId,
  sessionId,
  eventId,
  version,
  isDeleted,
  isByOrganisation,
  origin,
  startTime,
});

const charts = [
  { bucket: 'hour', aggregation: 'sum' },
  { bucket: 'day', aggregation: 'max' },
  { bucket: 'hour', aggregation: 'count' },
  { bucket: 'day', aggregation: 'sum' },
] as const;

const partOfDay = { fromMs: 10.5 * hourMs, toMs: 13.2 * hourMs };

/** What of the store is held against the model. */
interface Check {
  readonly model: StoreModel;
  readonly projectIds: readonly string[];
}

async function checkQuery({ model, projectIds }: Check, query: Partial<EventQuery>): Promise<void> {
  const full = { projectIds, filters: [], rootsOnly: false, ...query };
  const expected = model.list(full);
  expect(await store.listEvents({ ...full, limit: 100, offset: 0 })).toEqual(expected);
  expect(await store.listEvents({ ...full, limit: 3, offset: 2 })).toEqual(expected.slice(2, 5));
  expect(await store.countEvents(full)).toBe(expected.length);
}

async function checkChart(
  { model, projectIds }: Check,
  chart: (typeof charts)[number] & Partial<EventQuery>,
): Promise<void> {
  const full = { projectIds, filters: [], rootsOnly: false, ...chart };
  expect(await store.readChart({ ...full, metric: ['duration'], groupBy: ['event_name'] })).toEqual(
    model.chart(full),
  );
}

async function checkLookups(check: Check): Promise<void> {
  const { model, projectIds } = check;
  const heads = model.heads(projectIds, eventIds);
  expect(byProject(await store.readHeads(projectIds, eventIds))).toEqual(
    byProject(heads.map(toHead)),
  );
  expect(byProject(await store.readEvents(projectIds, eventIds))).toEqual(
    byProject(heads.filter((head) => !head.isDeleted)),
  );
  expect(await store.readSession(projectIds, 's1', 100)).toEqual(model.session(projectIds, 's1'));
  await checkRollups(check);
}

async function checkRollups({ model, projectIds }: Check): Promise<void> {
  expect(byProject(await store.readRollups(projectIds, sessions))).toEqual(
    byProject(model.rollups(projectIds, sessions)),
  );
}

/** What was read before a write must not be read again after it: some of it is asked for between the writes. */
test.each([
  { by: 'one server', writer: alone, reader: alone },
  { by: 'two servers', writer: one, reader: other },
])(
  'whatever $by write in whatever order, every read sees the latest version of each event once',
  async ({ writer, reader }) => {
    await fc.assert(
      fc.asyncProperty(batches, async (plan) => {
        runCount += 1;
        const prefix = `run${runCount}`;
        const projectIds = [`${prefix}a`, `${prefix}b`];
        const model = new StoreModel();
        const check = { model, projectIds };
        for (const [index, rows] of toInserts(plan, prefix).entries()) {
          model.insert(rows);
          const isTurned = index % 3 === 2;
          await (isTurned ? reader : writer).insert(rows);
          store = isTurned ? writer : reader;
          await checkQuery(check, queries[index % queries.length] ?? {});
          await checkQuery(check, { fromMs: (10 + index) * hourMs + 1 });
          const chart = charts[index % charts.length] ?? charts[0];
          const isPartial = index % 3 > 0;
          await checkChart(check, isPartial ? { ...chart, ...partOfDay } : chart);
          await checkRollups(check);
          expect(await store.readProjectCounts(projectIds)).toEqual(model.counts(projectIds));
        }

        for (const query of queries) await checkQuery(check, query);
        for (const chart of charts) {
          await checkChart(check, chart);
          await checkChart(check, { ...chart, ...partOfDay });
        }
        await checkLookups(check);
        expect(await store.readProjectCounts(projectIds)).toEqual(model.counts(projectIds));
      }),
      { numRuns: byLevel({ short: 3, full: 15 }) },
    );
  },
  300_000,
);
