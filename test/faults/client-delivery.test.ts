import { HoneyHive } from 'honeyhive';
import type { DeliveryReport, HoneyHiveOptions } from 'honeyhive';
import { createOperationCaller, startFaultProxy, startService } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const proxy = await startFaultProxy(service.url);
const api = createOperationCaller(service);
const open = new Set<HoneyHive>();

afterEach(async () => {
  proxy.always({ kind: 'pass' });
  await Promise.all([...open].map((client) => client.close()));
  open.clear();
});
afterAll(async () => {
  await proxy.close();
  await service.stop();
});

function connect(options: HoneyHiveOptions = {}): HoneyHive {
  const client = new HoneyHive({
    apiKey: service.key,
    baseUrl: proxy.url,
    retryBackoffFactor: 0.02,
    flushInterval: 0.02,
    timeout: 60,
    ...options,
  });
  open.add(client);
  return client;
}

/** Events that name their place, in sessions that take turns. */
function logMany(client: HoneyHive, count: number, sessions: readonly string[]): void {
  for (let place = 0; place < count; place += 1) {
    client.logEvent({
      session_id: sessions[place % sessions.length] ?? '',
      event_type: 'tool',
      event_name: 'step',
      inputs: { text: 'x'.repeat(200) },
      metadata: { place },
    });
  }
}

const makeSessions = (count: number) => Array.from({ length: count }, () => randomUUID());

const isEven = ({ sent, stored, dropped, pending }: DeliveryReport): boolean =>
  sent === stored + pending + Object.values(dropped).reduce((sum, count) => sum + count, 0);

/** Events of the sessions in the store; an id that is there twice counts twice. */
async function countStored(sessions: readonly string[]): Promise<number> {
  let count = 0;
  for (const session_id of sessions) {
    const tree = await api.ok('getSessionTree', { params: { session_id } });
    const ids = tree.children.map((child) => String(child['event_id']));
    expect(new Set(ids).size).toBe(ids.length);
    count += ids.length;
  }
  return count;
}

test('a service that is away for a while costs nothing, and what waited goes in few batches', async () => {
  const client = connect({ flushInterval: 0.01 });
  const sessions = makeSessions(2);
  proxy.always({ kind: 'reset' });
  for (let burst = 0; burst < 20; burst += 1) {
    logMany(client, 50, sessions);
    await sleep(50);
  }
  await expect.poll(() => client.stats().retried).toBeGreaterThan(0);
  const away = client.stats();
  const before = proxy.requests.length;
  proxy.always({ kind: 'pass' });
  const report = await client.flush();

  expect(away).toMatchObject({ sent: 1000, stored: 0, pending: 1000 });
  expect(report).toMatchObject({ stored: 1000, pending: 0, dropped: {} });
  expect(report.retried).toBeGreaterThan(0);
  expect(proxy.requests.length - before).toBeLessThan(20);
  expect(await countStored(sessions)).toBe(1000);
});

test('Retry-After of one answer holds all batches back', async () => {
  const client = connect({ maxBatchEvents: 10, maxInFlight: 4 });
  const sessions = makeSessions(8);
  proxy.script({ kind: 'answer', status: 429, headers: { 'retry-after': '2' } });
  const before = proxy.requests.length;
  const dueAt = performance.now() + 2000;

  logMany(client, 80, sessions);
  await expect.poll(() => client.stats().pausedForMs).toBeGreaterThan(0);
  // Those that were in flight when the answer came.
  await expect.poll(() => proxy.requests.length - before).toBeGreaterThan(4);
  const sentAgainAt = performance.now();

  expect(sentAgainAt).toBeGreaterThan(dueAt - 300);
  expect(await client.flush()).toMatchObject({ stored: 80, pending: 0 });
});

test('a service that never answers does not block flush, and nothing is dropped', async () => {
  const client = connect({ timeout: 1 });
  const sessions = makeSessions(1);
  proxy.always({ kind: 'stall' });
  logMany(client, 10, sessions);

  const startedAt = performance.now();
  const report = await client.flush({ timeout: 0.3 });
  const tookMs = performance.now() - startedAt;

  expect(report).toMatchObject({ sent: 10, stored: 0, pending: 10, dropped: {} });
  expect(tookMs).toBeLessThan(5000);
  proxy.always({ kind: 'pass' });
  expect(await client.flush({ timeout: 60 })).toMatchObject({ stored: 10, pending: 0 });
  expect(await countStored(sessions)).toBe(10);
});

test('close is in time as well, and says what it could not deliver', async () => {
  const dropped: string[] = [];
  const client = connect({ timeout: 0.4, onDrop: ({ reason }) => dropped.push(reason) });
  proxy.always({ kind: 'stall' });
  logMany(client, 10, makeSessions(2));
  const receipt = client.logSession({ session_name: 'late' });

  await client.close();

  expect(client.stats()).toMatchObject({
    sent: 11,
    stored: 0,
    dropped: { closed: 11 },
    pending: 0,
  });
  expect(await receipt.done).toMatchObject({ status: 'dropped', reason: 'closed' });
  expect(dropped).toHaveLength(11);
});

test('a limit of the service on the size of a body is found and kept to', async () => {
  const small = await startService({ env: { HH_LOG_LEVEL: 'warn', HH_MAX_BODY_BYTES: '20000' } });
  const client = connect({ baseUrl: small.url, apiKey: small.key });
  const sessions = makeSessions(2);
  logMany(client, 500, sessions);
  const huge = client.logEvent({
    session_id: sessions[0] ?? '',
    event_type: 'tool',
    event_name: 'huge',
    inputs: { text: 'y'.repeat(30_000) },
  });
  logMany(client, 100, sessions);

  const report = await client.flush();
  await client.close();
  await small.stop();

  expect(report).toMatchObject({ stored: 600, dropped: { too_large: 1 }, pending: 0 });
  expect(await huge.done).toMatchObject({ reason: 'too_large' });
});

test('a key that is refused drops the events and says why', async () => {
  const client = connect({ apiKey: 'hh_abcdefghijkl_0123456789abcdefghijklmnopqrstuv' });
  const receipt = client.logEvent({ session_id: 's', event_type: 'tool', event_name: 'n' });

  expect(await receipt.done).toMatchObject({
    status: 'dropped',
    reason: 'refused',
    message: expect.stringContaining('apiKey'),
  });
});

describe('a full queue', () => {
  const load = (onFull: NonNullable<HoneyHiveOptions['onFull']>) => {
    proxy.always({ kind: 'answer', status: 503, headers: { 'retry-after': '0.5' } });
    return connect({ onFull, maxQueueEvents: 50 });
  };
  const recover = async (client: HoneyHive) => {
    proxy.always({ kind: 'pass' });
    const report = await client.flush();
    expect(isEven(report)).toBe(true);
    return report;
  };

  test('keeps the first events when the newest go', async () => {
    const client = load('drop-newest');
    const sessions = makeSessions(2);
    logMany(client, 80, sessions);

    expect(await recover(client)).toMatchObject({ stored: 50, dropped: { queue_full: 30 } });
    expect(await countStored(sessions)).toBe(50);
  });

  test('keeps the last events when the oldest go', async () => {
    const client = load('drop-oldest');
    const sessions = makeSessions(2);
    logMany(client, 80, sessions);

    expect(await recover(client)).toMatchObject({ stored: 50, dropped: { queue_full: 30 } });
    const { events } = await client.listEvents({ session_id: sessions[0], event_type: 'tool' });
    expect(
      events.map(({ metadata }) => Number(metadata?.['place'])).toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 25 }, (_each, index) => 30 + index * 2));
  });

  test('throws if configured, and counts what it threw for', async () => {
    const client = load('throw');
    const sessions = makeSessions(1);
    logMany(client, 50, sessions);

    expect(() => logMany(client, 1, sessions)).toThrow('queue is full');
    expect(await recover(client)).toMatchObject({
      sent: 51,
      stored: 50,
      dropped: { queue_full: 1 },
    });
  });

  test('holds back those who await, and no more than twice its size of those who do not', async () => {
    const client = load('block');
    const sessions = makeSessions(1);
    logMany(client, 49, sessions);
    const last = client.logEvent({
      session_id: sessions[0] ?? '',
      event_type: 'tool',
      event_name: 'n',
    });
    let isAccepted = false;
    const accepted = last.accepted.then(() => (isAccepted = true));
    logMany(client, 60, sessions);
    await sleep(50);

    expect(isAccepted).toBe(false);
    expect(await recover(client)).toMatchObject({
      sent: 110,
      stored: 100,
      dropped: { queue_full: 10 },
    });
    expect(await accepted).toBe(true);
  });
});
