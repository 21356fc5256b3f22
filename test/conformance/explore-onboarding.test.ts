import { buildEvent, call, createKey, revokeKey } from 'honeyhive-testkit';
import { findIssues, liveEvents } from 'honeyhive-wire';
import type { LiveEvents } from 'honeyhive-wire';
import { expect, inject, test } from 'vitest';
import { openProject } from './own-project.ts';
import { openStream } from './stream-reader.ts';
import type { SentEvent, StreamReader } from './stream-reader.ts';

const { url, dataDir, key: organisationKey } = inject('service');

const listen = async (key: string, project = ''): Promise<StreamReader> => {
  const stream = await openStream(
    `${url}/v1/explore/onboarding?project=${encodeURIComponent(project)}`,
    {
      authorization: `Bearer ${key}`,
    },
  );
  await stream.next(({ name }) => name === 'listening');
  return stream;
};

/** Requests of a test are distinguished by the version of a client that they claim. */
let clients = 0;
const nextClient = (): string => {
  clients += 1;
  return `honeyhive-ts/9.${process.pid % 10_000}.${clients}`;
};

const rejectedBy = (agent: string) => (event: SentEvent) =>
  event.name === 'rejected' && (event.data as LiveEvents['rejected']).user_agent === agent;

const post = (key: string | null, agent: string, body: unknown, path = '/events') =>
  call({ url }, `POST ${path}`, { key, body, headers: { 'user-agent': agent } });

test('shows the first event when it arrives', async () => {
  const { api, key } = await openProject();
  const stream = await listen(key);

  await api.ok('createEvent', { body: buildEvent({ event_name: 'hello' }) });
  const { data } = await stream.next(({ name }) => name === 'rows');
  stream.close();

  const names = (data as LiveEvents['rows']).rows.map(({ event_name }) => event_name);
  expect(names).toContain('hello');
});

test('shows what was refused and why, before it was opened and after', async () => {
  const { key } = await openProject();
  const [before, after] = [nextClient(), nextClient()];
  await post(key, before, { event: { event_type: 'SECRET' } });
  const stream = await listen(key);

  const early = await stream.next(rejectedBy(before));
  await post(key, after, 'no JSON object');
  const late = await stream.next(rejectedBy(after));
  stream.close();

  expect(early.data).toMatchObject({
    method: 'POST',
    path: '/events',
    status: 400,
    code: 'invalid_request',
  });
  expect((early.data as LiveEvents['rejected']).message).toMatch(
    /^event\.event_type: expected one of/,
  );
  expect(late.data).toMatchObject({ status: 400 });
});

test('shows no text from the sender', async () => {
  const { key } = await openProject();
  const stream = await listen(key);
  const raws = [
    '{"event":{"inputs":{"password":"hunter2-SECRET", x}}}',
    'sk-live-SECRET',
    '{"event":{"event_type":"SECRET-TYPE","event_name":"x"}}',
    '{"event":{"event_type":"tool","start_time":"SECRET-TIME 4111"}}',
    '{"event":{"SECRET@example.com":1,"event_type":5}}',
    '{"SECRET-KEY":{"session_id":5}}',
  ];
  for (const raw of raws) {
    const agent = 'SECRET-service/1.2 (internal host)';
    await call({ url, key }, 'POST /events', { raw, headers: { 'user-agent': agent } });
    await call({ url, key }, 'POST /session/SECRET/traces', {
      raw,
      headers: { 'user-agent': agent },
    });
  }
  await call({ url, key }, 'POST /v1/traces/SECRET', { body: {} });
  const last = nextClient();
  await post(key, last, 'last');

  const seen: SentEvent[] = [];
  const isUnknownPath = ({ name, data }: SentEvent) =>
    name === 'rejected' && (data as LiveEvents['rejected']).path === '';
  // Whose request to an unknown path it was is looked up, so its report may come later than the last one.
  await stream.next((event) => {
    seen.push(event);
    return seen.some(rejectedBy(last)) && seen.some(isUnknownPath);
  });
  stream.close();

  const rejections = seen.filter(({ name }) => name === 'rejected');
  expect(rejections.length).toBeGreaterThan(raws.length);
  expect(JSON.stringify(rejections)).not.toMatch(/SECRET|hunter2|4111|internal/);
  const paths = new Set(rejections.map(({ data }) => (data as LiveEvents['rejected']).path));
  expect([...paths].toSorted()).toEqual(['', '/events', '/session/{session_id}/traces']);
});

test('what nobody known sent is shown to the organisation alone, a revoked key to its project', async () => {
  const own = await openProject();
  const other = await openProject();
  const revoked = await createKey(dataDir, { project: other.name });
  await revokeKey(dataDir, revoked.id);
  let stranger = '';
  let former = '';

  /** Senders of what was refused lately, as a key sees it. */
  const sendersSeenBy = async (key: string): Promise<ReadonlySet<string>> => {
    const stream = await listen(key, key === organisationKey ? own.name : '');
    const seen = new Set<string>();
    const last = nextClient();
    await post(key, last, {});
    await stream.next((event) => {
      if (event.name === 'rejected')
        seen.add(String((event.data as LiveEvents['rejected']).user_agent));
      return rejectedBy(last)(event);
    });
    stream.close();
    return seen;
  };

  // A key that was made a moment ago is known a second later.
  await expect
    .poll(async () => {
      former = nextClient();
      expect((await post(revoked.key, former, {})).status).toBe(401);
      return (await sendersSeenBy(other.key)).has(former);
    })
    .toBe(true);
  // Ten of what strangers sent from one address are kept: other tests may have sent as many in the meantime.
  await expect
    .poll(async () => {
      stranger = nextClient();
      await post(null, stranger, { event: buildEvent() });
      const ofWhole = await sendersSeenBy(organisationKey);
      return [ofWhole.has(stranger), ofWhole.has(former)];
    })
    .toEqual([true, false]);
  const ofMine = await sendersSeenBy(own.key);
  const ofTheirs = await sendersSeenBy(other.key);

  expect([ofMine.has(stranger), ofMine.has(former)]).toEqual([false, false]);
  expect([ofTheirs.has(stranger), ofTheirs.has(former)]).toEqual([false, true]);
});

test('a project does not see what was refused to another, the organisation to its own keys', async () => {
  const own = await openProject();
  const other = await openProject();
  const wide = await createKey(dataDir);
  const [mine, whole] = [await listen(own.key), await listen(organisationKey, own.name)];
  const [foreign, ofWide, last] = [nextClient(), nextClient(), nextClient()];

  await post(other.key, foreign, {});
  await post(wide.key, ofWide, {});
  await post(own.key, last, {});
  const seen: string[] = [];
  const until = (event: SentEvent) => {
    if (event.name === 'rejected')
      seen.push(String((event.data as LiveEvents['rejected']).user_agent));
    return rejectedBy(last)(event);
  };
  await mine.next(until);
  await whole.next(until);
  mine.close();
  whole.close();

  const ofUs = seen.filter((agent) => [foreign, ofWide, last].includes(agent));
  expect(ofUs).toEqual([last, ofWide, last]);
});

test('every event of the stream has the shape of the contract, and nothing more', async () => {
  const { key, api } = await openProject();
  const last = nextClient();
  const stream = await listen(key);
  await api.ok('createEvent', { body: buildEvent({ outputs: { a: 1 }, error: 'broken' }) });
  await api.ok('startSession', { body: { session: { session_name: 'shape' } } });
  await post(key, last, {});

  const seen: SentEvent[] = [];
  const missing = new Set(['rows', 'rejected']);
  await stream.next((event) => {
    seen.push(event);
    missing.delete(event.name);
    return missing.size === 0;
  });
  stream.close();

  for (const { name, data } of seen) {
    const schema = liveEvents[name as keyof LiveEvents];
    expect(findIssues(schema, data)).toEqual([]);
    expect(Object.keys(data as object).filter((key) => !(key in schema.shape))).toEqual([]);
  }
});
