import { createOperationCaller } from 'honeyhive-testkit';
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

test('answers 404 for a key that is not there', async () => {
  const refusal = await api.refused('revokeKey', 404, { params: { key_id: 'nobody' } });

  expect(refusal.errorCode).toBe('not_found');
});
