import { HoneyHive } from 'honeyhive';
import type { CreateEventInput, Event, FlushOptions, HoneyHiveOptions } from 'honeyhive';
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { openProject } from '../own-project.ts';
import { javascriptValues } from './javascript-values.ts';

const project = await openProject();
const open: HoneyHive[] = [];
const connect = (options: HoneyHiveOptions = {}): HoneyHive => {
  const { url: baseUrl } = inject('service');
  const client = new HoneyHive({ apiKey: project.key, baseUrl, ...options });
  open.push(client);
  return client;
};
afterAll(async () => {
  await Promise.all(open.map((client) => client.close()));
});

const step = (session_id: string, over: Partial<CreateEventInput> = {}): CreateEventInput => ({
  session_id,
  event_type: 'tool',
  event_name: 'step',
  ...over,
});

async function readSteps(client: HoneyHive, session_id: string): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of client.listEvents({ session_id, event_type: 'tool' }))
    events.push(event);
  return events;
}

const sixMegabytes = ['6 MB of text', () => 'x'.repeat(6e6), 'x'.repeat(6e6)] as const;

test.each([...javascriptValues, sixMegabytes])(
  '%s arrives in its documented form, and its batch-mates with it',
  async (_name, make, form) => {
    const client = connect();
    const session_id = randomUUID();
    for (let place = 0; place < 20; place += 1) client.logEvent(step(session_id));
    const receipt = client.logEvent(step(session_id, { outputs: { value: make() } }));
    for (let place = 0; place < 20; place += 1) client.logEvent(step(session_id));

    expect(await client.flush()).toMatchObject({ stored: 41, dropped: {}, pending: 0 });
    const stored = await client.getEvent(receipt.event_id);
    expect(stored.outputs).toEqual({ value: form });
  },
);

test('half a surrogate pair costs no other event', async () => {
  const client = connect();
  const session_id = randomUUID();
  client.logEvent(step(session_id, { event_name: 'half \ud800', outputs: { text: 'x\udc00' } }));
  const broken = client.logEvent(step(session_id, { event_id: 'id \ud800' }));
  client.logEvent(step(session_id));

  expect(await client.flush()).toMatchObject({ stored: 2, dropped: { rejected: 1 } });
  expect(await broken.done).toMatchObject({ status: 'dropped', reason: 'rejected' });
});

test('what the service refuses is dropped alone, with what it said', async () => {
  const client = connect();
  const session_id = randomUUID();
  client.logEvent(step(session_id));
  const refused = client.logEvent(step(session_id, { event_name: 'n'.repeat(2000) }));
  const none = client.logEvent(null as unknown as CreateEventInput);

  expect(await client.flush()).toMatchObject({ stored: 1, dropped: { rejected: 1, invalid: 1 } });
  expect(await refused.done).toMatchObject({ message: expect.stringContaining('event_name') });
  expect(await none.done).toMatchObject({ reason: 'invalid' });
});

test('the event is sent as it was at the call', async () => {
  const client = connect();
  const session_id = randomUUID();
  const inputs = { list: [1] };
  const receipt = client.logEvent(step(session_id, { inputs }));
  inputs.list.push(2);

  await client.flush();

  expect((await client.getEvent(receipt.event_id)).inputs).toEqual({ list: [1] });
});

test('a session and its events, compressed, in the order of the calls', async () => {
  const client = connect({ compression: 'gzip', maxBatchEvents: 10, source: 'test' });
  const { session_id, event_id } = client.logSession({ session_name: 'logged', user_id: 'u' });
  for (let place = 0; place < 100; place += 1) {
    client.logEvent(step(session_id, { metadata: { place } }));
  }

  expect(await client.flush()).toMatchObject({ stored: 101 });
  expect(event_id).toBe(session_id);
  expect(await client.getSession(session_id)).toMatchObject({
    session_name: 'logged',
    event_count: 100,
    source: 'test',
  });
  const steps = await readSteps(client, session_id);
  const places = steps.toSorted((a, b) => (a.event_id < b.event_id ? -1 : 1));
  expect(places.map(({ metadata }) => metadata?.['place'])).toEqual(
    Array.from({ length: 100 }, (_each, place) => place),
  );
});

describe('what does not leave the process', () => {
  test('is not in the sample, and counted', async () => {
    const client = connect({ sampling: 0 });
    const receipt = client.logEvent(step(randomUUID()));

    expect(await receipt.done).toMatchObject({ reason: 'sampled_out' });
    expect(await client.flush()).toMatchObject({ sent: 1, stored: 0, dropped: { sampled_out: 1 } });
  });

  test('is redacted', async () => {
    const client = connect({ redact: { paths: ['inputs.secret'] } });
    const receipt = client.logEvent(step(randomUUID(), { inputs: { secret: 'x', open: 1 } }));
    await client.flush();

    expect((await client.getEvent(receipt.event_id)).inputs).toEqual({
      secret: '[redacted]',
      open: 1,
    });
  });

  test('cannot be redacted', async () => {
    const client = connect({
      redact() {
        throw new Error('bug');
      },
    });

    expect(await client.logEvent(step(randomUUID())).done).toMatchObject({
      reason: 'redaction_failed',
    });
  });

  test('came after close', async () => {
    const client = connect();
    await client.close();

    expect(await client.logEvent(step(randomUUID())).done).toMatchObject({ reason: 'closed' });
    expect(client.stats()).toMatchObject({ sent: 1, dropped: { closed: 1 }, pending: 0 });
  });
});

test('in test mode events are taken and nothing is sent', async () => {
  const client = new HoneyHive({ testMode: true, baseUrl: 'http://127.0.0.1:9' });
  client.logEvent(step(randomUUID()));

  expect(await client.flush()).toMatchObject({ sent: 1, stored: 1 });
  await client.close();
});

test('a flush with a timeout that makes no sense rejects', async () => {
  await expect(connect().flush({ timeout: -1 })).rejects.toThrow(
    'timeout must be a number of seconds',
  );
  await expect(connect().flush({ timeuot: 1 } as FlushOptions)).rejects.toThrow(
    'did you mean timeout',
  );
});
