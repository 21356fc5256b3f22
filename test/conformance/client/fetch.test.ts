import { HoneyHive as NodeHoneyHive } from 'honeyhive';
import { HoneyHive } from 'honeyhive/fetch';
import { startFaultProxy } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { callEveryMethod, everyAnswer } from './every-method.ts';

const { url: baseUrl, key: apiKey } = inject('service');

test.each([
  ['honeyhive', new NodeHoneyHive({ apiKey, baseUrl })],
  ['honeyhive/fetch', new HoneyHive({ apiKey, baseUrl })],
])('every method of %s does its work', async (_name, client) => {
  const mark = randomUUID();

  expect(await callEveryMethod(client, mark)).toEqual(everyAnswer(mark));
});

test.each([
  { kind: 'reset' },
  { kind: 'drop-reply' },
  { kind: 'truncate', bodyBytes: 5 },
  { kind: 'answer', status: 503 },
] as const)('over fetch an event is stored once after %j', async (fault) => {
  const proxy = await startFaultProxy(baseUrl);
  const client = new HoneyHive({ apiKey, baseUrl: proxy.url, retryBackoffFactor: 0.005 });
  const event = { session_id: randomUUID(), event_type: 'tool', event_name: 'once' } as const;
  proxy.script(fault, fault);

  await client.createEvent(event);

  const { session_id, event_name } = event;
  expect(await client.listEvents({ session_id, event_name })).toMatchObject({ total: 1 });
  await proxy.close();
});
