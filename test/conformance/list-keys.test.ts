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

test('says when each was last used', async () => {
  const before = Date.now();
  const { key: used, api_key: secret } = await organisation.ok('createKey', {
    body: { name: 'used', access: 'read', project },
  });
  const { key: idle } = await organisation.ok('createKey', {
    body: { name: 'idle', access: 'read', project },
  });
  await api.send('listProjects', { key: secret });

  const { keys } = await api.ok('listKeys');
  const lastUse = (id: string) => keys.find((key) => key.id === id)?.last_used_at;

  expect([used.last_used_at, lastUse(idle.id)]).toEqual([null, null]);
  expect(lastUse(used.id)).toBeGreaterThanOrEqual(before);
});
