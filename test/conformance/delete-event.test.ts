import { buildEvent } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

describe.each(operations.deleteEvent.paths)('DELETE %s', (path) => {
  test('deletes one event and leaves its session', async () => {
    const session_id = randomUUID();
    const events = [buildEvent({ session_id }), buildEvent({ session_id })] as const;
    await api.ok('createEventBatch', { body: { events } });

    const deleted = await api.ok('deleteEvent', { path, params: { event_id: events[0].event_id } });
    const tree = await api.ok('getSessionTree', { params: { session_id } });

    expect(deleted).toEqual({ success: true, deleted: events[0].event_id });
    expect(tree).toMatchObject({ event_count: 1, children: [{ event_id: events[1].event_id }] });
    await api.refused('getEvent', 404, { params: { event_id: events[0].event_id } });
  });

  test('answers 404 for an id that it does not know, or no longer', async () => {
    const event = buildEvent();
    await api.ok('createEvent', { body: { event } });
    await api.ok('deleteEvent', { path, params: { event_id: event.event_id } });

    for (const event_id of ['no-such', event.event_id]) {
      const refusal = await api.refused('deleteEvent', 404, { path, params: { event_id } });
      expect(refusal.errorCode).toBe('not_found');
    }
  });
});

test('hangs the children of a deleted event off the session', async () => {
  const session_id = randomUUID();
  const parent = buildEvent({ session_id });
  const child = buildEvent({ session_id, parent_id: parent.event_id });
  await api.ok('createEventBatch', { body: { events: [parent, child] } });

  await api.ok('deleteEvent', { params: { event_id: parent.event_id } });
  const tree = await api.ok('getSessionTree', { params: { session_id } });

  expect(tree.children).toMatchObject([{ event_id: child.event_id }]);
});
