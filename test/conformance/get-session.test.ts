import { buildEvent, buildSession } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, name: projectName } = await openProject();

test('answers with the bare root event of the session', async () => {
  const sent = buildSession({ start_time: 1_760_000_000_000.25, duration: 2, inputs: { q: 'hi' } });
  await api.ok('startSession', { body: { session: sent } });

  const read = await api.ok('getSession', { params: { session_id: sent.session_id } });

  expect(read).toMatchObject({
    event_id: sent.session_id,
    event_type: 'session',
    session_name: sent.session_name,
    start_time: 1_760_000_000_000.25,
    inputs: { q: 'hi' },
    project: projectName,
    event_count: 0,
  });
  expect(read).not.toHaveProperty('event');
});

test('adds up tokens, cost, errors and feedback of the events', async () => {
  const session = buildSession({ metadata: { team: 'support' } });
  const { session_id } = session;
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 0.25 };
  await api.ok('startSession', { body: { session } });
  await api.ok('createEventBatch', {
    body: {
      events: [
        buildEvent({ session_id, event_type: 'model', metadata: usage }),
        buildEvent({ session_id, event_type: 'model', metadata: { ...usage, cost: 0.5 } }),
        buildEvent({ session_id, error: 'timeout' }),
        buildEvent({ session_id, event_type: 'chain', feedback: { rating: 5 } }),
      ],
    },
  });

  const read = await api.ok('getSession', { params: { session_id } });

  expect(read).toMatchObject({ event_count: 4, error_count: 1 });
  expect(read.metadata).toMatchObject({
    team: 'support',
    num_events: 4,
    num_model_events: 2,
    has_feedback: true,
    prompt_tokens: 20,
    completion_tokens: 10,
    total_tokens: 30,
    cost: 0.75,
  });
});

test('sums do not replace metadata of the session itself that has their names', async () => {
  const metadata = { num_events: 'mine', cost: 9, total_tokens: 0, has_feedback: 'soon' };
  const session = buildSession({ metadata });
  const { session_id } = session;
  const usage = { prompt_tokens: 10, total_tokens: 15, cost: 0.25 };
  await api.ok('startSession', { body: { session } });
  await api.ok('createEvent', { body: { event: buildEvent({ session_id, metadata: usage }) } });

  const read = await api.ok('getSession', { params: { session_id } });

  expect(read.event_count).toBe(1);
  expect(read.metadata).toMatchObject({ ...metadata, num_model_events: 0, prompt_tokens: 10 });
});

test('reports missing feedback', async () => {
  const sent = buildSession();
  await api.ok('startSession', { body: { session: sent } });

  const read = await api.ok('getSession', { params: { session_id: sent.session_id } });

  expect(read.metadata).toMatchObject({
    has_feedback: false,
    num_events: 0,
    total_tokens: 0,
    cost: 0,
  });
});

test('knows a session that nobody started once an event of it has come', async () => {
  const session_id = randomUUID();
  const event = buildEvent({ session_id, start_time: 1_760_000_000_000, source: 'production' });
  await api.ok('createEvent', { body: { event } });

  const read = await api.ok('getSession', { params: { session_id } });

  expect(read).toMatchObject({
    event_id: session_id,
    event_type: 'session',
    parent_id: null,
    event_name: 'unknown',
    start_time: 1_760_000_000_000,
    event_count: 1,
  });
});

test('ends with a whole number of milliseconds, as the vendor`s own client demands', async () => {
  const sent = buildSession({ start_time: 1_760_000_000_000, duration: 1.75 });
  await api.ok('startSession', { body: { session: sent } });

  const read = await api.ok('getSession', { params: { session_id: sent.session_id } });

  expect(Number.isInteger(read.end_time)).toBe(true);
  expect(read.duration).toBe(1.75);
});

test('has no null but `parent_id` and `error`', async () => {
  const sent = buildSession();
  await api.ok('startSession', { body: { session: sent } });

  const read = await api.ok('getSession', { params: { session_id: sent.session_id } });

  const nulls = Object.entries(read).filter(([, value]) => value === null);
  expect(nulls.map(([key]) => key).toSorted()).toEqual(['error', 'parent_id']);
});

test('answers 404 for an id that it does not know, and for that of an event', async () => {
  const event = buildEvent();
  await api.ok('createEvent', { body: { event } });

  const refusals = [
    await api.refused('getSession', 404, { params: { session_id: 'session_abc123' } }),
    await api.refused('getSession', 404, { params: { session_id: event.event_id } }),
  ];

  expect(refusals.map(({ errorCode }) => errorCode)).toEqual(['not_found', 'not_found']);
  expect(refusals[0]?.message).toContain('session_abc123');
});
