import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation, name: projectName } = await openProject();

const read = async (event_id: string) => (await api.ok('getEvent', { params: { event_id } })).event;

const whole = {
  event_type: 'model',
  event_name: 'answer',
  source: 'production',
  parent_id: 'parent',
  children_ids: ['c1', 'c2'],
  error: 'interrupted',
  start_time: 1_760_000_000_000,
  end_time: 1_760_000_002_000,
  duration: 2000,
  config: { model: 'm', temperature: 0.2 },
  inputs: {
    chat_history: [{ role: 'user', content: 'Grüße 🐝' }],
    none: null,
    empty: {},
    list: [],
  },
  outputs: { role: 'assistant', content: 'hello' },
  metadata: { prompt_tokens: 3, nested: { deep: [1, { a: null }] } },
  metrics: { score: 0.5, passed: true, label: 'good' },
  feedback: { rating: 4 },
  user_properties: { user_id: 'u1' },
};

test.each([
  ['under `event`', (event: object) => ({ event })],
  ['bare', (event: object) => event],
  ['under `event` as JSON text', (event: object) => ({ event: JSON.stringify(event) })],
])('stores an event that is sent %s, whole', async (_how, wrap) => {
  const sent = buildEvent({ ...whole, session_id: randomUUID() });

  const created = await api.ok('createEvent', { body: wrap(sent) });
  const stored = await read(sent.event_id);

  expect(created).toMatchObject({
    event_id: sent.event_id,
    success: true,
    session_id: sent['session_id'],
    event_type: 'model',
    event_name: 'answer',
  });
  expect(stored).toMatchObject({ ...sent, project: projectName });
});

test('needs an event type only', async () => {
  const created = await api.ok('createEvent', { body: { event: { event_type: 'chain' } } });
  const stored = await read(created.event_id);

  expect(stored).toMatchObject({
    event_name: 'unknown',
    source: 'unknown',
    error: null,
    session_id: created.session_id,
    parent_id: created.session_id,
    children_ids: [],
    inputs: {},
    outputs: {},
    config: {},
    duration: 0,
  });
  expect(Math.abs(stored.start_time - Date.now())).toBeLessThan(60_000);
});

test('takes null for absent', async () => {
  const nulls = Object.fromEntries(Object.keys(whole).map((key) => [key, null]));

  const created = await api.ok('createEvent', {
    body: { event: { ...nulls, event_type: 'tool' } },
  });

  expect(await read(created.event_id)).toMatchObject({
    event_name: 'unknown',
    metadata: {},
    error: null,
  });
});

test('stores the same event once when it is sent twice, and keeps the first', async () => {
  const sent = buildEvent({ session_id: randomUUID() });

  const first = await api.ok('createEvent', { body: { event: sent } });
  const second = await api.ok('createEvent', { body: { event: { ...sent, event_name: 'late' } } });
  const session = await api.ok('getSession', {
    params: { session_id: String(sent['session_id']) },
  });

  expect(second.event_id).toBe(first.event_id);
  expect(session.event_count).toBe(1);
  expect(await read(sent.event_id)).toMatchObject({ event_name: sent.event_name });
});

test('a retry without a session id lands in the session of the first attempt', async () => {
  const sent = buildEvent();

  const first = await api.ok('createEvent', { body: { event: sent } });
  const second = await api.ok('createEvent', { body: { event: sent } });

  expect(second.session_id).toBe(first.session_id);
});

test('keeps keys that it does not know in metadata', async () => {
  const sent = buildEvent({ metadata: { a: 1 }, priority: 'high', team: { name: 'x' } });

  await api.ok('createEvent', { body: { event: sent } });

  const { metadata } = await read(sent.event_id);
  expect(metadata).toEqual({ a: 1, priority: 'high', team: { name: 'x' } });
});

test.each([
  [[1, 2], { value: [1, 2] }],
  ['text', { value: 'text' }],
  [0, { value: 0 }],
  [false, { value: false }],
  [null, {}],
  [{ value: 1 }, { value: 1 }],
])('keeps outputs %j as %j', async (outputs, kept) => {
  const sent = buildEvent({ outputs });

  await api.ok('createEvent', { body: { event: sent } });

  expect((await read(sent.event_id)).outputs).toEqual(kept);
});

test('keeps an error that is no text as JSON text', async () => {
  const sent = buildEvent({ error: { code: 429, reason: 'busy' } });

  await api.ok('createEvent', { body: { event: sent } });

  expect((await read(sent.event_id)).error).toBe('{"code":429,"reason":"busy"}');
});

test('moves `metadata.ground_truth` to feedback, and leaves `ground_truths` alone', async () => {
  const sent = buildEvent({
    metadata: { ground_truth: 'a', ground_truths: 'b' },
    feedback: { rating: 1 },
  });

  await api.ok('createEvent', { body: { event: sent } });

  expect(await read(sent.event_id)).toMatchObject({
    metadata: { ground_truths: 'b' },
    feedback: { rating: 1, ground_truth: 'a' },
  });
});

test('makes a session event without a session id the root of a new session', async () => {
  const sent = buildEvent({ event_type: 'session', event_name: 'own root' });

  const created = await api.ok('createEvent', { body: { event: sent } });
  const session = await api.ok('getSession', { params: { session_id: sent.event_id } });

  expect(created.session_id).toBe(sent.event_id);
  expect(session).toMatchObject({ session_name: 'own root', parent_id: null, event_count: 0 });
});

test('makes a session event with another session`s id a child of that session', async () => {
  const session_id = randomUUID();
  const sent = buildEvent({ event_type: 'session', event_name: 'agent turn', session_id });

  await api.ok('createEvent', { body: { event: sent } });
  const tree = await api.ok('getSessionTree', { params: { session_id } });

  expect(tree).toMatchObject({ event_id: session_id, event_count: 1 });
  expect(tree.children).toMatchObject([
    { event_id: sent.event_id, event_type: 'session', parent_id: session_id },
  ]);
});

test('derives the duration from the times, and the end from the duration', async () => {
  const byTimes = buildEvent({ start_time: 5000, end_time: 5250 });
  const byDuration = buildEvent({ start_time: 5000, duration: 300 });

  for (const event of [byTimes, byDuration]) await api.ok('createEvent', { body: { event } });

  expect(await read(byTimes.event_id)).toMatchObject({ duration: 250, end_time: 5250 });
  expect(await read(byDuration.event_id)).toMatchObject({ duration: 300, end_time: 5300 });
});

test('refuses an unknown event type and names those it knows', async () => {
  const refusal = await api.refused('createEvent', 400, {
    body: { event: { event_type: 'batch_item' } },
  });

  expect(refusal.issues).toHaveLength(1);
  expect(refusal.issues?.[0]?.field).toMatch(/event_type$/);
  for (const type of ['session', 'model', 'tool', 'chain']) expect(refusal.message).toContain(type);
});

test.each([
  ['event_type', undefined],
  ['event_type', 3],
  ['event_name', {}],
  ['event_name', 'x'.repeat(1025)],
  ['event_id', ''],
  ['event_id', 'x'.repeat(129)],
  ['inputs', 'text'],
  ['metadata', []],
  ['start_time', -1],
  ['start_time', true],
  ['end_time', 'soon'],
  ['duration', '12'],
  ['children_ids', 'c1'],
  ['source', 'x'.repeat(257)],
])('refuses %s = %j and names it', async (field, value) => {
  const refusal = await api.refused('createEvent', 400, {
    body: { event: { ...buildEvent(), [field]: value } },
  });

  expect(refusal.errorCode).toBe('invalid_request');
  expect(refusal.issues?.[0]?.field).toContain(field);
});

test('names every field that is wrong at once', async () => {
  const refusal = await api.refused('createEvent', 400, {
    body: { event: buildEvent({ duration: 'long', inputs: 1, metrics: 'good' }) },
  });

  expect(refusal.issues).toHaveLength(3);
});

test('with a key of the organisation, goes to the named project, or to `default`', async () => {
  const named = buildEvent({ project: projectName });
  const unnamed = buildEvent();

  for (const event of [named, unnamed]) await organisation.ok('createEvent', { body: { event } });
  const found = await organisation.ok('getEvent', { params: { event_id: unnamed.event_id } });

  expect(await read(named.event_id)).toMatchObject({ project: projectName });
  expect(found.event.project).toBe('default');
  await api.refused('getEvent', 404, { params: { event_id: unnamed.event_id } });
});
