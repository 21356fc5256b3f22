import { buildEvent, buildSession } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import { describe, expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api } = await openProject();

describe.each(operations.deleteSession.paths)('DELETE %s', (path) => {
  test('deletes the session with all of its events, and no other', async () => {
    const [gone, kept] = [buildSession(), buildSession()];
    const event = buildEvent({ session_id: gone.session_id });
    for (const session of [gone, kept]) await api.ok('startSession', { body: { session } });
    await api.ok('createEvent', { body: { event } });

    const deleted = await api.ok('deleteSession', {
      path,
      params: { session_id: gone.session_id },
    });

    expect(deleted).toEqual({ success: true, deleted: gone.session_id });
    await api.refused('getSession', 404, { params: { session_id: gone.session_id } });
    await api.refused('getSessionTree', 404, { params: { session_id: gone.session_id } });
    await api.refused('getEvent', 404, { params: { event_id: event.event_id } });
    await api.ok('getSession', { params: { session_id: kept.session_id } });
    const page = await api.ok('exportEvents', {
      body: { filters: [{ field: 'session_id', operator: 'is', value: gone.session_id }] },
    });
    expect(page).toMatchObject({ events: [], totalEvents: 0 });
  });

  test('answers 404 for an id that it does not know, or no longer', async () => {
    const session = buildSession();
    await api.ok('startSession', { body: { session } });
    await api.ok('deleteSession', { path, params: { session_id: session.session_id } });

    for (const session_id of ['no-such', session.session_id]) {
      const refusal = await api.refused('deleteSession', 404, { path, params: { session_id } });
      expect(refusal.errorCode).toBe('not_found');
    }
  });
});

test('an event that was deleted with its session does not come back when it is sent again', async () => {
  const event = buildEvent({ session_id: buildSession().session_id });
  await api.ok('createEvent', { body: { event } });
  await api.ok('deleteSession', { params: { session_id: String(event['session_id']) } });

  await api.refused('createEvent', 409, { body: { event } });
  const refusal = await api.refused('getEvent', 404, { params: { event_id: event.event_id } });

  expect(refusal.errorCode).toBe('not_found');
});
