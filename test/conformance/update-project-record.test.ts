import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation, id } = await openProject();

test('changes a project and answers in the envelope', async () => {
  const body = { name: `renamed ${randomUUID()}`, description: 'new' };

  const { success, data } = await organisation.ok('updateProjectRecord', {
    params: { project_id: id },
    body,
  });
  const read = await api.ok('getProjectRecord', { params: { project_id: id } });

  expect(success).toBe(true);
  expect(data).toMatchObject({ id, ...body });
  expect(read.data).toMatchObject({ id, ...body });
});

test('answers 404 for an unknown project, 409 for a name that is taken, 400 for a wrong type', async () => {
  const unknown = await organisation.refused('updateProjectRecord', 404, {
    params: { project_id: randomUUID() },
    body: { description: 'x' },
  });
  const taken = await organisation.refused('updateProjectRecord', 409, {
    params: { project_id: id },
    body: { name: 'default' },
  });
  const wrong = await api.refused('updateProjectRecord', 400, {
    params: { project_id: id },
    body: { description: 5 },
  });

  expect([unknown.errorCode, taken.errorCode]).toEqual(['not_found', 'conflict']);
  expect(wrong.issues).toMatchObject([{ field: 'description' }]);
});
