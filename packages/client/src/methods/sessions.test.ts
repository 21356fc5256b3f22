import { describe, expect, test } from 'vitest';
import { HoneyHiveValidationError } from '../errors/errors.ts';
import { connect, failureOf, storedEvent, uuidV7 } from '../testing/connect.ts';
import { reply, startScriptedServer } from '../testing/scripted-server.ts';

describe('sessions', () => {
  test('createSession sends its own id', async () => {
    await using server = await startScriptedServer(
      reply(200, { session_id: 's', event_name: 'chat' }),
    );
    await using client = connect(server.url, { project: 'support', source: 'test' });

    const session = await client.createSession({ session_name: 'chat', user_id: 'u', plan: 'pro' });

    expect(session).toMatchObject({ session_id: 's', session_name: 'chat' });
    expect(server.arrived[0]).toMatchObject({
      method: 'POST',
      url: '/session/start',
      json: {
        session: {
          project: 'support',
          source: 'test',
          session_name: 'chat',
          session_id: expect.stringMatching(uuidV7) as string,
          start_time: expect.any(Number) as number,
          metadata: { user_id: 'u', plan: 'pro' },
          user_properties: { user_id: 'u' },
        },
      },
    });
  });

  test('getSession fills in what the vendor keeps under other names', async () => {
    const event = { session_id: 's', event_name: 'chat', metadata: { num_events: 3 } };
    await using server = await startScriptedServer(reply(200, event));
    await using client = connect(server.url);

    expect(await client.getSession('s')).toEqual({
      ...event,
      session_name: 'chat',
      event_count: 3,
    });
  });

  test('listSessions asks for the roots of sessions', async () => {
    const page = { events: [storedEvent('a')], totalEvents: 41, count: 41 };
    await using server = await startScriptedServer(reply(200, page));
    await using client = connect(server.url);

    const sessions = await client.listSessions({
      project: 'support',
      source: 'production',
      session_name: 'chat',
      plan: 'pro',
      created_after: '2024-01-01T00:00:00Z',
      limit: 20,
      offset: 20,
    });

    expect(sessions).toEqual({
      sessions: [{ ...storedEvent('a'), session_name: 'a' }],
      total: 41,
      limit: 20,
      offset: 20,
      has_more: true,
    });
    expect(server.arrived[0]).toMatchObject({ method: 'POST', url: '/v1/events/export' });
    expect(server.arrived[0]?.json).toEqual({
      project: 'support',
      filters: [
        { field: 'source', operator: 'is', value: 'production', type: 'string' },
        { field: 'event_name', operator: 'is', value: 'chat', type: 'string' },
        { field: 'metadata.plan', operator: 'is', value: 'pro', type: 'string' },
        { field: 'event_type', operator: 'is', value: 'session', type: 'string' },
      ],
      dateRange: { $gte: '2024-01-01T00:00:00Z' },
      limit: 20,
      page: 2,
      offset: 20,
      roots_only: true,
    });
  });

  test('for await reads all pages, the first one once', async () => {
    await using server = await startScriptedServer(
      reply(200, { events: [storedEvent('d', 40), storedEvent('c', 30)], totalEvents: 4 }),
      reply(200, { events: [storedEvent('c', 30), storedEvent('b', 20)], totalEvents: 3 }),
      reply(200, { events: [storedEvent('b', 20), storedEvent('a', 10)], totalEvents: 2 }),
    );
    await using client = connect(server.url);
    const list = client.listSessions({ limit: 2 });

    const first = await list;
    const names: string[] = [];
    for await (const session of list) names.push(session.session_name);

    expect(first.sessions).toHaveLength(2);
    expect(names).toEqual(['d', 'c', 'b', 'a']);
    expect(server.arrived).toHaveLength(3);
    expect(server.arrived[1]?.json).toMatchObject({
      dateRange: { $lte: '1970-01-01T00:00:00.030Z' },
      page: 1,
    });
  });

  test.each(['listSessions', 'listEvents', 'listProjects'] as const)(
    '%s refuses what is no object, and sends nothing',
    async (method) => {
      await using server = await startScriptedServer(reply(200, {}));
      await using client = connect(server.url);

      for (const input of ['shop', 5, ['shop']]) {
        const work: unknown = Reflect.apply(client[method], client, [input]);
        const failure = await failureOf(Promise.resolve(work));

        expect(failure).toBeInstanceOf(HoneyHiveValidationError);
        expect(String(failure)).toContain(`${method}: the input must be an object`);
      }
      expect(server.arrived).toEqual([]);
    },
  );
});
