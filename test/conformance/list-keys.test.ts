import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation, id: projectId, name: project, key } = await openProject();

test('lists keys without their secrets, the newest first, and says which one asks', async () => {
  await organisation.ok('createKey', { body: { name: 'older', access: 'read', project } });
  await organisation.ok('createKey', { body: { name: 'newer', access: 'ingest', project } });

  const { status, text } = await api.send('listKeys');
  const { keys } = await api.ok('listKeys');

  expect(status).toBe(200);
  expect(keys.map(({ name, access, current }) => [name, access, current])).toEqual([
    ['newer', 'ingest', false],
    ['older', 'read', false],
    [expect.any(String), 'full', true],
  ]);
  expect(keys[0]).toMatchObject({ project_id: projectId, project, revoked_at: null });
  expect(text).not.toContain(key);
  expect(text).not.toContain('hash');
});

test('shows a key of the organisation those of every project', async () => {
  const { keys } = await organisation.ok('listKeys');

  expect(keys.some((other) => other.project_id === projectId)).toBe(true);
  expect(keys.some((other) => other.project_id === null)).toBe(true);
});
