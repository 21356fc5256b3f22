import { HoneyHive } from 'honeyhive';
import { startFaultProxy } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, inject, test } from 'vitest';
import { openProject } from '../own-project.ts';

const project = await openProject();
const proxy = await startFaultProxy(inject('service').url);
const client = new HoneyHive({
  apiKey: project.key,
  baseUrl: proxy.url,
  retryBackoffFactor: 0.005,
});

let session_id = '';
beforeEach(async () => {
  ({ session_id } = await client.createSession());
});
afterAll(async () => {
  await client.close();
  await proxy.close();
});

const faults = [
  { kind: 'reset' },
  { kind: 'drop-reply' },
  { kind: 'truncate', bodyBytes: 5 },
  { kind: 'answer', status: 429, headers: { 'retry-after': '0' } },
  { kind: 'answer', status: 503 },
  { kind: 'answer', status: 504, body: '<html>' },
] as const;

test.each(faults)('an event is stored once after %j', async (fault) => {
  const event_name = randomUUID();
  proxy.script(fault, fault, fault);

  await client.createEvent({ session_id, event_type: 'tool', event_name });

  expect(await client.listEvents({ session_id, event_name })).toMatchObject({ total: 1 });
});

test.each(faults)('each event of a batch is stored once after %j', async (fault) => {
  const batch = Array.from({ length: 20 }, (_, index) => ({
    session_id,
    event_type: 'tool',
    event_name: `step ${index}`,
  }));
  proxy.script(fault, fault);

  const result = await client.createEventsBatch(batch);

  expect(result).toMatchObject({ created_count: 20, failed_count: 0 });
  expect(await client.listEvents({ session_id, event_type: 'tool' })).toMatchObject({ total: 20 });
});

test.each(faults)('a session is started once after %j', async (fault) => {
  const session_name = randomUUID();
  proxy.script(fault);

  await client.createSession({ session_name });

  expect(await client.listSessions({ session_name })).toMatchObject({ total: 1 });
});
