import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { HoneyHiveConfigError, HoneyHiveValidationError } from '../errors/errors.ts';
import { connect, eventInput, failureOf, nowhere } from '../testing/connect.ts';
import { reply, startScriptedServer } from '../testing/scripted-server.ts';

const secret = 'alice@example.com';
const redact = { patterns: [/[\w.]+@[\w.]+/], paths: ['metadata.card'] };
const anything = {
  event_id: 'e',
  session_id: 's',
  success: true,
  event_ids: ['e'],
  created_count: 1,
  failed_count: 0,
  events: [],
  errors: [],
};

describe('redact', () => {
  test('holds for every way in which an event leaves the process', async () => {
    await using server = await startScriptedServer(reply(200, anything));
    await using client = connect(server.url, { redact });
    const event = { ...eventInput, inputs: { secret }, card: 4111 };

    await client.createSession({ user_id: secret, card: 4111 });
    const created = await client.createEvent(event);
    await client.createEventsBatch([event, event]);
    await client.updateEvent({ event_id: 'e', feedback: { comment: secret } });
    for (const json of [event, { event }, { events: [event] }, [event], { session: event }]) {
      await client.request('POST', '/anything', { json });
    }

    expect(created.inputs).toEqual({ secret: '[redacted]' });
    expect(server.arrived).toHaveLength(9);
    const sent = JSON.stringify(server.arrived.map(({ json }) => json));
    expect(sent).not.toContain(secret);
    expect(sent.match(/"card":4111/g)).toHaveLength(5);
    expect(server.arrived[0]?.json).toMatchObject({
      session: { user_properties: { user_id: '[redacted]' }, metadata: { card: '[redacted]' } },
    });
  });

  test('sends nothing when the function throws, and does not quote it', async () => {
    await using server = await startScriptedServer(reply(200, anything));
    await using client = connect(server.url, {
      redact() {
        throw new Error(secret);
      },
    });

    const failures = [
      await failureOf(client.createSession()),
      await failureOf(client.createEvent(eventInput)),
      await failureOf(client.createEventsBatch([eventInput])),
      await failureOf(client.updateEvent({ event_id: 'e' })),
    ];

    expect(server.arrived).toHaveLength(0);
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(HoneyHiveValidationError);
      expect(inspect(failure) + JSON.stringify(failure)).not.toContain(secret);
    }
  });

  test('is checked with the other options', () => {
    expect(() => connect(nowhere, { redact: { paths: ['a['] } })).toThrow(HoneyHiveConfigError);
  });
});
