import { HoneyHiveSync } from 'honeyhive/sync';
import type { DroppedEvent, HoneyHiveOptions } from 'honeyhive/sync';
import {
  createOperationCaller,
  startChild,
  startFaultProxy,
  startService,
} from 'honeyhive-testkit';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const proxy = await startFaultProxy(service.url);
const api = createOperationCaller(service);
const program = fileURLToPath(new URL('blocking-log.mjs', import.meta.url));
const waiter = fileURLToPath(new URL('wait-for-event.mjs', import.meta.url));
const opened = new Set<HoneyHiveSync>();
let dir = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => {
  proxy.always({ kind: 'pass' });
  for (const client of opened) client.close();
  opened.clear();
  rmSync(dir, { recursive: true, force: true });
});
afterAll(async () => {
  await proxy.close();
  await service.stop();
});

/** A blocking client cannot talk to its own proxy thread: this one asks the service itself. */
function open(options: HoneyHiveOptions = {}): HoneyHiveSync {
  const client = new HoneyHiveSync({
    apiKey: service.key,
    baseUrl: service.url,
    flushInterval: 0.02,
    retryBackoffFactor: 0.02,
    ...options,
  });
  opened.add(client);
  return client;
}

function start(how: string, session_id: string, { dir = '', exitSeconds = 120 } = {}) {
  const args = [program, how, session_id, ...(dir === '' ? [] : [dir])];
  return startChild(process.execPath, args, {
    env: {
      HH_API_URL: proxy.url,
      HH_API_KEY: service.key,
      // However slow the machine is: what answers is waited for.
      EXIT_SECONDS: String(exitSeconds),
    },
  });
}

async function readPlaces(session_id: string): Promise<number[]> {
  const tree = await api.ok('getSessionTree', { params: { session_id } });
  return tree.children.map(({ metadata }) => Number((metadata as { place?: number }).place));
}

const inOrder = (count: number) => Array.from({ length: count }, (_each, place) => place);
const expectAll = async (session_id: string, count: number) =>
  expect((await readPlaces(session_id)).toSorted((a, b) => a - b)).toEqual(inOrder(count));

describe('the blocking view logs', () => {
  test('events and sessions, which flush delivers in order', async () => {
    const client = open();
    const { session_id } = client.logSession({ session_name: 'blocking' });
    for (let place = 0; place < 500; place += 1) {
      client.logEvent({ session_id, event_type: 'tool', event_name: 'step', metadata: { place } });
    }

    const report = client.flush({ timeout: 60 });

    expect(report).toMatchObject({ sent: 501, stored: 501, dropped: {}, pending: 0 });
    expect(client.stats()).toMatchObject({ stored: 501, inFlight: 0 });
    expect(client.getSession(session_id).session_name).toBe('blocking');
    expect(await readPlaces(session_id)).toEqual(inOrder(500));
  });

  test('and delivers in the background while the thread is busy', async () => {
    const client = open();
    const { session_id, event_id } = client.logEvent({
      session_id: randomUUID(),
      event_type: 'tool',
      event_name: 'step',
    });
    // Holds the thread until another process sees the event.
    const { status } = spawnSync(process.execPath, [waiter, service.url, service.key, event_id]);

    // Nothing of this thread has run since: what is there now, the worker has delivered.
    expect(status).toBe(0);
    const tree = await api.ok('getSessionTree', { params: { session_id } });
    expect(tree.children.map((child) => child['event_id'])).toEqual([event_id]);
    await expect.poll(() => client.stats()).toMatchObject({ stored: 1, pending: 0 });
  });

  test('what JSON and threads cannot hold in the form that the guide names', () => {
    const client = open();
    const cyclic: Record<string, unknown> = { name: 'c' };
    cyclic['self'] = cyclic;
    const inputs = {
      cyclic,
      big: 10n ** 20n,
      map: new Map([['a', 1]]),
      set: new Set([1, 2]),
      when: new Date(0),
      bytes: Buffer.from('abc'),
      error: new TypeError('odd'),
      run: () => 1,
      get bad(): string {
        throw new Error('unreadable');
      },
    };
    const { event_id } = client.logEvent({
      session_id: randomUUID(),
      event_type: 'tool',
      event_name: 'odd',
      inputs,
    });

    expect(client.flush({ timeout: 60 })).toMatchObject({ stored: 1, dropped: {} });
    expect(client.getEvent(event_id)).toMatchObject({
      inputs: {
        cyclic: { name: 'c', self: '[circular]' },
        big: '100000000000000000000',
        map: { a: 1 },
        set: [1, 2],
        when: '1970-01-01T00:00:00.000Z',
        bytes: 'YWJj',
        error: { name: 'TypeError', message: 'odd' },
        run: '[function run]',
        bad: '[unreadable: unreadable]',
      },
    });
  });

  test('with sampling, redaction and onDrop as the other view does', () => {
    const dropped: DroppedEvent[] = [];
    const client = open({
      redact: (event) => ({ ...event, inputs: { hidden: true } }),
      onDrop: (event) => dropped.push(event),
    });
    const kept = client.logEvent({
      session_id: randomUUID(),
      event_type: 'tool',
      event_name: 'step',
      inputs: { secret: 1 },
    });
    const refused = client.logEvent({
      session_id: 's',
      event_type: 'tool',
      event_name: 'step',
      duration: -1,
    });

    const report = client.flush({ timeout: 60 });

    expect(report).toMatchObject({ sent: 2, stored: 1, dropped: { rejected: 1 } });
    expect(dropped).toMatchObject([{ event_id: refused.event_id, reason: 'rejected' }]);
    expect(client.getEvent(kept.event_id).inputs).toEqual({ hidden: true });
  });

  test('and drops what finds no room, or throws if configured', () => {
    const event = { session_id: 's', event_type: 'tool', event_name: 'step' } as const;
    const away = { baseUrl: 'http://127.0.0.1:9', maxQueueEvents: 2, timeout: 0.3 };
    const dropping = open(away);
    const throwing = open({ ...away, onFull: 'throw' });

    for (let count = 0; count < 3; count += 1) dropping.logEvent(event);
    for (let count = 0; count < 2; count += 1) throwing.logEvent(event);

    expect(dropping.stats()).toMatchObject({ sent: 3, pending: 2, dropped: { queue_full: 1 } });
    expect(() => throwing.logEvent(event)).toThrow('queue is full');
  });
});

describe('what the blocking view has logged is stored once, and the process ends as it would have', () => {
  test.each([
    ['natural', 0],
    ['exit', 3],
    ['throw', 1],
    ['close', 0],
  ])('%s', async (how, code) => {
    const session_id = randomUUID();

    const exit = await start(how, session_id).exited;

    expect(exit).toEqual({ code, signal: null });
    await expectAll(session_id, 1000);
  });

  test('at SIGTERM, when asked to', async () => {
    const session_id = randomUUID();
    const child = start('signal', session_id);
    await child.waitForLine(/logged/, 60_000);

    expect(await child.kill('SIGTERM')).toEqual({ code: null, signal: 'SIGTERM' });
    await expectAll(session_id, 1000);
  });

  test('a service that never answers holds the end no longer than it may', async () => {
    proxy.always({ kind: 'stall' });
    const patient = start('exit', randomUUID(), { exitSeconds: 600 });
    onTestFinished(async () => void (await patient.kill('SIGKILL')));

    const exit = await start('exit', randomUUID(), { exitSeconds: 2 }).exited;

    expect(exit.code).toBe(3);
    expect(patient.isRunning()).toBe(true);
  });
});

describe('with a spool', () => {
  test('a kill -9 loses nothing: the next start delivers it once', async () => {
    const session_id = randomUUID();
    proxy.always({ kind: 'reset' });
    const first = start('stay', session_id, { dir });
    await first.waitForLine(/logged 1000/, 60_000);
    await first.kill('SIGKILL');
    proxy.always({ kind: 'pass' });

    const next = start('next', session_id, { dir });
    await next.waitForLine(/stored 1000/, 60_000);
    await next.exited;

    await expectAll(session_id, 1000);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('process.exit() leaves it to the next start', async () => {
    const session_id = randomUUID();
    proxy.always({ kind: 'stall' });
    expect((await start('exit', session_id, { dir, exitSeconds: 2 }).exited).code).toBe(3);
    proxy.always({ kind: 'pass' });

    await start('next', session_id, { dir }).waitForLine(/stored 1000/, 60_000);

    await expectAll(session_id, 1000);
  });

  test('both views of one client share the folder', async () => {
    const client = open({ spool: { dir } });
    const session_id = randomUUID();
    const event = { session_id, event_type: 'tool', event_name: 'step' } as const;
    client.logEvent({ ...event, metadata: { place: 0 } });
    client.async.logEvent({ ...event, metadata: { place: 1 } });

    expect(client.flush({ timeout: 60 })).toMatchObject({ sent: 1, stored: 1 });
    expect(await client.async.flush({ timeout: 60 })).toMatchObject({ sent: 1, stored: 1 });
    await expectAll(session_id, 2);
    await expect.poll(() => readdirSync(dir)).toEqual([]);
  });
});
