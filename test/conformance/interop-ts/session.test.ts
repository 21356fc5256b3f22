import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openVendorClients } from './vendor-client.ts';

const { project, clients } = await openVendorClients();

describe.each(clients)("the vendor's client with %s", (_which, client) => {
  test('starts a session and reads it back', async () => {
    const started = await client.session.startSession({
      session: {
        project: project.name,
        sessionName: 'refund',
        source: 'production',
        inputs: { question: 'Where is my money?' },
        metadata: { team: 'support' },
        userProperties: { user_id: 'u1' },
        startTime: 1_760_000_000_000.5,
        duration: 1200.25,
      },
    });
    const read = await client.session.getSession(started.sessionId ?? '');

    expect(read).toMatchObject({
      eventId: started.sessionId,
      sessionId: started.sessionId,
      projectId: project.id,
      eventType: 'session',
      eventName: 'refund',
      source: 'production',
      parentId: null,
      childrenIds: [],
      inputs: { question: 'Where is my money?' },
      userProperties: { user_id: 'u1' },
      startTime: 1_760_000_000_000.5,
      duration: 1200.25,
    });
    expect(read.metadata).toMatchObject({ team: 'support', num_events: 0 });
  });

  test('starts a session under its own id, again and again', async () => {
    const session = {
      project: project.name,
      sessionName: 'mine',
      source: 'dev',
      sessionId: randomUUID(),
    };

    const first = await client.session.startSession({ session });
    const second = await client.session.startSession({
      session: { ...session, metadata: { a: 1 } },
    });
    const read = await client.session.getSession(session.sessionId);

    expect([first.sessionId, second.sessionId]).toEqual([session.sessionId, session.sessionId]);
    expect(read.metadata).toMatchObject({ a: 1 });
  });

  test('reports an unknown session', async () => {
    await expect(client.session.getSession(randomUUID())).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});
