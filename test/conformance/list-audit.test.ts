import { buildEvent, createOperationCaller } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';
import { signIn } from './signed-in.ts';

const { url, key, api, organisation, id: projectId, name: project } = await openProject();

/** What this file did, oldest first. */
async function readOwn() {
  const { entries } = await organisation.ok('listAudit', { query: { limit: '1000' } });
  return entries.filter((entry) => entry.project === projectId).toReversed();
}

test('keys, settings and deletions leave an entry with who did what from where', async () => {
  const { keys } = await api.ok('listKeys');
  const me = keys.find(({ current }) => current);
  const { key: made } = await api.ok('createKey', { body: { name: 'audited', access: 'read' } });
  await api.ok('updateProjectSettings', {
    params: { project_id: projectId },
    body: { sampling_rate: 1, secret: 'SETTING-SECRET' },
  });
  const event = buildEvent({ outputs: { answer: 'PAYLOAD-SECRET' } });
  await api.ok('createEvent', { body: { event } });
  await api.ok('deleteEvent', { params: { event_id: event.event_id } });
  await api.refused('deleteEvent', 404, { params: { event_id: 'not there' } });
  await api.ok('exploreDelete', { body: { scope: 'events', ids: [event.event_id, 'x'], project } });
  await api.ok('revokeKey', { params: { key_id: made.id } });

  const entries = (await readOwn()).filter(({ actor }) => actor === me?.id);

  expect(entries.map(({ action, outcome, target }) => [action, outcome, target])).toEqual([
    ['key.create', 'ok', made.id],
    ['settings.update', 'ok', projectId],
    ['event.delete', 'ok', event.event_id],
    ['event.delete', 'not_found', 'not there'],
    ['event.delete', 'ok', null],
    ['key.revoke', 'ok', made.id],
  ]);
  expect(entries[0]).toMatchObject({ actor_name: me?.name, address: '127.0.0.1' });
  expect(new Set(entries.map(({ request_id: id }) => id)).size).toBe(6);
  expect(JSON.stringify(entries)).not.toMatch(/SECRET/);
});

test('sign-ins, failures and sign-outs leave one, and none shows a key', async () => {
  const nobody = createOperationCaller({ url });
  const wrong = `hh_${'a'.repeat(12)}_${'b'.repeat(32)}`;
  await nobody.refused('signIn', 401, { body: { api_key: wrong } });
  const { headers } = await signIn(url, key);
  await nobody.ok('signOut', { headers });

  const { entries } = await organisation.ok('listAudit', { query: { limit: '1000' } });

  expect(entries).toContainEqual(
    expect.objectContaining({
      action: 'sign_in',
      outcome: 'unauthenticated',
      actor: 'unknown',
      target: 'a'.repeat(12),
    }),
  );
  const id = key.split('_')[1];
  expect(entries).toContainEqual(
    expect.objectContaining({ action: 'sign_in', outcome: 'ok', actor: id }),
  );
  expect(entries).toContainEqual(
    expect.objectContaining({ action: 'sign_out', outcome: 'ok', actor: id }),
  );
  expect(JSON.stringify(entries)).not.toMatch(/hh_\w{12}_\w{32}/);
});

test('projects leave one, made or changed or deleted', async () => {
  const made = await organisation.ok('createProject', { body: { name: `${project} audited` } });
  await organisation.ok('updateProjectById', {
    params: { project_id: made.id },
    body: { description: 'changed' },
  });
  await organisation.ok('deleteProjectById', { params: { project_id: made.id } });

  const { entries } = await organisation.ok('listAudit', { query: { limit: '1000' } });
  const own = entries.filter(({ target }) => target === made.id).map(({ action }) => action);

  expect(own.toReversed()).toEqual(['project.create', 'project.update', 'project.delete']);
});

test('pages continue where the one before ended', async () => {
  for (let count = 0; count < 3; count += 1)
    await api.refused('deleteEvent', 404, { params: { event_id: `page ${count}` } });

  const first = await organisation.ok('listAudit', { query: { limit: '2' } });
  const second = await organisation.ok('listAudit', {
    query: { limit: '2', before: String(first.next) },
  });

  expect(first.entries).toHaveLength(2);
  expect(second.entries).toHaveLength(2);
  expect(second.entries[0]?.id).toBeLessThan(first.entries[1]?.id ?? 0);
});

test('is for full keys of the organisation', async () => {
  const { api_key: read } = await organisation.ok('createKey', {
    body: { name: 'reader', access: 'read' },
  });

  await api.refused('listAudit', 403);
  await createOperationCaller({ url, key: read }).refused('listAudit', 403);
  const wrong = await organisation.refused('listAudit', 400, { query: { limit: '5000' } });

  expect(wrong.message).toContain('limit');
});
