import { expect, test } from 'vitest';
import { namesOf, storeSample } from './filter-sample.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();
await storeSample(api);

test('answers with everything, newest first, and the count', async () => {
  const page = await api.ok('searchEvents', { body: {} });

  expect(namesOf(page)).toEqual(['gamma', 'beta', 'alpha', 'root']);
  expect(page.count).toBe(4);
});

test.each([
  [{ filters: [{ field: 'event_type', operator: 'is', value: 'model' }] }, ['beta']],
  [
    { filters: { field: 'metadata.score', operator: 'greater than', value: 9, type: 'number' } },
    ['alpha'],
  ],
  [
    { dateRange: { start_time: '2026-01-02T00:00:00Z', end_time: '2026-01-03T00:00:00Z' } },
    ['gamma', 'beta'],
  ],
  [{ evaluation_id: 'run-2' }, ['gamma']],
  [{ limit: 2, page: 2 }, ['alpha', 'root']],
  [{ ignore_order: true, limit: 1 }, ['gamma']],
])('keeps to %j', async (body, names) => {
  expect(namesOf(await api.ok('searchEvents', { body }))).toEqual(names);
});

test.each(['project', 'projections', 'offset', 'roots_only', 'surprise'])(
  'refuses the key %s',
  async (key) => {
    const refusal = await api.refused('searchEvents', 400, { body: { [key]: 'x' } });

    expect(refusal.issues).toMatchObject([{ field: key }]);
  },
);

test.each([
  ['limit', 0],
  ['limit', 1001],
  ['page', 0],
  ['dateRange', { start_time: '2026-01-02T00:00:00Z' }],
  ['dateRange', { $gte: '2026-01-02T00:00:00Z' }],
  ['dateRange', { start_time: 'then', end_time: 'now' }],
  ['filters', [{ field: 'event_type', operator: 'resembles', value: 'x' }]],
])('refuses %s = %j and names it', async (field, value) => {
  const refusal = await api.refused('searchEvents', 400, { body: { [field]: value } });

  expect(refusal.issues?.[0]?.field).toContain(field);
});
