import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import type { EventFilter } from '../../domain/event-query.ts';
import type { GroupsQuery, HistogramPoint } from '../../domain/explore-chart.ts';
import type { ExploreQuery } from '../../domain/explore-query.ts';
import { openTestStore } from '../testing/open-test-store.ts';
import { batches, hourMs, toInserts } from '../testing/random-writes.ts';
import { ScreenModel } from '../testing/screen-model.ts';
import { StoreModel } from '../testing/store-model.ts';

const store = await openTestStore();
const { explore } = store;
let runCount = 0;

const condition = (
  field: string,
  operator: EventFilter['operator'],
  value: string | null = null,
): EventFilter => ({ path: field.split('.'), operator, value, type: 'string' });

const filterLists = [
  [],
  [condition('event_type', 'is', 'tool')],
  [condition('metadata.plan', 'is', 'pro')],
  [condition('error', 'exists')],
];
/** Whole hours, parts of hours, less than an hour, and everything. */
const ranges = [
  {},
  { fromMs: 10 * hourMs, beforeMs: 15 * hourMs },
  { fromMs: 10 * hourMs + 2, beforeMs: 13 * hourMs + 3 },
  { fromMs: 11 * hourMs + 0.5, beforeMs: 11 * hourMs + 6.25 },
];
/** Of hours, of parts of hours, of half past, and of two hours. */
const edges = [
  [10, 11, 12, 13, 14],
  [10, 10 + 1 / 1_200_000, 11, 12, 13.5],
  [9.5, 10.5, 11.5, 12.5, 13.5, 14.5],
  [8, 10, 12, 14],
].map((hours) => hours.map((hour) => hour * hourMs));

const shapes = fc.record({
  filters: fc.constantFrom(...filterLists),
  range: fc.constantFrom(...ranges),
  starts: fc.constantFrom(...edges),
  metric: fc.constantFrom('duration' as const, 'total_tokens' as const, 'error' as const),
  aggregation: fc.constantFrom(
    'count' as const,
    'sum' as const,
    'avg' as const,
    'min' as const,
    'max' as const,
    'p50' as const,
    'p95' as const,
  ),
  field: fc.constantFrom('event_name' as const, 'model' as const, 'event_type' as const),
  isGrouped: fc.boolean(),
  isEstimated: fc.boolean(),
  top: fc.constantFrom(1, 2, 8),
  sort: fc.record<GroupsQuery['sort']>({
    field: fc.constantFrom('count' as const, 'error_count' as const),
    isDescending: fc.boolean(),
  }),
});

type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

/** Answers of the store, and the same of a model. */
type Question = (
  rows: ExploreQuery,
  shape: Shape,
) => {
  ask: () => Promise<unknown>;
  expect: (model: ScreenModel) => unknown;
};

const questions: readonly Question[] = [
  (rows, { starts }) => ({
    ask: () => explore.readHistogram({ rows, starts }),
    expect: (model) => model.histogram(rows, starts),
  }),
  (rows, { starts }) => {
    const { fromMs: _from, beforeMs: _before, ...all } = rows;
    const sessions = { ...all, filters: [], scope: 'sessions' as const };
    return {
      ask: () => explore.readHistogram({ rows: sessions, starts }),
      expect: (model) => model.histogram(sessions, starts),
    };
  },
  (rows, { starts, metric, aggregation, field, isGrouped, isEstimated, top }) => {
    const groupBy = isGrouped ? field : null;
    return {
      ask: async () => {
        const { series, groupCount } = await explore.readSeries({
          rows,
          starts,
          metric: [metric],
          aggregation,
          isEstimated,
          groupBy: groupBy && [groupBy],
          top,
        });
        return {
          series: series.map(({ points, ...one }) => ({
            ...one,
            points: [...points].toSorted((a, b) => a[0] - b[0]),
          })),
          groupCount,
        };
      },
      expect: (model) =>
        model.series({ rows, starts, metric, aggregation, isEstimated, groupBy, top }),
    };
  },
  (rows, { field, sort }) => ({
    ask: async () =>
      (await explore.readGroups({ rows, groupBy: [field], sort, limit: 100 })).groups,
    expect: (model) => model.groups(rows, field, sort),
  }),
  ...[true, false].map((countsSessions): Question => (rows, { field }) => ({
    ask: async () =>
      (
        await explore.readValues({
          rows,
          path: [field],
          prefix: '',
          countsSessions,
          limit: 100,
        })
      ).values,
    expect: (model) => model.values(rows, { path: field, countsSessions }),
  })),
  (rows) => ({
    ask: () => explore.readDurations({ rows, durationMs: 2.5 }),
    expect: (model) => model.durations(rows, 2.5),
  }),
  (rows) => ({
    ask: async () => (await explore.readFields({ rows, prefix: 'metadata.' })).sightings,
    expect: (model) => model.metadataFields(rows),
  }),
  // A page without a count is found before anything is counted, one with it by what was counted.
  ...[false, true].map((isCounted): Question => (rows) => ({
    ask: async () => [
      (
        await explore.readRows({
          ...rows,
          sort: { field: 'start_time', isDescending: true },
          after: null,
          limit: 100,
          isCounted,
          columns: [],
        })
      ).map(({ event }) => event.eventId),
      isCounted ? await explore.countRows(rows, 1_000) : null,
    ],
    expect(model) {
      const found = model.rows(rows);
      return [found.map(({ eventId }) => eventId), isCounted ? found.length : null];
    },
  })),
  (rows) => {
    const selected = { ...rows, filters: [...rows.filters, condition('event_type', 'is', 'tool')] };
    return {
      ask: async () => {
        const counts = await explore.readValueCounts({ rows, selected });
        return [counts.selectedCount, counts.restCount];
      },
      expect(model) {
        const count = model.rows(selected).length;
        return [count, model.rows(rows).length - count];
      },
    };
  },
];

const toRows = (projectId: string, { filters, range }: Shape): ExploreQuery => ({
  projectId,
  scope: 'events',
  target: 'session',
  filters,
  words: [],
  ...range,
});

/** Answers that were cached before a write must not be given after it: all are asked for again between the writes. */
test('whatever is written, screens show the latest version of each event once', async () => {
  await fc.assert(
    fc.asyncProperty(batches, shapes, async (plan, shape) => {
      runCount += 1;
      const prefix = `screens${runCount}`;
      const model = new StoreModel();
      const rows = toRows(`${prefix}a`, shape);
      const asked = questions.map((question) => question(rows, shape));
      for (const [index, inserted] of toInserts(plan, prefix).entries()) {
        await store.insert(inserted);
        model.insert(inserted);
        const question = asked[index % asked.length];
        expect(await question?.ask()).toEqual(question?.expect(new ScreenModel(model)));
      }
      for (const question of asked)
        expect(await question.ask()).toEqual(question.expect(new ScreenModel(model)));
    }),
    { numRuns: byLevel({ short: 12, full: 60 }) },
  );
}, 300_000);

test('an hour that is read while it is written to shows all of the write or nothing', async () => {
  await fc.assert(
    fc.asyncProperty(batches, shapes, async (plan, shape) => {
      runCount += 1;
      const prefix = `screens${runCount}`;
      const model = new StoreModel();
      const rows = toRows(`${prefix}a`, { ...shape, range: {} });
      const starts = edges[0] ?? [];
      const expectHours = () => byHour(new ScreenModel(model).histogram(rows, starts));
      for (const inserted of toInserts(plan, prefix)) {
        const before = expectHours();
        const writing = store.insert(inserted);
        const found = byHour(await explore.readHistogram({ rows, starts }));
        await writing;
        model.insert(inserted);
        const after = expectHours();
        for (const start of starts)
          expect([before.get(start), after.get(start)]).toContainEqual(found.get(start));
      }
    }),
    { numRuns: byLevel({ short: 6, full: 30 }) },
  );
}, 300_000);

const byHour = (points: readonly HistogramPoint[]): Map<number, HistogramPoint> =>
  new Map(points.map((point) => [point.start, point]));
