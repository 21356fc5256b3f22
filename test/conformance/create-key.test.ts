import { buildEvent, createOperationCaller } from 'honeyhive-testkit';
import { limits } from 'honeyhive-wire';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { url, api, organisation, id: projectId, name: project } = await openProject();

test('makes a key that works at once and is shown this once', async () => {
  const created = await organisation.ok('createKey', {
    body: { name: 'for the app', access: 'read', project },
  });

  const made = createOperationCaller({ url, key: created.api_key });
  const { keys } = await api.ok('listKeys');

  expect(created.key).toMatchObject({ name: 'for the app', access: 'read', project_id: projectId });
  expect((await made.ok('getProject', { params: { project_id: projectId } })).name).toBe(project);
  expect(keys.find(({ id }) => id === created.key.id)).toEqual({ ...created.key, current: false });
});

test('a key that is bound to a project makes keys of that project alone', async () => {
  const created = await api.ok('createKey', { body: { name: 'own', access: 'full' } });
  const refused = await api.refused('createKey', 404, {
    body: { name: 'other', access: 'read', project: 'default' },
  });

  expect(created.key.project_id).toBe(projectId);
  expect(refused.errorCode).toBe('not_found');
});

test.each([
  ['ingest', /^hh_ingst_[A-Za-z0-9]{24}_[A-Za-z0-9_-]{64}$/],
  ['full', /^hh_fgdp_[A-Za-z0-9]{24}_[A-Za-z0-9_-]{64}$/],
] as const)(
  'makes a typed key with %s access, which works until it is revoked',
  async (access, form) => {
    const { api_key: key, key: made } = await organisation.ok('createKey', {
      body: { name: 'typed', access, project, form: 'typed' },
    });
    const typed = createOperationCaller({ url, key });
    const store = () => typed.send('createEvent', { body: { event: buildEvent() } });

    expect(key).toMatch(form);
    expect((await store()).status).toBe(200);
    expect((await typed.send('listEvents')).status).toBe(access === 'ingest' ? 403 : 200);
    await organisation.ok('revokeKey', { params: { key_id: made.id } });
    await expect.poll(async () => (await store()).status).toBe(401);
  },
);

test('makes a key of the whole organisation when it names no project', async () => {
  const created = await organisation.ok('createKey', { body: { name: 'wide', access: 'read' } });

  expect(created.key.project_id).toBeNull();
});

test('makes a key that is refused once it has expired', async () => {
  // Long enough for two requests on a machine that does much else.
  const expiresAt = Date.now() + 8_000;
  const created = await organisation.ok('createKey', {
    body: { name: 'short', access: 'read', project, expires_at: expiresAt },
  });
  const made = createOperationCaller({ url, key: created.api_key });
  expect(created.key.expires_at).toBe(expiresAt);
  expect((await made.send('listEvents')).status).toBe(200);

  await expect
    .poll(async () => (await made.send('listEvents')).status, { timeout: 30_000 })
    .toBe(401);

  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
});

test('a key that expires makes none that outlives it', async () => {
  const expiresAt = Date.now() + 600_000;
  const { api_key: secret } = await organisation.ok('createKey', {
    body: { name: 'for a while', access: 'full', project, expires_at: expiresAt },
  });
  const brief = createOperationCaller({ url, key: secret });

  const made = await brief.ok('createKey', { body: { name: 'heir', access: 'read' } });
  const refused = await brief.refused('createKey', 400, {
    body: { name: 'late', access: 'read', expires_at: expiresAt + 1 },
  });

  expect(made.key.expires_at).toBe(expiresAt);
  expect(refused.issues?.[0]?.field).toBe('expires_at');
});

test.each([
  ['a blank name', { name: ' ', access: 'read' }, 'name'],
  ['an unknown access', { name: 'x', access: 'all' }, 'access'],
  ['a key that it does not know', { name: 'x', access: 'read', expires: 3 }, 'expires'],
  ['an expiry that is over', { name: 'x', access: 'read', expires_at: 3 }, 'expires_at'],
  ['an expiry that is no instant', { name: 'x', access: 'read', expires_at: 'soon' }, 'expires_at'],
])('refuses %s', async (_what, body, field) => {
  const refusal = await organisation.refused('createKey', 400, { body });

  expect(refusal.issues?.[0]?.field).toBe(field);
});

test('refuses a project that does not exist', async () => {
  const body = { name: 'x', access: 'read', project: 'nowhere at all' };

  expect((await organisation.refused('createKey', 404, { body })).errorCode).toBe('not_found');
});

test('says what made a key: the key it was made with, the command line, or the first start', async () => {
  const { keys } = await organisation.ok('listKeys');
  const me = keys.find(({ current }) => current);
  const made = await organisation.ok('createKey', { body: { name: 'child', access: 'read' } });

  expect(me?.created_by).toBe('first start');
  expect(made.key.created_by).toBe(me?.id);
});

test('a project has as many active keys as it may, and one more when one of them is revoked', async () => {
  const own = await openProject();
  const body = { name: 'one of many', access: 'read' };
  const made = Array.from({ length: limits.activeKeys - 1 }, () =>
    own.api.ok('createKey', { body }),
  );
  const [first] = await Promise.all(made);

  const refusal = await own.api.refused('createKey', 409, { body });
  await own.api.ok('revokeKey', { params: { key_id: first?.key.id ?? '' } });
  await own.api.ok('createKey', { body });

  expect(refusal.message).toContain(String(limits.activeKeys));
});
