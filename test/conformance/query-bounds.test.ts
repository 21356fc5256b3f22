import { limits } from 'honeyhive-wire';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

const deep = {
  field: ['metadata', ...Array.from({ length: 18 }, (_, index) => `k${index}`)].join('.'),
  operator: 'not contains',
  value: 'a',
};
const costly = Array.from({ length: limits.filters }, () => deep);
const costs = `the filters cost 2650, at most ${limits.filterCost} is allowed`;

test.each([
  ['exploreRows', { body: { scope: 'events', filters: costly } }],
  ['exploreHistogram', { body: { scope: 'events', filters: costly, from: 0, to: 1 } }],
  ['exploreGroups', { body: { scope: 'events', filters: costly, group_by: 'model' } }],
  ['exploreValues', { body: { path: 'model', filters: costly } }],
  ['exportEvents', { body: { filters: costly } }],
  ['searchEvents', { body: { filters: costly } }],
  ['listEvents', { query: { filters: JSON.stringify(costly) } }],
  ['getEventsChart', { query: { filters: JSON.stringify(costly) } }],
] as const)(
  '%s refuses filters that cost too much, and says what is allowed',
  async (id, input) => {
    const { issues } = await api.refused(id, 400, input);

    expect(issues).toEqual([{ field: 'filters', message: expect.stringContaining(costs) }]);
  },
);

test('a stream refuses them as well', async () => {
  const { issues } = await api.refused('exploreTail', 400, {
    query: { q: JSON.stringify(costly) },
  });

  expect(issues).toEqual([{ field: 'filters', message: expect.stringContaining(costs) }]);
});

test('the value of a filter has a largest size', async () => {
  const filterOf = (chars: number) => [
    { field: 'metadata.a', operator: 'is', value: 'x'.repeat(chars) },
  ];

  const { issues } = await api.refused('exportEvents', 400, {
    body: { filters: filterOf(limits.filterValueChars + 1) },
  });
  await api.ok('exportEvents', { body: { filters: filterOf(limits.filterValueChars) } });

  expect(issues?.[0]?.field).toBe('filters[0].value');
  expect(issues?.[0]?.message).toContain(String(limits.filterValueChars));
});

test('a query asks for so many fields at most', async () => {
  const names = (count: number) =>
    Array.from({ length: count }, (_, index) => `metadata.f${index}`);

  const { issues } = await api.refused('exportEvents', 400, {
    body: { projections: names(limits.projections + 1) },
  });
  await api.ok('exportEvents', { body: { projections: names(limits.projections) } });

  expect(issues).toEqual([
    { field: 'projections', message: expect.stringContaining(String(limits.projections)) },
  ]);
});
