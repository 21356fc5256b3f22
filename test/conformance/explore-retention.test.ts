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
  const before = estimate.before ?? 0;
  expect(before % dayMs).toBe(0);
  expect(Date.now() - before).toBeGreaterThanOrEqual(30 * dayMs);
  expect(Date.now() - before).toBeLessThan(31 * dayMs);
  expect(estimate.payloads).toEqual({ before: null, events: 0, bytes: 0 });
  expect(total.count).toBe(4);
});

test('of an empty project there is nothing to tell', async () => {
  const { api } = await openProject();

  expect(await api.ok('exploreRetention', { body: { retention_days: 1 } })).toMatchObject({
    sessions: 0,
    oldest: null,
  });
});

test.each(['retention_days', 'payload_retention_days'] as const)(
  'refuses %s out of range',
  async (field) => {
    const { api } = await openProject();

    for (const days of [0, 1.5, 40_000]) {
      const refusal = await api.refused('exploreRetention', 400, { body: { [field]: days } });

      expect(refusal.issues?.[0]?.field).toBe(field);
    }
  },
);

test('what is not tried is as the project has it set, null is no limit', async () => {
  const { api, id } = await openProject();
  const days = { retention_days: 90, payload_retention_days: 7 };
  await api.ok('updateProjectSettings', { params: { project_id: id }, body: days });

  const set = await api.ok('exploreRetention', { body: {} });
  const tried = await api.ok('exploreRetention', { body: { retention_days: null } });

  expect((set.payloads.before ?? 0) - (set.before ?? 0)).toBe(83 * dayMs);
  expect(tried).toMatchObject({ before: null, payloads: set.payloads });
});
