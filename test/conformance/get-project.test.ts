import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation, name, id } = await openProject();

test.each([
  ['id', id],
  ['name', name],
])('finds a project by its %s, with its counts', async (_how, project_id) => {
  const session_id = `session by ${project_id}`;
  const before = await api.ok('getProject', { params: { project_id } });

  await api.ok('createEventBatch', {
    body: { events: [buildEvent({ session_id }), buildEvent({ session_id })] },
  });
  const after = await organisation.ok('getProject', { params: { project_id } });

  expect(after).toMatchObject({
    id,
    name,
    description: '',
    metadata: {},
    event_count: (before.event_count ?? 0) + 2,
    session_count: (before.session_count ?? 0) + 1,
  });
});

test('answers 404 for an unknown id', async () => {
  const project_id = randomUUID();

  const refusal = await organisation.refused('getProject', 404, { params: { project_id } });

  expect(refusal).toMatchObject({ errorCode: 'not_found' });
  expect(refusal.message).toContain(project_id);
});
