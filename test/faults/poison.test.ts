import { HoneyHive } from 'honeyhive';
import type { DroppedEvent, HoneyHiveOptions } from 'honeyhive';
import { createOperationCaller, startFaultProxy, startService } from 'honeyhive-testkit';
import type { Fault } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const api = createOperationCaller(service);
afterAll(() => service.stop());

const poisonous = 'poisonous';

/** A client in front of a service on which a poisonous event does what the fault says. */
async function open(fault: Fault, options: HoneyHiveOptions = {}) {
  const proxy = await startFaultProxy(service.url);
  proxy.when(({ body }) => body.includes(poisonous), fault);
  const dropped: DroppedEvent[] = [];
  const client = new HoneyHive({
    apiKey: service.key,
    baseUrl: proxy.url,
    retryBackoffFactor: 0.02,
    retryBackoffMax: 0.2,
    flushInterval: 0.02,
    timeout: 5,
    onDrop: (event) => dropped.push(event),
    ...options,
  });
  return {
    proxy,
    client,
    dropped,
    log: (session_id: string, event_name = 'step') =>
      client.logEvent({ session_id, event_type: 'tool', event_name }),
    async [Symbol.asyncDispose]() {
      await client.close();
      await proxy.close();
    },
  };
}

async function countStored(session_id: string): Promise<number> {
  const tree = await api.ok('getSessionTree', { params: { session_id } });
  const ids = tree.children.map((child) => String(child['event_id']));
  expect(new Set(ids).size).toBe(ids.length);
  return ids.length;
}

test.each<Fault>([
  { kind: 'answer', status: 500 },
  { kind: 'answer', status: 502 },
  { kind: 'reset' },
])(
  'as many poisonous events as there are places are dropped, and hold up nobody: %j',
  async (fault) => {
    await using opened = await open(fault, { maxInFlight: 4 });
    const { client, dropped, log } = opened;
    const good = randomUUID();
    const bad = Array.from({ length: 4 }, () => randomUUID());
    const poison = bad.map((session_id) => log(session_id, poisonous).event_id);

    let count = 0;
    const startedAt = performance.now();
    while (dropped.length < 4 && performance.now() - startedAt < 60_000) {
      // In company, before it in its session and after it, and apart.
      for (const session_id of [good, ...bad]) log(session_id);
      count += 1;
      await sleep(10);
    }
    const report = await client.flush();

    expect(dropped.map(({ event_id }) => event_id).toSorted()).toEqual(poison.toSorted());
    expect(new Set(dropped.map(({ reason }) => reason))).toEqual(new Set(['failed']));
    expect(report).toMatchObject({ stored: count * 5, dropped: { failed: 4 }, pending: 0 });
    for (const session_id of [good, ...bad]) expect(await countStored(session_id)).toBe(count);
  },
);

test('a poisonous event in a large batch costs none of the others', async () => {
  await using opened = await open({ kind: 'answer', status: 500 });
  const { client, dropped, log } = opened;
  const session_id = randomUUID();
  for (let place = 0; place < 1000; place += 1) log(session_id, place === 700 ? poisonous : 'step');

  await expect.poll(() => client.stats().stored, { timeout: 20_000 }).toBe(999);
  expect(await countStored(session_id)).toBe(999);
  // The service continues storing others, which is what it takes to be sure.
  const later = randomUUID();
  await expect
    .poll(
      () => {
        log(later);
        return dropped;
      },
      { timeout: 60_000 },
    )
    .toHaveLength(1);
  expect(dropped[0]).toMatchObject({ session_id, reason: 'failed' });
  expect((await client.flush()).pending).toBe(0);
});

test('a service that fails on everything loses nothing, however often it is tried', async () => {
  await using opened = await open({ kind: 'pass' });
  const { client, dropped, log, proxy } = opened;
  proxy.always({ kind: 'answer', status: 500 });
  const sessions = Array.from({ length: 6 }, () => randomUUID());
  for (let round = 0; round < 20; round += 1) {
    for (const session_id of sessions) log(session_id);
    await sleep(20);
  }
  await expect.poll(() => proxy.requests.length, { timeout: 60_000 }).toBeGreaterThan(60);
  const away = client.stats();
  proxy.always({ kind: 'pass' });
  const report = await client.flush({ timeout: 20 });

  expect(away).toMatchObject({ stored: 0, dropped: {}, pending: 120 });
  expect(report).toMatchObject({ stored: 120, dropped: {}, pending: 0 });
  expect(dropped).toEqual([]);
  for (const session_id of sessions) expect(await countStored(session_id)).toBe(20);
});

test('a poisonous event on its own is kept: it may be the service', async () => {
  await using opened = await open({ kind: 'answer', status: 500 });
  const { client, dropped, log, proxy } = opened;
  const receipt = log(randomUUID(), poisonous);

  await expect.poll(() => proxy.requests.length, { timeout: 60_000 }).toBeGreaterThan(15);
  expect(client.stats()).toMatchObject({ stored: 0, dropped: {}, pending: 1 });
  await client.close();

  expect(await receipt.done).toMatchObject({ status: 'dropped', reason: 'closed' });
  expect(dropped).toHaveLength(1);
});
