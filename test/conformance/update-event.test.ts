import { buildEvent, buildSession } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

const read = async (event_id: string) => (await api.ok('getEvent', { params: { event_id } })).event;

async function store(overrides: Readonly<Record<string, unknown>> = {}) {
  const event = buildEvent(overrides);
  await api.ok('createEvent', { body: { event } });
  return event.event_id;
}

test('merges the objects key by key, and the new value wins', async () => {
  const buckets = ['metadata', 'feedback', 'metrics', 'config', 'user_properties'];
  const before = Object.fromEntries(buckets.map((name) => [name, { kept: 1, changed: { a: 1 } }]));
  const change = Object.fromEntries(
    buckets.map((name) => [name, { changed: { b: 2 }, added: true }]),
  );
  const event_id = await store(before);

  const answer = await api.ok('updateEvent', { body: { event_id, ...change } });
  const after: Readonly<Record<string, unknown>> = await read(event_id);

  expect(answer.success).toBe(true);
  for (const name of buckets) {
    expect(after[name]).toEqual({ kept: 1, changed: { b: 2 }, added: true });
  }
});

test('replaces outputs as a whole', async () => {
  const event_id = await store({ outputs: { a: 1, b: 2 } });

  await api.ok('updateEvent', { body: { event_id, outputs: { b: 3 } } });

  expect((await read(event_id)).outputs).toEqual({ b: 3 });
});

test('keeps outputs that are no object as `{value}`', async () => {
  const event_id = await store();

  await api.ok('updateEvent', { body: { event_id, outputs: [1, 2] } });

  expect((await read(event_id)).outputs).toEqual({ value: [1, 2] });
});

test('sets duration, end and, unless empty, the ids of children', async () => {
  const event_id = await store({ start_time: 1000, children_ids: ['a'] });

  await api.ok('updateEvent', {
    body: { event_id, duration: 40, end_time: 1040, children_ids: [] },
  });
  const first = await read(event_id);
  await api.ok('updateEvent', { body: { event_id, children_ids: ['b', 'c'] } });
  const second = await read(event_id);

  expect(first).toMatchObject({ duration: 40, end_time: 1040, children_ids: ['a'] });
  expect(second).toMatchObject({ duration: 40, end_time: 1040, children_ids: ['b', 'c'] });
});

test('leaves everything as it is that is null', async () => {
  const sent = {
    metadata: { a: 1 },
    outputs: { b: 2 },
    feedback: { c: 3 },
    duration: 5,
    start_time: 1,
  };
  const event_id = await store(sent);
  const nulls = Object.fromEntries(
    [
      'metadata',
      'feedback',
      'metrics',
      'outputs',
      'config',
      'user_properties',
      'duration',
      'end_time',
      'children_ids',
    ].map((name) => [name, null]),
  );

  await api.ok('updateEvent', { body: { event_id, ...nulls } });

  expect(await read(event_id)).toMatchObject(sent);
});

test('changes the name, inputs and error of a step that was begun before', async () => {
  const event_id = await store({ event_name: 'before', inputs: { a: 1, b: 1 } });

  const answer = await api.ok('updateEvent', {
    body: { event_id, event_name: 'after', inputs: { a: 2 }, error: 'rate limit reached' },
  });
  const failed = await read(event_id);
  await api.ok('updateEvent', { body: { event_id, error: '' } });

  expect(answer.warnings).toBeUndefined();
  expect(failed).toMatchObject({ event_name: 'after', error: 'rate limit reached' });
  expect(failed.inputs).toEqual({ a: 2 });
  expect((await read(event_id)).error).toBeNull();
});

test('moves the start of a step, into another hour too, and its duration follows', async () => {
  const hour = 3_600_000;
  const event_id = await store({ start_time: 10 * hour, end_time: 10 * hour + 500 });

  await api.ok('updateEvent', { body: { event_id, start_time: 10 * hour - 250 } });
  const moved = await read(event_id);
  await api.ok('updateEvent', {
    body: { event_id, start_time: 5 * hour, end_time: 5 * hour + 20 },
  });

  expect(moved).toMatchObject({ start_time: 10 * hour - 250, end_time: 10 * hour + 500 });
  expect(moved.duration).toBe(750);
  expect(await read(event_id)).toMatchObject({ start_time: 5 * hour, duration: 20 });
});

test('names what an update does not change', async () => {
  const event_id = await store({ event_type: 'tool', source: 'before' });

  const answer = await api.ok('updateEvent', {
    body: {
      event_id,
      event_type: 'chain',
      source: 'after',
      session_id: null,
      metadata: { m: 1 },
    },
  });

  expect(answer.warnings).toEqual(
    ['event_type', 'source'].map((field) => ({
      field,
      message: 'not changed: an update cannot change it',
    })),
  );
  expect(await read(event_id)).toMatchObject({
    source: 'before',
    event_type: 'tool',
    metadata: { m: 1 },
  });
});

test('an empty or false error means no error', async () => {
  const events = ['', false, 0, {}, []].map((error) => buildEvent({ error }));

  await api.ok('createEventBatch', { body: { events } });
  const errors = await Promise.all(
    events.map(async ({ event_id }) => (await read(event_id)).error),
  );

  expect(errors).toEqual(events.map(() => null));
});

test('changes a session under its session id', async () => {
  const session = buildSession({ metadata: { a: 1 } });
  await api.ok('startSession', { body: { session } });

  await api.ok('updateEvent', {
    body: {
      event_id: session.session_id,
      metadata: { b: 2 },
      outputs: { done: true },
      feedback: { rating: 5 },
    },
  });
  const after = await api.ok('getSession', { params: { session_id: session.session_id } });

  expect(after).toMatchObject({ outputs: { done: true }, feedback: { rating: 5 } });
  expect(after.metadata).toMatchObject({ a: 1, b: 2, has_feedback: true });
});

test('counts tokens that an update brings', async () => {
  const session_id = randomUUID();
  const event_id = await store({ session_id, event_type: 'model', metadata: { total_tokens: 5 } });

  await api.ok('updateEvent', { body: { event_id, metadata: { total_tokens: 12, cost: 0.5 } } });
  const session = await api.ok('getSession', { params: { session_id } });

  expect(session.metadata).toMatchObject({ total_tokens: 12, cost: 0.5 });
});

test('keeps updates of an event that has not come, and applies them in order when it comes', async () => {
  const event = buildEvent({ session_id: randomUUID(), metadata: { from: 'create', own: 1 } });
  const { event_id } = event;

  await api.ok('updateEvent', { body: { event_id, metadata: { from: 'first', a: 1 } } });
  await api.ok('updateEvent', {
    body: { event_id, metadata: { from: 'second' }, outputs: { done: true } },
  });
  await api.refused('getEvent', 404, { params: { event_id } });
  await api.ok('createEvent', { body: { event } });

  expect(await read(event_id)).toMatchObject({
    metadata: { from: 'second', a: 1, own: 1 },
    outputs: { done: true },
  });
});

test('applies a kept update when the event comes in a batch, and once only', async () => {
  const event = buildEvent({ session_id: randomUUID() });
  const { event_id } = event;
  await api.ok('updateEvent', { body: { event_id, metrics: { score: 1 } } });

  await api.ok('createEventBatch', { body: { events: [event] } });
  await api.ok('updateEvent', { body: { event_id, metrics: { score: 2 } } });
  await api.ok('createEventBatch', { body: { events: [event] } });

  expect((await read(event_id)).metrics).toEqual({ score: 2 });
});

test('keeps an update of a session that starts later', async () => {
  const session = buildSession();
  await api.ok('updateEvent', {
    body: { event_id: session.session_id, user_properties: { plan: 'pro' } },
  });

  await api.ok('startSession', { body: { session } });
  const read = await api.ok('getSession', { params: { session_id: session.session_id } });

  expect(read).toMatchObject({
    user_properties: { plan: 'pro' },
    session_name: session.session_name,
  });
});

test('moves `updated_at` and not `created_at`', async () => {
  const event_id = await store();
  const before = await read(event_id);

  await api.ok('updateEvent', { body: { event_id, metadata: { a: 1 } } });
  const after = await read(event_id);

  expect(after.created_at).toBe(before.created_at);
  expect(Date.parse(after.updated_at)).toBeGreaterThanOrEqual(Date.parse(before.updated_at));
});

test.each([
  ['event_id', undefined],
  ['event_id', 5],
  ['event_id', ''],
  ['metadata', 'text'],
  ['duration', 'long'],
  ['end_time', 'soon'],
  ['children_ids', 'a'],
])('refuses %s = %j and names it', async (field, value) => {
  const refusal = await api.refused('updateEvent', 400, {
    body: { event_id: randomUUID(), [field]: value },
  });

  expect(refusal.issues?.map((issue) => issue.field)).toEqual([field]);
});

test('a step that takes longer than there is time ends at the last instant', async () => {
  const last = 8_640_000_000_000_000;
  const event_id = await store({ start_time: last - 5, duration: 1_000 });
  const created = await read(event_id);

  await api.ok('updateEvent', { body: { event_id, duration: 2_000 } });

  expect(created).toMatchObject({ end_time: last, duration: 1_000 });
  expect(await read(event_id)).toMatchObject({ end_time: last, duration: 2_000 });
});

test('the time to the first token has one name, whatever a create, an update or a span calls it', async () => {
  const event = buildEvent({ event_type: 'model', metadata: { ttft_ms: 120 } });
  const params = { event_id: event.event_id };
  await api.ok('createEvent', { body: { event } });
  const read = async () => (await api.ok('getEvent', { params })).event.metadata;

  expect(await read()).toMatchObject({ ttft_ms: 120, time_to_first_token_ms: 120 });

  await api.ok('updateEvent', {
    body: { event_id: event.event_id, metadata: { 'gen_ai.server.ttft': 0.25 } },
  });
  expect(await read()).toMatchObject({ ttft_ms: 120, time_to_first_token_ms: 250 });
});
