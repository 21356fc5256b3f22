import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { organisation } = await openProject();

test('deletes a project with all of its events', async () => {
  const { id, name } = await organisation.ok('createProject', {
    body: { name: `doomed ${randomUUID()}` },
  });
  const event = buildEvent({ project: name });
  await organisation.ok('createEvent', { body: { event } });

  const deleted = await organisation.ok('deleteProjectRecord', { params: { project_id: id } });

  expect(deleted).toMatchObject({ success: true, deleted: id });
  await organisation.refused('getProjectRecord', 404, { params: { project_id: id } });
  await organisation.refused('getEvent', 404, { params: { event_id: event.event_id } });
});

test('answers 404 for an unknown project', async () => {
  const refusal = await organisation.refused('deleteProjectRecord', 404, {
    params: { project_id: randomUUID() },
  });

  expect(refusal.errorCode).toBe('not_found');
});
