import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import type { EventFilter, EventQuery } from '../../domain/event-query.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { buildStoredEvent } from '../testing/build-event.ts';
import { StoreModel } from '../testing/store-model.ts';
import { openTestStore } from '../testing/open-test-store.ts';

const store = await openTestStore();
let runCount = 0;

const hourMs = 3_600_000;
const sessions = ['s0', 's1', 's2'];
const eventIds = [...sessions, ...Array.from({ length: 12 }, (_, index) => `e${index}`)];

/** A change of one event: what it looks like from then on. Where it lies follows from its id and never changes. */
const change = fc.record({
  projectId: fc.constantFrom('a', 'b'),
  eventIndex: fc.nat({ max: eventIds.length - 1 }),
  isDeleted: fc.constantFrom(false, false, false, true),
  eventName: fc.constantFrom('one', 'two', 'three'),
  eventType: fc.constantFrom('model' as const, 'tool' as const),
  error: fc.constantFrom(null, null, '', 'boom'),
  feedback: fc.constantFrom('{}', '{"rating":5}'),
  metadata: fc.constantFrom('{}', '{"plan":"pro"}', '{"plan":"free","n":3}', '{"n":[1,3]}'),
  durationMs: fc.constantFrom(1, 2.5, 40),
  totalTokens: fc.nat({ max: 9 }),
  costUsd: fc.constantFrom(0, 0.25, 0.5),
  model: fc.constantFrom('', 'gpt-5', 'claude'),
});
/** Each batch is one insert; a change may be sent again later, as it was. */
const batches = fc.array(
  fc.record({
    changes: fc.array(change, { minLength: 1, maxLength: 12 }),
    resendsEarlier: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);

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

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function toRow(made: Change, version: number, prefix: string): StoredEvent {
  const { eventIndex, projectId, ...rest } = made;
  const sessionId = sessions[eventIndex % sessions.length] ?? '';
  const startTime = (10 + (eventIndex % 5)) * hourMs + eventIndex * 0.5;
  return buildStoredEvent({
    ...rest,
    projectId: `${prefix}${projectId}`,
    eventId: eventIds[eventIndex] ?? '',
    sessionId,
    version,
    startTime,
    endTime: startTime + made.durationMs,
    promptTokens: made.totalTokens,
    repeatedUse: eventIndex % 4,
    updatedAt: version,
  });
}

/** The rows of each insert, versions counted up event by event. */
function toInserts(plan: typeof batches extends fc.Arbitrary<infer T> ? T : never, prefix: string) {
  const versions = new Map<string, number>();
  const written: StoredEvent[] = [];
  return plan.map(({ changes, resendsEarlier }) => {
    const rows = changes.map((made) => {
      const key = `${made.projectId} ${made.eventIndex}`;
      const version = (versions.get(key) ?? -1) + 1;
      versions.set(key, version);
      return toRow(made, version, prefix);
    });
    const again = resendsEarlier ? written.slice(0, 3) : [];
    written.push(...rows);
    return [...rows, ...again];
  });
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
test('whatever is written in whatever order, every read sees the latest version of each event once', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (plan) => {
      runCount += 1;
      const prefix = `run${runCount}`;
      const projectIds = [`${prefix}a`, `${prefix}b`];
      const model = new StoreModel();
      const check = { model, projectIds };
      for (const [index, rows] of toInserts(plan, prefix).entries()) {
        model.insert(rows);
        await store.insert(rows);
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
    { numRuns: byLevel({ short: 6, full: 15 }) },
  );
}, 300_000);
