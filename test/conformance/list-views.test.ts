import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { view } from './explore-attempts.ts';
import { openProject } from './own-project.ts';

test('lists the views of one project by name', async () => {
  const [mine, other] = [await openProject(), await openProject()];
  for (const name of ['slow', 'Errors', 'cheap'])
    await mine.api.ok('saveView', { params: { view_id: randomUUID() }, body: { ...view, name } });
  await other.api.ok('saveView', { params: { view_id: randomUUID() }, body: view });

  const { views } = await mine.api.ok('listViews');
  const named = await mine.organisation.ok('listViews', { query: { project: mine.name } });

  expect(views.map(({ name }) => name)).toEqual(['cheap', 'Errors', 'slow']);
  expect(named.views).toEqual(views);
});

test('goes with its project', async () => {
  const { id, name, api, organisation } = await openProject();
  await api.ok('saveView', { params: { view_id: randomUUID() }, body: view });
  await organisation.ok('deleteProjectRecord', { params: { project_id: id } });
  await organisation.ok('createProject', { body: { name } });

  expect((await organisation.ok('listViews', { query: { project: name } })).views).toEqual([]);
});
