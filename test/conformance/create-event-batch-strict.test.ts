import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

test('stores a list of events', async () => {
  const session_id = randomUUID();
  const events = [buildEvent({ session_id }), buildEvent({ session_id })];

  const result = await api.ok('createEventBatchStrict', { body: { events } });
  const session = await api.ok('getSession', { params: { session_id } });

  expect(result).toMatchObject({
    success: true,
    session_id,
    created_count: 2,
    failed_count: 0,
    errors: [],
  });
  expect(result.event_ids).toEqual(events.map(({ event_id }) => event_id));
  expect(session.event_count).toBe(2);
});

test('puts all events into one session with properties', async () => {
  const session_properties = { session_name: 'shared', user_properties: { plan: 'pro' }, extra: 1 };
  const body = { events: [buildEvent(), buildEvent()], single_session: true, session_properties };

  const result = await api.ok('createEventBatchStrict', { body });
  const session = await api.ok('getSession', { params: { session_id: String(result.session_id) } });

  expect(session).toMatchObject({
    session_name: 'shared',
    user_properties: { plan: 'pro' },
    metadata: { extra: 1 },
    event_count: 2,
  });
});

test.each(['is_single_session', 'session', 'project', 'surprise'])(
  'refuses the key %s beside the list',
  async (key) => {
    const refusal = await api.refused('createEventBatchStrict', 400, {
      body: { events: [buildEvent()], [key]: true },
    });

    expect(refusal.issues).toMatchObject([{ field: key }]);
  },
);

test('stores what is right, and reports an unknown type, an unknown key and missing inputs', async () => {
  const good = buildEvent();
  const events = [
    buildEvent({ event_type: 'batch_item' }),
    buildEvent({ surprise: 1 }),
    good,
    { event_type: 'tool' },
  ];

  const result = await api.ok('createEventBatchStrict', { body: { events } });

  expect(result).toMatchObject({ created_count: 1, failed_count: 3, event_ids: [good.event_id] });
  expect(result.errors.map(({ index }) => index)).toEqual([0, 1, 3]);
  expect(result.errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('event_type'),
    expect.stringContaining('surprise'),
    expect.stringContaining('inputs'),
  ]);
});

test('answers 400 when nothing can be stored', async () => {
  const refusal = await api.refused('createEventBatchStrict', 400, {
    body: { events: [buildEvent({ event_type: 'batch_item' })] },
  });

  expect(refusal.issues).toMatchObject([{ field: 'events[0].event_type' }]);
});
