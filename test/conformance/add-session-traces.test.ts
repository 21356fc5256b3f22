import { buildEvent, buildSession } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

test.each(['events', 'logs'])(
  'stores what is sent as `%s` in the session of the path',
  async (name) => {
    const session = buildSession();
    const events = [buildEvent({ session_id: randomUUID() }), buildEvent({ event_type: 'model' })];
    await api.ok('startSession', { body: { session } });

    const result = await api.ok('addSessionTraces', {
      params: { session_id: session.session_id },
      body: { [name]: events },
    });
    const tree = await api.ok('getSessionTree', { params: { session_id: session.session_id } });

    expect(result).toMatchObject({ success: true, created_count: 2, failed_count: 0 });
    expect(result.event_ids).toEqual(events.map(({ event_id }) => event_id));
    expect(new Set(tree.children.map((child) => child['event_id']))).toEqual(
      new Set(result.event_ids),
    );
  },
);

test('keeps keys that it does not know in the metadata of an event', async () => {
  const event = buildEvent({ span_kind: 'client' });

  await api.ok('addSessionTraces', {
    params: { session_id: randomUUID() },
    body: { events: [event] },
  });
  const read = await api.ok('getEvent', { params: { event_id: event.event_id } });

  expect(read.event.metadata).toMatchObject({ span_kind: 'client' });
});

test.each([
  ['both', { events: [buildEvent()], logs: [buildEvent()] }],
  ['neither', {}],
])('refuses %s of `events` and `logs`', async (_how, body) => {
  const refusal = await api.refused('addSessionTraces', 400, {
    params: { session_id: randomUUID() },
    body,
  });

  expect(refusal.message).toMatch(/events.*logs|logs.*events/);
});

test('stores the good events of a list and reports the bad one', async () => {
  const good = buildEvent();

  const result = await api.ok('addSessionTraces', {
    params: { session_id: randomUUID() },
    body: { events: [{ event_type: 5 }, good] },
  });

  expect(result).toMatchObject({ created_count: 1, failed_count: 1, event_ids: [good.event_id] });
  expect(result.errors).toMatchObject([{ index: 0, code: 'invalid_request' }]);
});
