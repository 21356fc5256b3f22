import { buildSession } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { textWith } from './matching.ts';
import { openProject } from './own-project.ts';

const { api, id: projectId } = await openProject();

test('starts a session and answers with its event', async () => {
  const sent = buildSession({
    source: 'staging',
    user_properties: { user_id: 'u1' },
    metadata: { a: 1 },
  });

  const started = await api.ok('createSession', { body: sent });
  const read = await api.ok('getSessionTree', { params: { session_id: sent.session_id } });

  expect(started).toMatchObject({
    event_id: sent.session_id,
    session_id: sent.session_id,
    parent_id: null,
    event_type: 'session',
    event_name: sent.session_name,
    source: 'staging',
    user_properties: { user_id: 'u1' },
    project_id: projectId,
  });
  expect(read).toMatchObject({ event_name: sent.session_name, children: [] });
});

test('needs no key in its body', async () => {
  const started = await api.ok('createSession', { body: {} });

  expect(started).toMatchObject({ event_name: 'unknown', event_id: started.session_id });
});

test('merges metadata and user properties when the id is known', async () => {
  const sent = buildSession({ metadata: { a: 1, b: 1 } });
  await api.ok('createSession', { body: sent });

  const again = await api.ok('createSession', {
    body: { session_id: sent.session_id, metadata: { b: 2 }, user_properties: { plan: 'pro' } },
  });

  expect(again.metadata).toMatchObject({ a: 1, b: 2 });
  expect(again).toMatchObject({ user_properties: { plan: 'pro' }, event_name: sent.session_name });
});

test.each(['project', 'metrics', 'feedback', 'error', 'sesion_name', 'session'])(
  'refuses the key %s, which is not in its list',
  async (key) => {
    const refusal = await api.refused('createSession', 400, { body: { [key]: {} } });

    expect(refusal.issues).toEqual([{ field: key, message: textWith('unknown') }]);
  },
);

test.each([
  ['session_name', 7],
  ['user_properties', 'u1'],
  ['duration', -1],
])('refuses %s = %j and names it', async (field, value) => {
  const refusal = await api.refused('createSession', 400, { body: { [field]: value } });

  expect(refusal.issues?.map((issue) => issue.field)).toEqual([field]);
});
