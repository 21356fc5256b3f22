import { expect, test } from 'vitest';
import { storeSample } from './filter-sample.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();
await storeSample(api);

test('lists the fields that events have, by event type', async () => {
  const { fields, mappings, datasets } = await api.ok('getEventsSchema');

  expect(fields).toEqual(
    expect.arrayContaining([
      { name: 'metadata.plan', event_type: 'tool' },
      { name: 'metadata.plan', event_type: 'model' },
      { name: 'metadata.user.name', event_type: 'tool' },
      { name: 'feedback.rating', event_type: 'model' },
      { name: 'user_properties.user_id', event_type: 'tool' },
    ]),
  );
  expect(fields).not.toContainEqual({ name: 'metadata.plan', event_type: 'chain' });
  expect(mappings['feedback']).toEqual(
    expect.arrayContaining([{ field_name: 'feedback.rating', event_type: 'tool' }]),
  );
  expect(datasets).toEqual(['set-1']);
});

test('keeps to a date range and a run', async () => {
  const late = await api.ok('getEventsSchema', {
    query: { dateRange: JSON.stringify({ $gte: '2026-01-03T00:00:00Z' }) },
  });
  const run = await api.ok('getEventsSchema', { query: { evaluation_id: 'run-1' } });

  expect(late.fields.map(({ name }) => name)).toContain('metadata.big');
  expect(late.fields.map(({ name }) => name)).not.toContain('metadata.plan');
  expect(new Set(run.fields.map(({ event_type }) => event_type))).toEqual(new Set(['tool']));
});

test('is empty for a project without events', async () => {
  const { api: own } = await openProject();

  expect(await own.ok('getEventsSchema')).toMatchObject({ fields: [], datasets: [] });
});
