import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { view } from './explore-attempts.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();

test('deletes a view', async () => {
  const params = { view_id: randomUUID() };
  await api.ok('saveView', { params, body: view });

  await api.ok('deleteView', { params });

  expect((await api.ok('listViews')).views).toEqual([]);
});

test('answers 404 for a view that does not exist', async () => {
  const refusal = await api.refused('deleteView', 404, { params: { view_id: 'nothing' } });

  expect(refusal.errorCode).toBe('not_found');
});
