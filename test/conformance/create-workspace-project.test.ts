import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation, id } = await openProject();
const { data: known } = await organisation.ok('getProjectRecord', { params: { project_id: id } });

test('creates a project in the workspace, in the envelope', async () => {
  const name = `in a workspace ${randomUUID()}`;

  const { success, data } = await organisation.ok('createWorkspaceProject', {
    params: { workspace_id: known.workspace_id },
    body: { name, description: 'd', project_creator: 'someone@example.com' },
  });

  expect(success).toBe(true);
  expect(data).toMatchObject({ name, description: 'd', workspace_id: known.workspace_id });
  expect(data['project_creator']).toBe('someone@example.com');
});

test('answers 404 for another workspace, 409 for a name that is taken, 400 for none', async () => {
  const params = { workspace_id: known.workspace_id };

  const unknown = await organisation.refused('createWorkspaceProject', 404, {
    params: { workspace_id: 'no-such' },
    body: { name: `never made ${randomUUID()}` },
  });
  const taken = await organisation.refused('createWorkspaceProject', 409, {
    params,
    body: { name: known.name },
  });
  const unnamed = await organisation.refused('createWorkspaceProject', 400, { params, body: {} });

  expect([unknown.errorCode, taken.errorCode]).toEqual(['not_found', 'conflict']);
  expect(unnamed.issues).toMatchObject([{ field: 'name' }]);
});

test('is not for a key that is bound to a project', async () => {
  const refusal = await api.refused('createWorkspaceProject', 403, {
    params: { workspace_id: known.workspace_id },
    body: { name: `never made ${randomUUID()}` },
  });

  expect(refusal.errorCode).toBe('forbidden');
});
