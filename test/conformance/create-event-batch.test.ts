import { buildEvent, buildSession, call } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { textWith } from './matching.ts';
import { openProject } from './own-project.ts';

const { api, organisation, url, key, name: projectName } = await openProject();

test('stores a list of events and answers in the order sent', async () => {
  const session_id = randomUUID();
  const events = Array.from({ length: 100 }, (_each, index) =>
    buildEvent({ session_id, event_name: `step ${index}`, start_time: 1000 + index }),
  );

  const result = await api.ok('createEventBatch', { body: { events } });
  const tree = await api.ok('getSessionTree', { params: { session_id } });

  expect(result).toMatchObject({
    success: true,
    session_id,
    created_count: 100,
    failed_count: 0,
    errors: [],
  });
  expect(result.event_ids).toEqual(events.map(({ event_id }) => event_id));
  expect(result.events[7]).toEqual({
    event_id: events[7]?.event_id,
    session_id,
    event_type: 'tool',
    event_name: 'step 7',
  });
  expect(tree.children.map((child) => child['event_name'])).toEqual(
    events.map(({ event_name }) => event_name),
  );
});

test('is answered without compression, which costs more than it saves', async () => {
  const events = Array.from({ length: 500 }, () => buildEvent());

  const answer = await call({ url, key }, 'POST /events/batch', {
    body: { events },
    headers: { 'accept-encoding': 'gzip, br' },
  });

  expect(answer.headers).not.toHaveProperty('content-encoding');
  expect(answer.body).toMatchObject({ created_count: 500 });
});

test('gives each event without its own session one', async () => {
  const result = await api.ok('createEventBatch', {
    body: { events: [buildEvent(), buildEvent()] },
  });

  const sessions = new Set(result.events.map(({ session_id }) => session_id));
  expect(sessions.size).toBe(2);
  expect(result).not.toHaveProperty('session_id');
});

test.each(['is_single_session', 'single_session'])(
  'puts all events into one session with %s',
  async (flag) => {
    const body = { events: [buildEvent(), buildEvent()], [flag]: true };

    const result = await api.ok('createEventBatch', { body });
    const session = await api.ok('getSession', {
      params: { session_id: String(result.session_id) },
    });

    expect(session.event_count).toBe(2);
  },
);

test('a retried batch without a session id lands in the same session', async () => {
  const body = {
    events: [buildEvent({ event_id: randomUUID() }), buildEvent({ event_id: randomUUID() })],
    is_single_session: true,
  };

  const first = await api.ok('createEventBatch', { body });
  const again = await api.ok('createEventBatch', { body });

  expect(again.session_id).toBe(first.session_id);
});

test.each(['session_properties', 'session'])(
  'gives the one session the properties of `%s`',
  async (name) => {
    const properties = {
      session_id: randomUUID(),
      session_name: 'nightly run',
      user_properties: { user_id: 'u' },
      metadata: { run: 1 },
    };
    const body = {
      events: [buildEvent(), buildEvent()],
      is_single_session: true,
      [name]: properties,
    };

    const result = await api.ok('createEventBatch', { body });
    const session = await api.ok('getSession', { params: { session_id: properties.session_id } });

    expect(result.session_id).toBe(properties.session_id);
    expect(session).toMatchObject({
      session_name: 'nightly run',
      user_properties: { user_id: 'u' },
      metadata: { run: 1 },
      event_count: 2,
    });
  },
);

test('stores the good events and reports the bad ones with their index', async () => {
  const session_id = randomUUID();
  const good = [buildEvent({ session_id }), buildEvent({ session_id })] as const;
  const events = [
    good[0],
    buildEvent({ duration: 'long' }),
    'no event',
    good[1],
    { event_name: 'untyped' },
  ];

  const result = await api.ok('createEventBatch', { body: { events } });
  const session = await api.ok('getSession', { params: { session_id } });

  expect(result).toMatchObject({
    success: true,
    created_count: 2,
    failed_count: 3,
    event_ids: good.map(({ event_id }) => event_id),
  });
  expect(result.errors.map(({ index, code }) => [index, code])).toEqual(
    [1, 2, 4].map((index) => [index, 'invalid_request']),
  );
  expect(result.errors[0]?.message).toContain('duration');
  expect(session.event_count).toBe(2);
});

test('answers 400 when no event can be stored, naming what is wrong with each', async () => {
  const events = [buildEvent({ duration: 'long' }), buildEvent({ inputs: 5 })];

  const refusal = await api.refused('createEventBatch', 400, { body: { events } });

  expect(refusal.issues?.map(({ field }) => field)).toEqual([
    'events[0].duration',
    'events[1].inputs',
  ]);
});

test('stores an unknown event type as a chain, keeps the name and warns', async () => {
  const event = buildEvent({ event_type: 'batch_item', metadata: { a: 1 } });

  const result = await api.ok('createEventBatch', { body: { events: [buildEvent(), event] } });
  const stored = await api.ok('getEvent', { params: { event_id: event.event_id } });

  expect(result).toMatchObject({ created_count: 2, failed_count: 0 });
  expect(result.warnings).toEqual([
    { index: 1, field: 'event_type', message: textWith('batch_item') },
  ]);
  expect(stored.event).toMatchObject({
    event_type: 'chain',
    metadata: { a: 1, event_type_raw: 'batch_item' },
  });
});

test('the same event twice, in one batch and in two, is one event', async () => {
  const session_id = randomUUID();
  const event = buildEvent({ session_id });

  await api.ok('createEventBatch', { body: { events: [event, event] } });
  await api.ok('createEventBatch', { body: { events: [buildEvent({ session_id }), event] } });

  const session = await api.ok('getSession', { params: { session_id } });
  expect(session.event_count).toBe(2);
});

test('starts the session that a session event in the list describes', async () => {
  const { session_id } = buildSession();
  const root = buildEvent({
    event_id: session_id,
    session_id,
    event_type: 'session',
    event_name: 'root',
  });
  const child = buildEvent({ session_id });

  await api.ok('createEventBatch', { body: { events: [child, root] } });

  const tree = await api.ok('getSessionTree', { params: { session_id } });
  expect(tree).toMatchObject({ event_name: 'root', parent_id: null, event_count: 1 });
  expect(tree.children).toMatchObject([{ event_id: child.event_id }]);
});

test.each([
  ['events', {}],
  ['events', { events: [] }],
  ['events', { events: {} }],
  ['session_properties', { events: [buildEvent()], session_properties: 'x' }],
  [
    'session_properties',
    { events: [buildEvent()], is_single_session: true, session_properties: { session_name: 5 } },
  ],
])('refuses a body with wrong %s', async (field, body) => {
  const refusal = await api.refused('createEventBatch', 400, { body });

  expect(refusal.issues?.[0]?.field).toContain(field);
});

test('with a key of the organisation, each event goes to the project that it names', async () => {
  const session_id = randomUUID();
  const other = `another ${randomUUID()}`;
  const events = [
    buildEvent({ session_id, project: projectName }),
    buildEvent({ project: other }),
  ] as const;

  await organisation.ok('createEventBatch', { body: { events } });

  await api.ok('getEvent', { params: { event_id: events[0].event_id } });
  await api.refused('getEvent', 404, { params: { event_id: events[1].event_id } });
  const found = await organisation.ok('getEvent', {
    params: { event_id: events[1].event_id },
    query: { project: other },
  });
  expect(found.event.project).toBe(other);
});
