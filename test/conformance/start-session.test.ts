import { buildSession } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation, name: projectName, id: projectId } = await openProject();

test.each([
  ['under `session`', (session: object) => ({ session })],
  ['bare', (session: object) => session],
  ['under `session` as JSON text', (session: object) => ({ session: JSON.stringify(session) })],
])('starts a session that is sent %s', async (_how, wrap) => {
  const sent = buildSession({ session_name: 'refund', source: 'production', inputs: { q: 1 } });

  const started = await api.ok('startSession', { body: wrap(sent) });
  const read = await api.ok('getSession', { params: { session_id: sent.session_id } });

  expect(started).toMatchObject({ session_id: sent.session_id, session_name: 'refund' });
  expect(read).toMatchObject({ event_name: 'refund', source: 'production', inputs: { q: 1 } });
});

test('answers with the whole session event', async () => {
  const sent = buildSession({ start_time: 1_760_000_000_000, duration: 1500 });

  const started = await api.ok('startSession', { body: { session: sent } });

  expect(started).toMatchObject({
    event_id: sent.session_id,
    session_id: sent.session_id,
    parent_id: null,
    children_ids: [],
    event_type: 'session',
    event_name: sent.session_name,
    session_name: sent.session_name,
    error: null,
    source: 'unknown',
    start_time: 1_760_000_000_000,
    end_time: 1_760_000_001_500,
    duration: 1500,
    config: {},
    inputs: {},
    outputs: {},
    metrics: {},
    feedback: {},
    user_properties: {},
    project: projectName,
    project_id: projectId,
    event_count: 0,
    error_count: 0,
  });
  expect(Date.parse(started.created_at)).toBeGreaterThan(Date.now() - 60_000);
});

test('needs nothing at all: the id is made, the name is `unknown`, it starts now', async () => {
  const started = await api.ok('startSession', { body: {} });

  expect(started.session_id).toMatch(/^[\da-f-]{36}$/);
  expect(started.event_name).toBe('unknown');
  expect(Math.abs(started.start_time - Date.now())).toBeLessThan(60_000);
});

test('keeps a session id that is no UUID', async () => {
  const sent = buildSession({ session_id: `session_abc123 ${Date.now()}/ü` });

  const started = await api.ok('startSession', { body: { session: sent } });
  const read = await api.ok('getSession', { params: { session_id: sent.session_id } });

  expect(started.session_id).toBe(sent.session_id);
  expect(read.session_id).toBe(sent.session_id);
});

test('takes `event_name` when there is no `session_name`', async () => {
  const started = await api.ok('startSession', { body: { session: { event_name: 'fallback' } } });

  expect(started.session_name).toBe('fallback');
});

test('takes null for absent', async () => {
  const session = {
    session_id: null,
    session_name: null,
    source: null,
    config: null,
    inputs: null,
    outputs: null,
    metadata: null,
    metrics: null,
    feedback: null,
    user_properties: null,
    error: null,
    start_time: null,
    end_time: null,
    duration: null,
    children_ids: null,
  };

  const started = await api.ok('startSession', { body: { session } });

  expect(started).toMatchObject({ event_name: 'unknown', inputs: {}, children_ids: [] });
});

test('has no null in its answer but `parent_id` and `error`', async () => {
  const started = await api.ok('startSession', { body: {} });

  const nulls = Object.entries(started).filter(([, value]) => value === null);
  expect(nulls.map(([key]) => key).toSorted()).toEqual(['error', 'parent_id']);
});

test('keeps keys that it does not know in metadata, and `user_id` also in user properties', async () => {
  const sent = buildSession({ user_id: 'u1', conversation_type: 'support', priority: 3 });

  const started = await api.ok('startSession', { body: { session: sent } });

  expect(started.metadata).toMatchObject({
    user_id: 'u1',
    conversation_type: 'support',
    priority: 3,
  });
  expect(started.user_properties).toEqual({ user_id: 'u1' });
});

test('merges metadata and user properties of a session that is started again', async () => {
  const first = buildSession({
    source: 'dev',
    start_time: 1_760_000_000_000,
    metadata: { a: 1, b: 1 },
    user_properties: { plan: 'free', user_id: 'u' },
  });
  const again = {
    session_id: first.session_id,
    metadata: { b: 2, c: 3 },
    user_properties: { plan: 'pro' },
  };
  await api.ok('startSession', { body: { session: first } });

  const second = await api.ok('startSession', { body: { session: again } });
  const read = await api.ok('getSession', { params: { session_id: first.session_id } });

  for (const session of [second, read]) {
    expect(session.metadata).toMatchObject({ a: 1, b: 2, c: 3 });
    expect(session.user_properties).toEqual({ plan: 'pro', user_id: 'u' });
    expect(session).toMatchObject({
      event_name: first.session_name,
      start_time: first['start_time'],
    });
  }
});

test('gives a session its name when events came before it', async () => {
  const sent = buildSession();
  await api.ok('createEvent', { body: { event_type: 'tool', session_id: sent.session_id } });

  await api.ok('startSession', { body: { session: sent } });
  const read = await api.ok('getSession', { params: { session_id: sent.session_id } });

  expect(read).toMatchObject({ session_name: sent.session_name, event_count: 1 });
});

test('moves `metadata.ground_truth` to feedback', async () => {
  const sent = buildSession({ metadata: { ground_truth: 'Paris', other: 1 } });

  const started = await api.ok('startSession', { body: { session: sent } });

  expect(started.feedback).toEqual({ ground_truth: 'Paris' });
  expect(started.metadata).not.toHaveProperty('ground_truth');
  expect(started.metadata).toMatchObject({ other: 1 });
});

test('reads times as ISO-8601 text', async () => {
  const sent = buildSession({
    start_time: '2026-01-02T03:04:05.678Z',
    end_time: '2026-01-02T03:04:06Z',
  });

  const started = await api.ok('startSession', { body: { session: sent } });

  expect(started.start_time).toBe(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
  expect(started.duration).toBe(322);
});

test.each([
  ['session_name', 5],
  ['session_id', ''],
  ['session_id', 'x'.repeat(129)],
  ['metadata', 'text'],
  ['inputs', [1]],
  ['duration', '5 seconds'],
  ['start_time', 'yesterday'],
  ['children_ids', [1]],
])('refuses %s = %j and names it', async (field, value) => {
  const refusal = await api.refused('startSession', 400, { body: { session: { [field]: value } } });

  expect(refusal.errorCode).toBe('invalid_request');
  expect(refusal.issues?.[0]?.field).toContain(field);
});

test('refuses a wrapper that holds neither an object nor the JSON text of one', async () => {
  const refusal = await api.refused('startSession', 400, { body: { session: 'not json' } });

  expect(refusal.issues?.[0]?.field).toBe('session');
});

test('with a key of the organisation, goes to the project that it names, made when it is new', async () => {
  const sent = buildSession({ project: `made by a session ${Date.now()}` });

  const started = await organisation.ok('startSession', { body: { session: sent } });
  const [project] = await organisation
    .ok('listProjects', { query: { name: String(sent['project']) } })
    .then((list) => (Array.isArray(list) ? list : list.projects));

  expect(started.project).toBe(sent['project']);
  expect(project?.id).toBe(started.project_id);
});

test('with a key of a project, ignores the project that it names', async () => {
  const started = await api.ok('startSession', { body: { session: { project: 'another one' } } });

  expect(started.project).toBe(projectName);
});
