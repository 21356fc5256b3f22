import { HoneyHiveNotFoundError, HoneyHiveValidationError } from 'honeyhive';
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { openClients } from './own-clients.ts';

const { project, clients } = await openClients();

describe.each(clients)('the client with %s', (_which, client) => {
  afterAll(() => client.close());

  test('starts a session and reads it back', async () => {
    const started = await client.createSession({
      session_name: 'refund',
      user_id: 'user_123',
      conversation_type: 'customer_support',
      start_time: '2026-01-01T00:00:00.5Z',
    });
    const read = await client.getSession(started.session_id);

    expect(read).toMatchObject({
      session_id: started.session_id,
      event_id: started.session_id,
      session_name: 'refund',
      project: project.name,
      source: 'test',
      event_count: 0,
      start_time: Date.UTC(2026, 0, 1) + 500,
      metadata: { user_id: 'user_123', conversation_type: 'customer_support' },
      user_properties: { user_id: 'user_123' },
    });
    expect(Date.parse(read.created_at)).not.toBeNaN();
  });

  test('starting a session again merges into it', async () => {
    const session_id = randomUUID();

    await client.createSession({ session_id, session_name: 'first', metadata: { a: 1 } });
    await client.createSession({ session_id, session_name: 'second', metadata: { b: 2 } });

    const { metadata, session_name: name } = await client.getSession(session_id);
    expect(metadata).toMatchObject({ a: 1, b: 2 });
    expect(name).toBe('first');
  });

  test('counts the events of a session', async () => {
    const { session_id } = await client.createSession();
    const step = { session_id, event_type: 'tool', event_name: 'step' } as const;
    await client.createEventsBatch([step, { ...step, error: 'it broke' }]);

    expect(await client.getSession(session_id)).toMatchObject({ event_count: 2, error_count: 1 });
  });

  test.each([
    ['plan', { plan: 'pro' }],
    ['user_properties.tier', { user_properties: { tier: 'pro' } }],
    ['session_name', {}],
  ])('lists sessions by %s', async (field, session) => {
    const session_name = randomUUID();
    const value = field === 'session_name' ? session_name : 'pro';
    const { session_id } = await client.createSession({ session_name, ...session });
    await client.createEvent({ session_id, event_type: 'session', event_name: session_name });

    const page = await client.listSessions({ [field]: value, session_name });

    expect(page).toMatchObject({ total: 1, limit: 100, offset: 0, has_more: false });
    expect(page.sessions[0]).toMatchObject({ session_id, session_name });
  });

  test('lists sessions by the time they began, page by page', async () => {
    const mark = randomUUID();
    const start = Date.UTC(2025, 5, 1);
    for (let hour = 0; hour < 7; hour += 1) {
      await client.createSession({
        session_name: `h${hour}`,
        mark,
        start_time: start + hour * 3_600_000,
      });
    }
    const bounds = {
      mark,
      created_after: new Date(start + 3_600_000),
      created_before: '2025-06-01T05:00:00Z',
    };

    const names: string[] = [];
    for await (const session of client.listSessions({ ...bounds, limit: 2 })) {
      names.push(session.session_name);
    }
    const middle = await client.listSessions({ ...bounds, limit: 2, offset: 1 });

    expect(names).toEqual(['h5', 'h4', 'h3', 'h2', 'h1']);
    expect(middle.sessions.map(({ session_name: name }) => name)).toEqual(['h4', 'h3']);
    expect(middle).toMatchObject({ total: 5, has_more: true });
  });

  test('reports an unknown session, and problems of a session', async () => {
    await expect(client.getSession(randomUUID())).rejects.toBeInstanceOf(HoneyHiveNotFoundError);

    const wrong = client.createSession({ start_time: 'noon' });
    await expect(wrong).rejects.toBeInstanceOf(HoneyHiveValidationError);
    await expect(wrong).rejects.toMatchObject({ issues: [{ field: 'start_time' }] });
  });
});
