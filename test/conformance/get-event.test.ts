import { buildEvent, buildSession } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import { describe, expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, organisation } = await openProject();

describe.each(operations.getEvent.paths)('GET %s', (path) => {
  const read = (event_id: string) => api.ok('getEvent', { path, params: { event_id } });

  test('answers with the event, and its keys beside it', async () => {
    const sent = buildEvent({ metadata: { duration_ms: 12 }, event_name: 'a/b' });
    await api.ok('createEvent', { body: { event: sent } });

    const answer = await read(sent.event_id);

    expect(answer.event).toMatchObject({ ...sent });
    expect(answer).toMatchObject({
      event_id: sent.event_id,
      event_name: 'a/b',
      metadata: { duration_ms: 12 },
    });
    expect(answer).not.toHaveProperty('children');
  });

  test('answers with the tree as well when the id is that of a session', async () => {
    const session = buildSession();
    const event = buildEvent({ session_id: session.session_id });
    await api.ok('startSession', { body: { session } });
    await api.ok('createEvent', { body: { event } });

    const answer = await read(session.session_id);

    expect(answer.event).toMatchObject({ event_type: 'session', event_id: session.session_id });
    expect(answer).toMatchObject({
      event_id: session.session_id,
      children: [{ event_id: event.event_id, children: [] }],
      metadata: { num_events: 1 },
    });
  });

  test.each([`ev %/?#"ü ${path}`, '漢'.repeat(128), '🐝'.repeat(64)])(
    'takes %s as an id',
    async (event_id) => {
      const event = buildEvent({ event_id });
      await api.ok('createEvent', { body: { event } });

      const answer = await read(event.event_id);

      expect(answer.event.event_id).toBe(event.event_id);
    },
  );

  test('answers 404 for an unknown id', async () => {
    const refusal = await api.refused('getEvent', 404, { path, params: { event_id: 'no-such' } });

    expect(refusal).toMatchObject({ errorCode: 'not_found' });
    expect(refusal.message).toContain('no-such');
  });

  test('finds an event of any project with a key of the organisation', async () => {
    const event = buildEvent();
    await api.ok('createEvent', { body: { event } });

    const answer = await organisation.ok('getEvent', {
      path,
      params: { event_id: event.event_id },
    });

    expect(answer.event.event_id).toBe(event.event_id);
  });
});
