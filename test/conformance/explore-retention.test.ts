import { buildEvent } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const dayMs = 86_400_000;

test('tells what a retention would delete, by the day, and deletes nothing', async () => {
  const { api } = await openProject();
  const start_time = Date.UTC(2020, 1, 1);
  await api.ok('createEventBatch', {
    body: { events: [buildEvent({ start_time }), buildEvent({ start_time: start_time + dayMs })] },
  });

  const estimate = await api.ok('exploreRetention', { body: { retention_days: 30 } });
  const { total } = await api.ok('exploreRows', { body: { scope: 'events' } });

  // What counts is when a session last changed: these arrived just now.
  expect(estimate).toMatchObject({ sessions: 0, events: 0, bytes: 0, oldest: start_time });
  expect(estimate.before % dayMs).toBe(0);
  expect(Date.now() - estimate.before).toBeGreaterThanOrEqual(30 * dayMs);
  expect(Date.now() - estimate.before).toBeLessThan(31 * dayMs);
  expect(total.count).toBe(4);
});

test('of an empty project there is nothing to tell', async () => {
  const { api } = await openProject();

  expect(await api.ok('exploreRetention', { body: { retention_days: 1 } })).toMatchObject({
    sessions: 0,
    oldest: null,
  });
});

test.each([0, 1.5, 40_000, null])('refuses %j days', async (retention_days) => {
  const { api } = await openProject();

  const refusal = await api.refused('exploreRetention', 400, { body: { retention_days } });

  expect(refusal.issues?.[0]?.field).toBe('retention_days');
});
