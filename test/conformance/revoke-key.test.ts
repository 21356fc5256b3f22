import { createOperationCaller } from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { expect, test, vi } from 'vitest';
import { openProject } from './own-project.ts';
import { signIn } from './signed-in.ts';

const { url, api, organisation, name: project } = await openProject();

test('ends the key, and the sign-ins with it, within a second', async () => {
  const { key, api_key: secret } = await organisation.ok('createKey', {
    body: { name: 'leaked', access: 'full', project },
  });
  const thief = createOperationCaller({ url, key: secret });
  const { headers } = await signIn(url, secret);
  const nobody = createOperationCaller({ url });
  await thief.ok('listKeys');

  const revoked = await api.ok('revokeKey', { params: { key_id: key.id } });

  expect(revoked.key.revoked_at).toBeGreaterThan(0);
  await vi.waitFor(() => thief.refused('listKeys', 401), { timeout: 30_000, interval: 100 });
  await vi.waitFor(() => nobody.refused('listKeys', 401, { headers }), {
    timeout: 30_000,
    interval: 100,
  });
});

test('is done as well when the key was revoked before', async () => {
  const { key } = await api.ok('createKey', { body: { name: 'twice', access: 'read' } });
  const first = await api.ok('revokeKey', { params: { key_id: key.id } });

  const second = await api.ok('revokeKey', { params: { key_id: key.id } });

  expect(second.key.revoked_at).toBe(first.key.revoked_at);
});

test('does not lock the caller out', async () => {
  const { keys } = await api.ok('listKeys');
  const own = keys.find(({ current }) => current);

  const refusal = await api.refused('revokeKey', 409, { params: { key_id: own?.id ?? '' } });

  expect(refusal.message).toContain('another');
});

test('answers 404 for a key that does not exist', async () => {
  const refusal = await api.refused('revokeKey', 404, { params: { key_id: 'nobody' } });

  expect(refusal.errorCode).toBe('not_found');
});

/** A key that makes keys. */
const makeWith = async (maker: OperationCaller, name: string) => {
  const body = { name, access: 'full', project };
  const { key, api_key: secret } = await maker.ok('createKey', { body });
  return { id: key.id, api: createOperationCaller({ url, key: secret }) };
};

test('ends a key alone, or with all that were made with it and with those', async () => {
  const leaked = await makeWith(organisation, 'leaked');
  const child = await makeWith(leaked.api, 'child');
  const grandchild = await makeWith(child.api, 'grandchild');
  const other = await makeWith(organisation, 'other');

  const alone = await organisation.ok('revokeKey', { params: { key_id: leaked.id } });
  await grandchild.api.ok('listKeys');
  const all = await organisation.ok('revokeKey', {
    params: { key_id: leaked.id },
    query: { descendants: 'true' },
  });

  expect(alone.revoked).toEqual([leaked.id]);
  expect(all.revoked).toEqual([child.id, grandchild.id]);
  for (const { api: ended } of [leaked, child, grandchild])
    await vi.waitFor(() => ended.refused('listKeys', 401), { timeout: 30_000, interval: 100 });
  await other.api.ok('listKeys');
});

test('a key that was just revoked creates no other, although it is cached for a moment', async () => {
  const leaked = await makeWith(organisation, 'just revoked');
  await leaked.api.ok('listKeys');
  await organisation.ok('revokeKey', { params: { key_id: leaked.id } });

  const refusal = await leaked.api.refused('createKey', 401, {
    body: { name: 'too late', access: 'full', project },
  });

  expect(refusal.errorCode).toBe('unauthenticated');
});

test('does not lock the caller out with its maker', async () => {
  const maker = await makeWith(organisation, 'maker');
  const child = await makeWith(maker.api, 'child of the maker');

  const refusal = await child.api.refused('revokeKey', 409, {
    params: { key_id: maker.id },
    query: { descendants: 'true' },
  });

  expect(refusal.message).toContain('revoke it with another');
  await maker.api.ok('listKeys');
});
