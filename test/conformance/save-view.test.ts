import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { view } from './explore-attempts.ts';
import { openProject } from './own-project.ts';

const { api, id: projectId } = await openProject();

test('saves a view, and saving it again replaces it', async () => {
  const params = { view_id: randomUUID() };

  const first = await api.ok('saveView', { params, body: view });
  const second = await api.ok('saveView', {
    params,
    body: { ...view, name: 'slower', sort: null },
  });

  expect(first).toMatchObject({ ...view, id: params.view_id, project_id: projectId });
  expect(second).toMatchObject({ name: 'slower', sort: null, created_at: first.created_at });
  expect((await api.ok('listViews')).views).toEqual([second]);
});

test('saves a chart as a view, and gives it back', async () => {
  const own = await openProject();
  const chart = { metric: 'cost_usd', aggregation: 'sum', group_by: 'model' } as const;
  const params = { view_id: randomUUID() };

  await own.api.ok('saveView', { params, body: { ...view, scope: 'events', chart } });

  expect((await own.api.ok('listViews')).views).toMatchObject([{ id: params.view_id, chart }]);
});

test('an id that a view of another project has is as any other', async () => {
  const [own, other] = [await openProject(), await openProject()];
  const params = { view_id: randomUUID() };
  await other.api.ok('saveView', { params, body: view });

  const saved = await own.api.ok('saveView', { params, body: { ...view, name: 'mine' } });
  await own.api.ok('saveView', { params, body: { ...view, name: 'mine again' } });
  const lists = [await own.api.ok('listViews'), await other.api.ok('listViews')];
  await own.api.ok('deleteView', { params });
  const { views: left } = await other.api.ok('listViews');

  expect(saved).toMatchObject({ id: params.view_id, project_id: own.id, name: 'mine' });
  expect(lists).toMatchObject([
    { views: [{ name: 'mine again', project_id: own.id }] },
    { views: [{ name: view.name, project_id: other.id }] },
  ]);
  expect(left).toEqual(lists[1]?.views);
});

test('refuses more views than a project may have', { timeout: 240_000 }, async () => {
  const { api: full } = await openProject();
  const save = () => full.send('saveView', { params: { view_id: randomUUID() }, body: view });
  const statuses: number[] = [];
  for (let count = 0; count < 501; count += 1) statuses.push((await save()).status);

  expect(statuses.slice(0, 500).every((status) => status === 200)).toBe(true);
  expect(statuses[500]).toBe(409);
});

test.each([
  ['a blank name', { name: ' ' }, 'name'],
  ['an unknown scope', { scope: 'all' }, 'scope'],
  ['a sort that rows do not have', { sort: { field: 'x', direction: 'ascending' } }, 'sort.field'],
  [
    'a chart of what cannot be added up',
    { chart: { metric: '', aggregation: 'sum' } },
    'chart.metric',
  ],
  [
    'an aggregation that there is not',
    { chart: { metric: 'duration', aggregation: 'mode' } },
    'chart.aggregation',
  ],
])('refuses %s', async (_what, change, field) => {
  const refusal = await api.refused('saveView', 400, {
    params: { view_id: randomUUID() },
    body: { ...view, ...change },
  });

  expect(refusal.issues?.[0]?.field).toBe(field);
});

test('refuses an id that is too long', async () => {
  const params = { view_id: 'x'.repeat(129) };

  expect((await api.refused('saveView', 400, { params, body: view })).issues?.[0]?.field).toBe(
    'view_id',
  );
});
