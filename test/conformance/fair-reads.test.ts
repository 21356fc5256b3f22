import { buildEvent, call, createOperationCaller, startService } from 'honeyhive-testkit';
import { limits } from 'honeyhive-wire';
import { afterAll, expect, test } from 'vitest';
import { signIn } from './signed-in.ts';
import { openStream } from './stream-reader.ts';
import type { StreamReader } from './stream-reader.ts';

// Streams and places are counted for all: its own service.
const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const { url } = service;
const organisation = createOperationCaller(service);
const open = new Set<StreamReader>();
afterAll(async () => {
  for (const stream of open) stream.close();
  await service.stop();
});

async function openProject(name: string) {
  const { id } = await organisation.ok('createProject', { body: { name } });
  const makeKey = async (keyName: string): Promise<string> =>
    (
      await organisation.ok('createKey', {
        body: { name: keyName, access: 'full', project: id },
      })
    ).api_key;
  const key = await makeKey(name);
  return { id, key, makeKey, api: createOperationCaller({ url, key }) };
}

async function tail(headers: Readonly<Record<string, string>>, query = ''): Promise<StreamReader> {
  const stream = await openStream(`${url}/v1/explore/tail${query}`, headers);
  open.add(stream);
  return stream;
}

const withKey = (key: string) => ({ authorization: `Bearer ${key}` });

test('screens that ask for everything at once are never refused, also by several people with one key', async () => {
  const { api } = await openProject('screens');
  await api.ok('createEventBatch', {
    body: { events: Array.from({ length: 50 }, () => buildEvent()) },
  });
  const ask = (index: number) =>
    index % 2 === 0
      ? api.send('exploreRows', { body: { scope: 'events', limit: 50 } })
      : api.send('exploreChart', {
          body: {
            scope: 'events',
            metric: 'count',
            from: Date.now() - 3_600_000,
            to: Date.now() + 1,
          },
        });

  const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => ask(index)));

  expect(answers.filter(({ status }) => status >= 429)).toEqual([]);
});

test('a key may have so many streams: the next one is refused with 429, and others find theirs', async () => {
  const a = await openProject('streams a');
  const b = await openProject('streams b');
  const streams = await Promise.all(
    Array.from({ length: limits.streamsOfKey }, () => tail(withKey(a.key))),
  );
  expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));

  const refusal = await call({ url }, 'GET /v1/explore/tail', { headers: withKey(a.key) });
  const ofSecondKey = await tail(withKey(await a.makeKey('second')));
  const ofOther = await tail(withKey(b.key));
  const metrics = await call({ url }, 'GET /metrics');

  expect(refusal).toMatchObject({
    status: 429,
    body: { errorCode: 'rate_limited', statusCode: 429, success: false },
  });
  expect(refusal.headers['retry-after']).toBe('5');
  expect([ofSecondKey.status, ofOther.status]).toEqual([200, 200]);
  expect(metrics.text).toMatch(/^honeyhive_refused_total\{what="streams",by="key"\} 1$/m);
  expect(metrics.text).toMatch(/^honeyhive_streams 22$/m);
});

test('signing out ends the streams of the sign-in, and only those', async () => {
  const { api, key } = await openProject('signed out');
  const [one, other] = [await signIn(url, key), await signIn(url, key)];
  const stream = await tail({ cookie: one.cookie });
  const streams = [await tail({ cookie: other.cookie }), await tail(withKey(key))];

  await createOperationCaller({ url }).ok('signOut', { headers: one.headers });
  await expect(stream.next(({ name }) => name === 'never')).rejects.toThrow('the stream ended');
  await api.ok('createEvent', { body: buildEvent({ event_name: 'after sign-out' }) });

  for (const each of streams)
    expect((await each.next(({ name }) => name === 'rows')).data).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ event_name: 'after sign-out' })]),
    });
});
