import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

test('stores events in the session of the path, whatever session an event names', async () => {
  const session_id = randomUUID();
  const events = [buildEvent({ session_id: randomUUID() }), buildEvent()];

  const result = await api.ok('addSessionEvents', { params: { session_id }, body: { events } });
  const tree = await api.ok('getSessionTree', { params: { session_id } });

  expect(result).toMatchObject({
    success: true,
    session_id,
    created_count: 2,
    failed_count: 0,
    errors: [],
  });
  expect(result.event_ids).toEqual(events.map(({ event_id }) => event_id));
  expect(result.events).toMatchObject(
    events.map(({ event_id, event_name }) => ({
      event_id,
      event_name,
      session_id,
      event_type: 'tool',
    })),
  );
  expect(tree.children).toHaveLength(2);
});

test('refuses a key beside `events`', async () => {
  const refusal = await api.refused('addSessionEvents', 400, {
    params: { session_id: randomUUID() },
    body: { events: [buildEvent()], logs: [] },
  });

  expect(refusal.issues).toMatchObject([{ field: 'logs' }]);
});

test.each([[{}], [{ events: [] }], [{ events: 'all' }]])('refuses %j', async (body) => {
  const refusal = await api.refused('addSessionEvents', 400, {
    params: { session_id: randomUUID() },
    body,
  });

  expect(refusal.issues).toMatchObject([{ field: 'events' }]);
});

test('stores the good events and reports the others with their index', async () => {
  const session_id = randomUUID();
  const good = buildEvent();
  const events = [good, { event_type: 'tool', inputs: {}, surprise: 1 }, { event_type: 'tool' }];

  const result = await api.ok('addSessionEvents', { params: { session_id }, body: { events } });

  expect(result).toMatchObject({ created_count: 1, failed_count: 2, event_ids: [good.event_id] });
  expect(result.errors.map(({ index }) => index)).toEqual([1, 2]);
  expect(result.errors[0]?.message).toContain('surprise');
  expect(result.errors[1]?.message).toContain('inputs');
});

test('refuses a list in which nothing can be stored', async () => {
  const refusal = await api.refused('addSessionEvents', 400, {
    params: { session_id: randomUUID() },
    body: { events: [{ event_type: 'tool' }, 5] },
  });

  expect(refusal.issues?.map(({ field }) => field)).toEqual(['events[0].inputs', 'events[1]']);
});
