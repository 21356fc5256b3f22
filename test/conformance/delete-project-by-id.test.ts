import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { organisation } = await openProject();

test.each(['id', 'name'] as const)(
  'deletes a project by its %s, with all of its events',
  async (how) => {
    const project = await organisation.ok('createProject', {
      body: { name: `doomed ${randomUUID()}` },
    });
    const event = buildEvent({ project: project.name });
    await organisation.ok('createEvent', { body: { event } });

    const deleted = await organisation.ok('deleteProjectById', {
      params: { project_id: project[how] },
    });

    expect(deleted).toMatchObject({ success: true, deleted: project.id });
    await organisation.refused('getProject', 404, { params: { project_id: project.id } });
    await organisation.refused('getEvent', 404, { params: { event_id: event.event_id } });
  },
);

test('a key that was bound to the project is worth nothing afterwards', async () => {
  const { api, id, organisation: all } = await openProject();
  await all.ok('deleteProjectById', { params: { project_id: id } });

  const refusal = await api.refused('listEvents', 401);

  expect(refusal.errorCode).toBe('unauthenticated');
});

test('answers 404 for an unknown project', async () => {
  const refusal = await organisation.refused('deleteProjectById', 404, {
    params: { project_id: randomUUID() },
  });

  expect(refusal.errorCode).toBe('not_found');
});
