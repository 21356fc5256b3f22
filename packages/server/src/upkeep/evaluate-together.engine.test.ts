import type { AlertIn } from 'honeyhive-wire';
import { afterAll, expect, test } from 'vitest';
import { QueryTooExpensive } from '../domain/event-store.ts';
import { openAlerts } from './testing/open-alerts.ts';

/** Which reads the engine refuses, by how many windows they are about. */
let refuses: (windowCount: number) => Error | null = () => null;
/** How many windows were read at once, of which project. */
const reads: (readonly [projectId: string, windowCount: number])[] = [];
const sizesOf = (projectId: string): number[] =>
  reads.flatMap(([id, count]) => (id === projectId ? [count] : []));

const { until, open, close, apart } = await openAlerts(({ events }) => ({
  events: {
    readsFor(turn) {
      const ofTurn = events.readsFor(turn);
      return {
        ...ofTurn,
        alerts: {
          ...ofTurn.alerts,
          readWindows(queries, signal) {
            reads.push([queries[0]?.projectId ?? '', queries.length]);
            const error = refuses(queries.length);
            return error ? Promise.reject(error) : ofTurn.alerts.readWindows(queries, signal);
          },
        },
      };
    },
  },
}));
afterAll(close);

const above = (value: number) => ({ critical: { operator: 'greater_than', value } }) as const;
const slow: Partial<AlertIn> = {
  aggregation: 'MAX',
  projections: ['duration'],
  window: '1m',
  thresholds: above(100),
};

test('alerts of several shapes are read in one pass, each with its own events', async () => {
  const { store, edges, projectId } = await open(
    slow,
    { ...slow, window: '1d', aggregation: 'P95', thresholds: above(50) },
    { ...slow, filters: [{ field: 'event_type', operator: 'is', value: 'tool' }] },
    { ...slow, aggregation: 'COUNT', group_by: 'model', thresholds: above(1) },
    { ...slow, alert_type: 'DRIFT', aggregation: 'SUM', thresholds: above(10) },
  );
  await store(1, [{ durationMs: 150, eventType: 'model', model: 'a' }]);
  await until(1);
  await store(2, [
    { durationMs: 40, eventType: 'tool' },
    { durationMs: 130, eventType: 'model', model: 'a' },
    { durationMs: 20, eventType: 'model', model: 'a' },
  ]);
  await until(2);

  expect(sizesOf(projectId)).toEqual([6, 6]);
  expect(await edges('a')).toEqual([[1, null, 'triggered', 150]]);
  expect(await edges('b')).toEqual([[1, null, 'triggered', 150]]);
  expect(await edges('c')).toEqual([]);
  expect(await edges('d')).toEqual([[2, 'a', 'triggered', 2]]);
  expect(await edges('e')).toEqual([[2, null, 'triggered', expect.closeTo((190 / 150 - 1) * 100)]]);
});

test('of too many groups, each alert of a shape gets those closest to its own threshold', async () => {
  const lowest = { critical: { operator: 'less_than', value: 3 } } as const;
  const { store, edges, result } = await open(
    { ...slow, group_by: 'event_name', thresholds: above(1_000) },
    { ...slow, group_by: 'event_name', thresholds: lowest },
  );
  await store(
    1,
    Array.from({ length: 1_002 }, (_, index) => ({ durationMs: index, eventName: `n${index}` })),
  );
  await until(1);

  expect(await edges('a')).toEqual([[1, 'n1001', 'triggered', 1_001]]);
  expect((await edges('b')).map(([, name]) => name)).toEqual(['n0', 'n1', 'n2']);
  expect(await result('a')).toMatchObject({ groups: 1_000, left_out: 2, value: 1_001 });
  expect(await result('b')).toMatchObject({ groups: 1_000, left_out: 2, value: 0 });
});

const tool: Partial<AlertIn> = {
  ...slow,
  filters: [{ field: 'event_type', operator: 'is', value: 'tool' }],
};

test('shapes that are too expensive together are read one by one from then on', async () => {
  const { store, edges, projectId } = await open(slow, tool);
  await store(1, [{ durationMs: 150, eventType: 'tool' }]);
  refuses = (count) => (count > 1 ? new QueryTooExpensive('too many') : null);
  await until(1);
  refuses = () => null;
  await until(2);

  expect(await edges('a')).toEqual([[1, null, 'triggered', 150]]);
  expect(await edges('b')).toEqual([[1, null, 'triggered', 150]]);
  expect([...apart]).toEqual([projectId]);
  expect(sizesOf(projectId)).toEqual([2, 1, 1, 1, 1]);
});

test('alerts that cannot be read do not keep others from being evaluated', async () => {
  const { store, edges, result } = await open(slow, tool);
  await store(1, [{ durationMs: 150, eventType: 'tool' }]);
  let left = 2;
  refuses = () => {
    left -= 1;
    return left >= 0 ? new Error('the engine failed') : null;
  };
  await until(1);
  const failed = await result('a');
  await until(2);

  expect(failed).toEqual({ minute: undefined });
  expect(await edges('b')).toEqual([[1, null, 'triggered', 150]]);
  expect(await result('a')).toMatchObject({ error: null });
});
