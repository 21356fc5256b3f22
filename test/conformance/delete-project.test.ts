import { buildEvent } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { organisation } = await openProject();

const create = () => organisation.ok('createProject', { body: { name: `doomed ${randomUUID()}` } });

describe.each(operations.deleteProject.paths)('DELETE %s', (path) => {
  test('deletes the named project with all of its events', async () => {
    const { id, name } = await create();
    const event = buildEvent({ project: name });
    await organisation.ok('createEvent', { body: { event } });

    const deleted = await organisation.ok('deleteProject', { path, query: { name } });

    expect(deleted).toMatchObject({ success: true, deleted: id });
    await organisation.refused('getProject', 404, { params: { project_id: id } });
    await organisation.refused('getEvent', 404, { params: { event_id: event.event_id } });
  });

  test('deletes the project with that id', async () => {
    const { id } = await create();

    const deleted = await organisation.ok('deleteProject', { path, query: { project_id: id } });

    expect(deleted.deleted).toBe(id);
    await organisation.refused('getProject', 404, { params: { project_id: id } });
  });

  test('starts empty when a project of the same name is made again', async () => {
    const { name } = await create();
    await organisation.ok('createEvent', { body: { event: buildEvent({ project: name }) } });
    await organisation.ok('deleteProject', { path, query: { name } });

    await organisation.ok('createProject', { body: { name } });
    const page = await organisation.ok('exportEvents', { body: { project: name } });

    expect(page).toMatchObject({ events: [], totalEvents: 0 });
  });

  test('leaves later events of its sessions to the project where new ones go', async () => {
    const { name } = await create();
    const event = buildEvent({ project: name });
    const { session_id: sessionId } = await organisation.ok('createEvent', { body: { event } });
    await organisation.ok('deleteProject', { path, query: { name } });

    const { project: _gone, ...later } = buildEvent({ session_id: sessionId });
    await organisation.ok('createEvent', { body: { event: later } });

    const found = await organisation.ok('getEvent', { params: { event_id: later.event_id } });
    expect(found).toMatchObject({ event_id: later.event_id, session_id: sessionId });
  });

  test('answers 404 for an unknown name, and 400 without one', async () => {
    const unknown = await organisation.refused('deleteProject', 404, {
      path,
      query: { name: randomUUID() },
    });
    const unnamed = await organisation.refused('deleteProject', 400, { path });

    expect(unknown.errorCode).toBe('not_found');
    expect(unnamed.issues?.[0]?.field).toBe('name');
  });
});

test('deletes a project during concurrent writes, with repeated and concurrent deletes', async () => {
  const statuses: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    const { id, name } = await create();
    const send = () =>
      organisation.send('createEvent', { body: { event: buildEvent({ project: name }) } });
    const remove = () => organisation.send('deleteProject', { query: { project_id: id } });

    const answers = await Promise.all([send(), send(), remove(), send(), remove(), send()]);

    statuses.push(...answers.map(({ status }) => status));
    await organisation.refused('getProject', 404, { params: { project_id: id } });
  }

  expect(statuses.filter((status) => status !== 200 && status !== 404)).toEqual([]);
});
