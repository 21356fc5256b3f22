import { createOperationCaller } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { fillHours, hourMs, sampleStart } from './explore-sample.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();
await fillHours(api);

const read = (body: Readonly<Record<string, unknown>>) => api.ok('exploreGroups', { body });

test('groups of events, largest first, with their sums', async () => {
  const { groups, total_groups } = await read({ group_by: 'event_name' });

  expect(total_groups).toBe(3);
  expect(groups).toEqual([
    {
      value: 'answer',
      count: 48,
      error_count: 0,
      p50_ms: 2_450,
      p95_ms: 4_565,
      total_tokens: 480,
      cost_usd: 24,
    },
    expect.objectContaining({ value: 'chat', count: 48 }),
    {
      value: 'look up',
      count: 48,
      error_count: 8,
      p50_ms: null,
      p95_ms: null,
      total_tokens: 0,
      cost_usd: 0,
    },
  ]);
});

test('groups of sessions have what the events of each add up to', async () => {
  const { groups } = await read({ scope: 'sessions', group_by: 'user_properties.plan' });

  expect(groups).toMatchObject([
    { value: 'free', count: 24, error_count: 8, total_tokens: 240, cost_usd: 12, p50_ms: 25_000 },
    { value: 'plus', count: 24, error_count: 0, total_tokens: 240, cost_usd: 12, p50_ms: 24_000 },
  ]);
});

test('are sorted and cut as asked, and counted whole', async () => {
  const sort = { field: 'value', direction: 'ascending' };
  const first = await read({ group_by: 'user', sort, limit: 2, scope: 'sessions' });
  const last = await read({
    group_by: 'model',
    sort: { field: 'cost_usd', direction: 'ascending' },
    limit: 1,
    filters: [{ field: 'model', operator: 'exists' }],
  });

  expect(first.groups.map(({ value, count }) => [value, count])).toEqual([
    ['u0', 10],
    ['u1', 10],
  ]);
  expect(first.total_groups).toBe(5);
  expect(last.groups).toMatchObject([{ value: 'gemini', cost_usd: 4 }]);
});

test('events without a value are a group, and a range is a range', async () => {
  const { groups } = await read({
    group_by: 'model',
    from: sampleStart,
    to: sampleStart + hourMs,
  });

  expect(groups.map(({ value, count }) => [value, count])).toEqual([
    [null, 2],
    ['gpt-5', 1],
  ]);
});

test('events are grouped by the API key that created them, whatever updates them', async () => {
  const project = await openProject();
  const second = await project.organisation.ok('createKey', {
    body: { name: 'second', access: 'ingest', project: project.id },
  });
  const apis = [
    project.api,
    createOperationCaller({ url: project.url, key: second.api_key }),
    project.organisation,
  ];
  for (const [index, api] of apis.entries()) {
    await api.ok('createEvent', {
      body: {
        event: {
          project: project.name,
          event_type: 'model',
          event_name: 'call',
          event_id: `e${index}`,
          session_id: 's',
          inputs: {},
          duration: 1,
          metadata: { cost: 2 ** index },
        },
      },
    });
  }
  await project.api.ok('updateEvent', { body: { event_id: 'e1', feedback: { rating: 1 } } });

  const filters = [{ field: 'event_type', operator: 'is', value: 'model' }];
  const { groups } = await project.api.ok('exploreGroups', {
    body: { group_by: 'api_key_id', filters },
  });

  expect(groups.map(({ value, cost_usd }) => [value, cost_usd])).toEqual(
    expect.arrayContaining([
      [project.keyId, 1],
      [second.key.id, 2],
    ]),
  );
  expect(groups).toHaveLength(3);
  const ofSecond = { field: 'api_key_id', operator: 'is', value: second.key.id };
  const { rows } = await project.api.ok('exploreRows', {
    body: { scope: 'events', filters: [ofSecond] },
  });
  expect(rows.map((row) => row.event_id)).toEqual(['e1']);
});

test.each<[Record<string, unknown>, string]>([
  [{}, 'group_by'],
  [{ group_by: 'nope' }, 'group_by'],
  [{ group_by: 'model', limit: 0 }, 'limit'],
  [{ group_by: 'model', sort: { field: 'p99', direction: 'ascending' } }, 'sort.field'],
])('refuses %j and names %s', async (body, field) => {
  const refusal = await api.refused('exploreGroups', 400, { body });

  expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
});
