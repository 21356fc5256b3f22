import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation, id } = await openProject();

test.each([
  ['bare', (project: object) => project],
  ['under `project`', (project: object) => ({ project })],
])('changes the project of the path with a body that is sent %s', async (_how, wrap) => {
  const body = { name: `renamed ${randomUUID()}`, description: 'new', type: 'completion' };

  const updated = await organisation.ok('updateProjectById', {
    params: { project_id: id },
    body: wrap(body),
  });

  expect(updated).toMatchObject({ id, ...body });
  expect(await organisation.ok('getProject', { params: { project_id: body.name } })).toMatchObject({
    id,
    ...body,
  });
});

test('answers 404 for an unknown project, 409 for a name that is taken, 400 for a blank one', async () => {
  const unknown = await organisation.refused('updateProjectById', 404, {
    params: { project_id: randomUUID() },
    body: { description: 'x' },
  });
  const taken = await organisation.refused('updateProjectById', 409, {
    params: { project_id: id },
    body: { name: 'default' },
  });
  const blank = await api.refused('updateProjectById', 400, {
    params: { project_id: id },
    body: { name: ' ' },
  });

  expect([unknown.errorCode, taken.errorCode]).toEqual(['not_found', 'conflict']);
  expect(blank.issues?.[0]?.field).toContain('name');
});
