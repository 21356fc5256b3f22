import { operations } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { organisation } = await openProject();

const create = () =>
  organisation.ok('createProject', {
    body: { name: `before ${randomUUID()}`, description: 'old', team: 'a' },
  });
const read = (project_id: string) => organisation.ok('getProject', { params: { project_id } });

describe.each(operations.updateProject.paths)('PUT %s', (path) => {
  test('changes the project with that id', async () => {
    const { id } = await create();
    const name = `after ${randomUUID()}`;

    const updated = await organisation.ok('updateProject', {
      path,
      body: { project_id: id, name, description: 'new' },
    });

    expect(updated).toMatchObject({ id, name, description: 'new' });
    expect(await read(id)).toMatchObject({ id, name, description: 'new', team: 'a' });
  });

  test('changes the project with that name, and renames it with `new_name`', async () => {
    const { id, name } = await create();
    const new_name = `renamed ${randomUUID()}`;

    await organisation.ok('updateProject', { path, body: { name, description: 'first' } });
    await organisation.ok('updateProject', { path, body: { project: { name, new_name } } });

    expect(await read(id)).toMatchObject({ name: new_name, description: 'first' });
    await organisation.refused('getProject', 404, { params: { project_id: name } });
  });

  test('leaves as it is what is absent or null', async () => {
    const { id, name } = await create();

    await organisation.ok('updateProject', { path, body: { project_id: id, description: null } });

    expect(await read(id)).toMatchObject({ name, description: 'old' });
  });

  test('answers 404 for an unknown project and 409 for a name that is taken', async () => {
    const [first, second] = [await create(), await create()];

    const unknown = await organisation.refused('updateProject', 404, {
      path,
      body: { project_id: randomUUID(), name: 'x' },
    });
    const taken = await organisation.refused('updateProject', 409, {
      path,
      body: { project_id: first.id, name: second.name },
    });

    expect([unknown.errorCode, taken.errorCode]).toEqual(['not_found', 'conflict']);
  });

  test('refuses a body that names no project', async () => {
    const refusal = await organisation.refused('updateProject', 400, {
      path,
      body: { description: 'x' },
    });

    expect(refusal.issues?.[0]?.field).toContain('project_id');
  });
});
