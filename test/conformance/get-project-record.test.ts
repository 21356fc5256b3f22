import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation, name, id } = await openProject();

test.each([
  ['id', id],
  ['name', name],
])('finds a project by its %s, in the envelope', async (_how, project_id) => {
  const { success, data } = await api.ok('getProjectRecord', { params: { project_id } });

  expect(success).toBe(true);
  expect(data).toMatchObject({ id, name, description: '', event_count: 0, session_count: 0 });
});

test('answers 404 for an unknown project', async () => {
  const refusal = await organisation.refused('getProjectRecord', 404, {
    params: { project_id: randomUUID() },
  });

  expect(refusal.errorCode).toBe('not_found');
});
