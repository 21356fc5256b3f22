import { describe, expect, expectTypeOf, test } from 'vitest';
import type { HoneyHiveClientProtocol } from '../client/protocol.ts';
import {
  HoneyHiveClosedError,
  HoneyHiveRateLimitError,
  HoneyHiveValidationError,
} from '../errors/errors.ts';
import { eventInput, failureOf, uuidV7 } from '../testing/connect.ts';
import { EventType } from '../wire/event-type.ts';
import { createFakeHoneyHive } from './fake-client.ts';

const limited = new HoneyHiveRateLimitError('slow down', {
  statusCode: 429,
  response: null,
  retryAfter: 2,
});

/** Code under test: takes whatever is a client. */
async function answerQuestion(client: HoneyHiveClientProtocol, question: string) {
  const { session_id } = await client.createSession({ session_name: 'chat', user_id: 'u' });
  return client.createEvent({
    session_id,
    event_type: EventType.model,
    event_name: 'answer',
    inputs: { question },
  });
}

describe('createFakeHoneyHive', () => {
  test('records calls in order, and answers them in the right shape', async () => {
    const fake = createFakeHoneyHive({ project: 'shop' });

    const event = await answerQuestion(fake, 'Where is my order?');

    expect(event.event_id).toMatch(uuidV7);
    expect(fake.calls.map(({ method }) => method)).toEqual(['createSession', 'createEvent']);
    expect(fake.callsOf('createEvent')).toMatchObject([
      [{ session_id: event.session_id, inputs: { question: 'Where is my order?' } }],
    ]);
    expect(fake.project).toBe('shop');
  });

  test('checks what it is called with as the service does', async () => {
    const fake = createFakeHoneyHive();

    const nameless = await failureOf(fake.createEvent({ ...eventInput, event_name: '' }));
    const negative = await failureOf(fake.createEvent({ ...eventInput, duration: -1 }));

    expect(nameless).toBeInstanceOf(HoneyHiveValidationError);
    expect(negative).toMatchObject({ issues: [{ field: 'duration' }] });
    expect(fake.callsOf('createEvent')).toHaveLength(2);
  });

  test('answers with the fields that were planned, and makes up the others', async () => {
    const fake = createFakeHoneyHive();
    fake.answer('getSession', { event_count: 3 });
    fake.answer('getEvent', (id) => ({ event_name: `name of ${id}` }));

    expect(await fake.getSession('s')).toMatchObject({ session_id: 's', event_count: 3 });
    expect(await fake.getEvent('e')).toMatchObject({ event_id: 'e', event_name: 'name of e' });
  });

  test('a planned page can be awaited and iterated, and its items are complete', async () => {
    const fake = createFakeHoneyHive();
    fake.answer('listEvents', { events: [{ event_id: 'a' }, { event_id: 'b', inputs: { x: 1 } }] });
    fake.answer('listProjects', { projects: [{ name: 'shop' }], total: 7 });

    const read: unknown[] = [];
    for await (const { event_id, inputs } of fake.listEvents()) read.push([event_id, inputs]);

    expect(read).toEqual([
      ['a', {}],
      ['b', { x: 1 }],
    ]);
    expect(await fake.listEvents()).toMatchObject({ total: 2, has_more: false });
    expect(await fake.listProjects()).toMatchObject({ projects: [{ name: 'shop' }], total: 7 });
  });

  test('counted plans come first, in order; the last lasting one stays', async () => {
    const fake = createFakeHoneyHive();
    fake.answer('getSession', { event_count: 0 });
    fake.answer('getSession', { event_count: 9 });
    fake.answer('getSession', { event_count: 1 }, { times: 2 });
    fake.fail('getSession', limited, { times: 1 });

    const seen: unknown[] = [];
    for (let call = 0; call < 5; call += 1) {
      seen.push(await fake.getSession('s').then((session) => session.event_count, String));
    }

    expect(seen).toEqual([1, 1, 'HoneyHiveRateLimitError: slow down', 9, 9]);
  });

  test('fails as planned: promises and lists reject, what answers at once throws', async () => {
    const fake = createFakeHoneyHive();
    fake.fail('createEventsBatch', limited);
    fake.fail('listSessions', limited);
    fake.fail('logEvent', limited);

    expect(await failureOf(fake.createEventsBatch([eventInput]))).toBe(limited);
    expect(await failureOf(fake.listSessions())).toBe(limited);
    expect(() => fake.logEvent(eventInput)).toThrow(limited);
  });

  test('takes events in the background, too', async () => {
    const fake = createFakeHoneyHive();
    fake.answer('logSession', { session_id: 'planned' });

    const { session_id } = fake.logSession({ session_name: 'chat' });
    const { event_id } = fake.logEvent({ ...eventInput, session_id });

    expect(session_id).toBe('planned');
    expect(event_id).toMatch(uuidV7);
    expect(await fake.flush()).toMatchObject({ stored: 2, pending: 0 });
    expect(fake.callsOf('logEvent')).toMatchObject([[{ session_id: 'planned' }]]);
  });

  test('clears calls and plans on reset, and rejects calls when it is closed', async () => {
    const fake = createFakeHoneyHive();
    fake.fail('createSession', limited);
    await failureOf(fake.createSession());

    fake.reset();
    expect(fake.calls).toEqual([]);
    await fake.createSession();
    await fake.close();

    expect(await failureOf(fake.getHealth())).toBeInstanceOf(HoneyHiveClosedError);
  });

  test('stands wherever a client stands', () => {
    const fake = createFakeHoneyHive();

    expect('createEvent' in fake && 'calls' in fake).toBe(true);
    expectTypeOf(fake).toExtend<HoneyHiveClientProtocol>();
  });
});
