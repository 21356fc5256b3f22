import { expect, test } from 'vitest';
import { fillHours, hourMs, sampleStart } from './explore-sample.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();
await fillHours(api);

const read = (body: Readonly<Record<string, unknown>>) => api.ok('exploreDifferences', { body });

test('tells what sets failed sessions apart', async () => {
  const answer = await read({
    scope: 'sessions',
    filter_target: 'any_event',
    selected: { filters: [{ field: 'error', operator: 'exists' }] },
  });

  expect(answer).toMatchObject({ selected_count: 8, rest_count: 40, sampled: false });
  expect(answer.keys[0]).toMatchObject({
    path: 'user_properties.plan',
    score: 0.6,
    values: [
      { value: 'free', selected: 1, rest: 0.4 },
      { value: 'plus', selected: 0, rest: 0.6 },
    ],
  });
});

test('tells what sets a range apart, without the fields that it was chosen by', async () => {
  const models = [{ field: 'event_type', operator: 'is', value: 'model' }];
  const byModel = await read({
    scope: 'events',
    filters: models,
    selected: { filters: [{ field: 'model', operator: 'is', value: 'claude' }] },
  });
  const early = await read({
    scope: 'events',
    filters: models,
    selected: { from: sampleStart, to: sampleStart + 3 * hourMs },
  });

  expect(byModel.keys.map(({ path }) => path)).not.toContain('model');
  expect(byModel.keys.map(({ path }) => path)).toContain('config.model');
  expect(early).toMatchObject({ selected_count: 3, rest_count: 45 });
  expect(early.keys[0]?.path).toBe('config.model');
});

test('says nothing when one of the sides is empty', async () => {
  const answer = await read({ scope: 'events', selected: {} });

  expect(answer).toMatchObject({ selected_count: 144, rest_count: 0, keys: [] });
});

test.each<[Record<string, unknown>, string]>([
  [{ scope: 'events' }, 'selected'],
  [
    { scope: 'events', selected: { filters: [{ field: 'x', operator: 'exists' }] } },
    'selected.filters[0].field',
  ],
  [{ scope: 'events', selected: { scope: 'events' } }, 'selected.scope'],
])('refuses %j and names %s', async (body, field) => {
  const refusal = await api.refused('exploreDifferences', 400, { body });

  expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
});
