import { buildEvent, call, createOperationCaller, startService } from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';

/** Requests a second; ten times as many at once. */
const perKey = 3;
const service = await startService({
  env: {
    HH_RATE_LIMIT_PER_KEY: String(perKey),
    HH_RATE_LIMIT_PER_PROJECT: '5',
    HH_EVENT_LIMIT_PER_KEY: '4',
    HH_LOG_LEVEL: 'warn',
  },
});
const { url } = service;
const organisation = createOperationCaller(service);
afterAll(() => service.stop());

async function openProject(name: string, keyNames: readonly string[]) {
  const { id } = await organisation.ok('createProject', { body: { name } });
  const keys: string[] = [];
  for (const keyName of keyNames) {
    const body = { name: keyName, access: 'full', project: id };
    keys.push((await organisation.ok('createKey', { body })).api_key);
  }
  return keys.map((key) => createOperationCaller({ url, key }));
}

const secondsOf = (answer: { readonly headers: Readonly<Record<string, unknown>> }): number =>
  Number(answer.headers['retry-after']);

test('a key that sends too fast gets 429 with when to come again; other keys continue', async () => {
  const [fast, other] = await openProject('rates', ['fast', 'other']);
  if (!fast || !other) throw new Error('two keys');

  const answers = await Promise.all(
    Array.from({ length: perKey * 10 + 60 }, () =>
      fast.send('listEvents', { query: { limit: 1 } }),
    ),
  );
  const refused = answers.filter(({ status }) => status === 429);
  const taken = answers.filter(({ status }) => status === 200);
  const [refusal] = refused;
  const { status } = await other.send('listEvents', { query: { limit: 1 } });

  expect(refused.length + taken.length).toBe(answers.length);
  expect(refusal?.body).toMatchObject({ errorCode: 'rate_limited', statusCode: 429 });
  expect(refusal && secondsOf(refusal)).toBeGreaterThanOrEqual(1);
  expect(refusal?.headers['ratelimit-policy']).toContain(`"requests-key";q=${perKey * 10};w=10`);
  expect(refusal?.headers['ratelimit']).toMatch(/"requests-key";r=0;t=\d+/);
  expect(taken[0]?.headers['ratelimit']).toMatch(/"requests-key";r=\d+;t=\d+/);
  expect(status).toBe(200);
});

test('all keys of a project, and those of the organisation that name it, share its limit', async () => {
  const [one, two] = await openProject('shared rate', ['one', 'two']);
  if (!one || !two) throw new Error('two keys');
  const statuses = async (send: () => Promise<{ readonly status: number }>, count: number) =>
    (await Promise.all(Array.from({ length: count }, send))).map(({ status }) => status);

  await statuses(() => one.send('listEvents'), 29);
  await statuses(() => two.send('listEvents'), 29);
  const named = await statuses(
    () => organisation.send('listEvents', { query: { project: 'shared rate' } }),
    20,
  );

  expect(named).toContain(429);
});

test('events count on their own: a batch of as many as a key may send at once is followed by 429', async () => {
  const [api] = await openProject('event rate', ['sender']);
  if (!api) throw new Error('a key');
  const events = Array.from({ length: 400 }, () => buildEvent());

  const first = await api.send('createEventBatch', { body: { events } });
  const second = await api.send('createEvent', { body: buildEvent() });
  const metrics = await call({ url }, 'GET /metrics');

  expect([first.status, second.status]).toEqual([200, 429]);
  // 400 events at 4 a second: the first 40 were there.
  expect(secondsOf(second)).toBeGreaterThan(60);
  expect(metrics.text).toMatch(/^honeyhive_refused_total\{what="events",by="key"\} [1-9]/m);
});

test('what needs no key has no limit', async () => {
  const answers = await Promise.all(Array.from({ length: 80 }, () => call({ url }, 'GET /health')));

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});
