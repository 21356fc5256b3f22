import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { describe, expect, test } from 'vitest';
import type { GroupReading, WindowQuery } from '../../domain/alert-reads.ts';
import type { Measure } from '../../domain/alert-rule.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { buildStoredEvent, buildStoredSession } from '../testing/build-event.ts';
import { openTestStore } from '../testing/open-test-store.ts';

const store = await openTestStore();
const hourMs = 3_600_000;
const minuteMs = 60_000;
const base = 500_000 * hourMs;

const models = ['a', 'b', 'c', ''];
const eventOf = (index: number, projectId: string): StoredEvent =>
  buildStoredEvent({
    projectId,
    eventId: `e${index}`,
    sessionId: `s${index % 7}`,
    startTime: base + ((index * 7_919) % (40 * 60)) * minuteMs + (index % 3) * 0.25,
    durationMs: (index * 37) % 101,
    model: models[index % 4] ?? '',
    error: index % 5 === 0 ? 'failed' : null,
    costUsd: (index % 11) / 100,
    metadata: JSON.stringify({ plan: index % 3 === 0 ? 'pro' : 'free' }),
  });

const first = Array.from({ length: 2_000 }, (_, index) => eventOf(index, 'p'));
await store.insert(first);
await store.insert(Array.from({ length: 50 }, (_, index) => eventOf(index, 'other')));
// Later versions, and deletions: reads see the latest version once.
const changed = first
  .filter((_, index) => index % 10 === 3)
  .map((event, index) => ({
    ...event,
    version: 2,
    durationMs: 1_000 + index,
    isDeleted: index % 4 === 0,
  }));
await store.insert(changed);
const byId = new Map([...first, ...changed].map((event) => [event.eventId, event]));
const events = [...byId.values()].filter(({ isDeleted }) => !isDeleted);

const isPro = { path: ['metadata', 'plan'], operator: 'is', value: 'pro', type: 'string' } as const;

function numberIn(event: StoredEvent, { metric }: Measure): number {
  if (metric === 'error') return event.error === null ? 0 : 1;
  if (metric === 'events') return 1;
  if ('meets' in metric) return event.metadata.includes('pro') ? 1 : 0;
  return metric.path[0] === 'duration' ? event.durationMs : event.costUsd;
}

/** Interpolated between neighbours. */
function percentile(numbers: readonly number[], level: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const rank = level * (sorted.length - 1);
  const lower = sorted[Math.floor(rank)] ?? 0;
  return lower + (rank - Math.floor(rank)) * ((sorted[Math.ceil(rank)] ?? 0) - lower);
}

function aggregate(numbers: readonly number[], by: Measure['aggregation']): number {
  const sum = numbers.reduce((total, number) => total + number, 0);
  switch (by) {
    case 'count':
      return numbers.length;
    case 'sum':
      return sum;
    case 'avg':
      return sum / numbers.length;
    case 'min':
      return Math.min(...numbers);
    case 'max':
      return Math.max(...numbers);
    default:
      return percentile(numbers, Number(by.slice(1)) / 100);
  }
}

/** The same as the store reads, from a list of events. */
function expectGroups({ span, groupBy, measures, filters }: WindowQuery): GroupReading[] {
  const inWindow = events.filter(
    ({ startTime, metadata }) =>
      startTime >= span.fromMs &&
      startTime < span.beforeMs &&
      (filters.length === 0 || metadata.includes('pro')),
  );
  const groupOf = ({ model, metadata }: StoredEvent): string | null => {
    if (groupBy === null) return null;
    if (groupBy[0] === 'metadata') return metadata.includes('pro') ? 'pro' : 'free';
    return model === '' ? null : model;
  };
  return [...new Set(inWindow.map(groupOf))].map((group) => ({
    group,
    numbers: measures.map((measure) => {
      const numbers = inWindow
        .filter((event) => groupOf(event) === group)
        .map((event) => numberIn(event, measure))
        // A cost of 0 is no cost.
        .filter(
          (number) =>
            typeof measure.metric === 'string' ||
            'meets' in measure.metric ||
            measure.metric.path[0] !== 'cost_usd' ||
            number !== 0,
        );
      return {
        count: numbers.length,
        value:
          numbers.length === 0 && measure.aggregation !== 'count'
            ? null
            : aggregate(numbers, measure.aggregation),
      };
    }),
  }));
}

const rounded = (groups: readonly GroupReading[]) =>
  groups
    .map(({ group, numbers }) => ({
      group,
      numbers: numbers.map(({ count, value }) => ({
        count,
        value: value === null ? null : Math.round(value * 1e6) / 1e6,
      })),
    }))
    .toSorted((a, b) => String(a.group).localeCompare(String(b.group)));

const measures = fc.constantFrom<Measure>(
  { metric: 'events', aggregation: 'count' },
  { metric: 'error', aggregation: 'avg' },
  { metric: { meets: [isPro] }, aggregation: 'avg' },
  { metric: { path: ['duration'] }, aggregation: 'p95' },
  { metric: { path: ['duration'] }, aggregation: 'p50' },
  { metric: { path: ['duration'] }, aggregation: 'max' },
  { metric: { path: ['cost_usd'] }, aggregation: 'sum' },
  { metric: { path: ['cost_usd'] }, aggregation: 'count' },
);

const windows = fc
  .record({
    end: fc.integer({ min: 1, max: 42 * 60 }),
    minutes: fc.constantFrom(1, 5, 60, 179, 180, 1_440),
    measures: fc.uniqueArray(measures, { minLength: 1, maxLength: 3 }),
    groupBy: fc.constantFrom(null, ['model'], ['metadata', 'plan']),
    isFiltered: fc.boolean(),
  })
  .map(({ end, minutes, isFiltered, ...rest }): WindowQuery => {
    const beforeMs = base + end * minuteMs;
    const span = { fromMs: beforeMs - minutes * minuteMs, beforeMs };
    const filters = isFiltered ? [isPro] : [];
    return { ...rest, projectId: 'p', filters, span, order: 'highest', limit: 10 };
  });

test('a window comes to what its events do, short or of many hours', async () => {
  await fc.assert(
    fc.asyncProperty(windows, async (query) => {
      const { groups, groupCount } = await store.alerts.readWindow(query);

      const expected = expectGroups(query);
      expect(rounded(groups)).toEqual(rounded(expected));
      expect(groupCount).toBe(expected.length);
    }),
    { numRuns: byLevel({ short: 40, full: 300 }) },
  );
});

test('windows that are read together come to the same as apart', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(windows, { minLength: 2, maxLength: 6 }),
      fc.constantFrom(1, 10),
      async (some, limit) => {
        const queries = some.map((query) => ({ ...query, limit }));

        const readings = await store.alerts.readWindows(queries);

        for (const [index, query] of queries.entries()) {
          const { groups, groupCount } = readings[index] ?? { groups: [], groupCount: -1 };
          const apart = await store.alerts.readWindow(query);
          expect(rounded(groups)).toEqual(rounded(apart.groups));
          expect(groupCount).toBe(apart.groupCount);
        }
      },
    ),
    { numRuns: byLevel({ short: 40, full: 300 }) },
  );
});

test.each([60, 600])(
  'of too many groups, those closest to an alarm: %i minutes',
  async (minutes) => {
    const beforeMs = base + 1_200 * minuteMs;
    const query: WindowQuery = {
      projectId: 'p',
      filters: [],
      span: { fromMs: beforeMs - minutes * minuteMs, beforeMs },
      groupBy: ['model'],
      measures: [{ metric: { path: ['duration'] }, aggregation: 'max' }],
      order: 'lowest',
      limit: 2,
    };
    const lowest = await store.alerts.readWindow(query);
    const highest = await store.alerts.readWindow({ ...query, order: 'highest' });

    const values = expectGroups(query)
      .map(({ numbers }) => numbers[0]?.value ?? 0)
      .toSorted((a, b) => a - b);
    expect(lowest.groupCount).toBe(values.length);
    expect(lowest.groups.map(({ numbers }) => numbers[0]?.value)).toEqual(values.slice(0, 2));
    expect(highest.groups.map(({ numbers }) => numbers[0]?.value)).toEqual(
      values.toReversed().slice(0, 2),
    );
  },
);

describe('events that arrived', () => {
  const now = base + 2_000 * hourMs;
  const query = {
    projectId: 'arrivals',
    filters: [],
    time: { sinceMs: now },
    measure: { metric: { path: ['duration'] }, aggregation: 'avg' },
    thresholds: [{ operator: 'greater_than', value: 10 }],
    known: [],
    limit: 10,
  } as const;
  const arrived = (eventId: string, fields: Partial<StoredEvent> = {}) =>
    buildStoredEvent({
      projectId: 'arrivals',
      eventId,
      startTime: now - hourMs,
      updatedAt: now + 1,
      durationMs: 11,
      ...fields,
    });

  test('are found by when they were stored, as they are now, without those that are known', async () => {
    await store.insert([
      arrived('before', { updatedAt: now - 1 }),
      arrived('good', { durationMs: 10 }),
      arrived('slow'),
      arrived('known'),
      arrived('deleted', { isDeleted: true, version: 2 }),
      arrived('too old', { startTime: now - 30 * hourMs }),
      arrived('became slow', { updatedAt: now - 5, durationMs: 1 }),
      arrived('of others', { projectId: 'others' }),
    ]);
    await store.insert([arrived('became slow', { version: 2, durationMs: 20 })]);

    const { found, total } = await store.alerts.readArrived({ ...query, known: ['known'] });

    expect(found.map(({ eventId, value }) => [eventId, value])).toEqual([
      ['became slow', 20],
      ['slow', 11],
    ]);
    expect(total).toBe(2);
    expect(await store.alerts.readArrived({ ...query, limit: 1 })).toMatchObject({ total: 3 });
  });
});

describe('sessions that repeat themselves', () => {
  const now = base + 3_000 * hourMs;
  const none = { repeats: null, steps: null, minutes: null, costUsd: null };
  const query = {
    projectId: 'loops',
    filters: [],
    time: { sinceMs: now },
    known: [],
    limit: 10,
  } as const;
  const step = (sessionId: string, index: number, fields: Partial<StoredEvent> = {}) =>
    buildStoredEvent({
      projectId: 'loops',
      sessionId,
      eventId: `${sessionId}-${index}`,
      eventType: 'tool',
      eventName: 'search',
      inputs: JSON.stringify({ query: 'same' }),
      startTime: now - 10 * minuteMs + index * minuteMs,
      updatedAt: now + index,
      costUsd: 0.5,
      ...fields,
    });
  const root = (sessionId: string, updatedAt = now) =>
    buildStoredSession({
      projectId: 'loops',
      sessionId,
      startTime: now - 20 * minuteMs,
      updatedAt,
    });
  const range = (count: number) => Array.from({ length: count }, (_, index) => index);

  test('are found at each of the limits, while events of them arrive', async () => {
    await store.insert([
      root('same'),
      ...range(4).map((index) => step('same', index)),
      root('different'),
      ...range(4).map((index) => step('different', index, { inputs: `{"query":${index}}` })),
      root('two tools'),
      ...range(4).map((index) => step('two tools', index, { eventName: `tool ${index % 2}` })),
      root('over', now - 1),
      ...range(9).map((index) => step('over', index, { updatedAt: now - 1 })),
    ]);
    const find = async (loop: Partial<typeof none> | Record<string, number>) =>
      (await store.alerts.readLoops({ ...query, loop: { ...none, ...loop } })).found.map(
        ({ sessionId }) => sessionId,
      );

    expect(await find({ repeats: 4 })).toEqual(['same']);
    expect(await find({ repeats: 2 })).toEqual(['same', 'two tools']);
    expect(await find({ steps: 4 })).toEqual(['different', 'same', 'two tools']);
    expect(await find({ steps: 5 })).toEqual([]);
    expect(await find({ costUsd: 2 })).toHaveLength(3);
    expect(await find({ costUsd: 2.1, minutes: 30 })).toEqual([]);
    expect(await find({ minutes: 10 })).toHaveLength(3);
    const { found } = await store.alerts.readLoops({ ...query, loop: { ...none, repeats: 4 } });
    expect(found).toMatchObject([
      { repeats: 4, steps: 4, costUsd: 2, startTime: now - 20 * minuteMs },
    ]);
  });
});
