import { AsyncHoneyHive, EventType, HoneyHive, HoneyHiveSync } from 'honeyhive/sync';
import type { HoneyHiveClientProtocol } from 'honeyhive/sync';
import { createFakeHoneyHive } from 'honeyhive/testing';
import { afterAll, expect, inject, test } from 'vitest';

const { url: baseUrl, key: apiKey } = inject('service');
const client = new HoneyHive({ apiKey, baseUrl });
afterAll(() => client.close());

test('HoneyHive: reads nothing and opens nothing before its first call', () => {
  expect(new HoneyHive({ apiKey, baseUrl })).toMatchObject({ baseUrl, project: null });
});

test('AsyncHoneyHive: is the same class, and closes at the end of its scope', async () => {
  expect(AsyncHoneyHive).toBe(HoneyHive);
  let outlived: HoneyHive;
  {
    await using inner = new AsyncHoneyHive({ apiKey, baseUrl });
    outlived = inner;
    await inner.createSession();
  }

  await expect(outlived.createSession()).rejects.toMatchObject({ code: 'closed' });
});

test.each(Object.entries(EventType))('EventType: %s is a kind of event', async (name, type) => {
  const { session_id } = await client.createSession();

  const event = await client.createEvent({ session_id, event_type: type, event_name: name });

  expect(await client.getEvent(event.event_id)).toMatchObject({ event_type: name });
});

test('HoneyHiveClientProtocol: code that takes one works with a client and with the fake', async () => {
  const start = async (any: HoneyHiveClientProtocol) =>
    (await any.createSession({ session_name: 'any' })).session_name;

  expect(await start(client)).toBe('any');
  expect(await start(createFakeHoneyHive())).toBe('any');
});

test('HoneyHiveSync.of: the blocking view has the same methods and options', () => {
  const { session_id } = HoneyHiveSync.of(client).createSession({ session_name: 'blocking' });

  expect(HoneyHiveSync.of(client)).toBeInstanceOf(HoneyHiveSync);
  expect(HoneyHiveSync.of(client).getSession(session_id)).toMatchObject({
    session_name: 'blocking',
  });
});

test('async: the blocking client has the other view, too', async () => {
  using blocking = new HoneyHiveSync({ apiKey, baseUrl });
  const { session_id } = blocking.createSession();

  expect(await blocking.async.getSession(session_id)).toMatchObject({ session_id });
});
