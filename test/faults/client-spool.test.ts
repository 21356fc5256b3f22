import {
  createOperationCaller,
  startChild,
  startFaultProxy,
  startService,
} from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const proxy = await startFaultProxy(service.url);
const api = createOperationCaller(service);
const program = fileURLToPath(new URL('client-spool.mjs', import.meta.url));
const children = new Set<ReturnType<typeof startChild>>();
let dir = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(async () => {
  await Promise.all([...children].map((child) => child.kill('SIGKILL')));
  children.clear();
  proxy.always({ kind: 'pass' });
  rmSync(dir, { recursive: true, force: true });
});
afterAll(async () => {
  await proxy.close();
  await service.stop();
});

function start(session_id: string, count: number, how = 'stay') {
  const env = { HH_API_URL: proxy.url, HH_API_KEY: service.key };
  const child = startChild(process.execPath, [program, dir, session_id, String(count), how], {
    env,
  });
  children.add(child);
  return child;
}

async function kill(child: ReturnType<typeof start>): Promise<void> {
  children.delete(child);
  await child.kill('SIGKILL');
}

/** Logs and is killed while the service is away. */
async function logAndDie(session_id: string, count: number): Promise<void> {
  const child = start(session_id, count);
  await child.waitForLine(/logged/, 60_000);
  await kill(child);
}

async function readPlaces(session_id: string): Promise<number[]> {
  const tree = await api.ok('getSessionTree', { params: { session_id } });
  return tree.children.map(({ metadata }) => Number((metadata as { place?: number }).place));
}

const inOrder = (count: number) => Array.from({ length: count }, (_each, place) => place);
const expectAll = async (session_id: string, count: number) =>
  expect((await readPlaces(session_id)).toSorted((a, b) => a - b)).toEqual(inOrder(count));

test('what was logged before a kill -9 is stored once by the next start, and never sent again', async () => {
  const session_id = randomUUID();
  proxy.always({ kind: 'reset' });
  await logAndDie(session_id, 1000);
  proxy.always({ kind: 'pass' });

  const next = start(session_id, 0);
  await next.waitForLine(/settled 1000/, 60_000);
  await kill(next);

  await expectAll(session_id, 1000);
  expect(readdirSync(dir)).toEqual([]);
  const before = proxy.requests.length;
  await start(session_id, 0).waitForLine(/settled 0/, 60_000);
  expect(proxy.requests.length).toBe(before);
});

test('an acknowledgement that was lost doubles nothing', async () => {
  const session_id = randomUUID();
  proxy.always({ kind: 'drop-reply' });
  const before = proxy.requests.length;
  const first = start(session_id, 1000);
  await first.waitForLine(/logged/, 60_000);
  await expect.poll(() => proxy.requests.length).toBeGreaterThan(before);
  await kill(first);
  proxy.always({ kind: 'pass' });

  await start(session_id, 0).waitForLine(/settled 1000/, 60_000);

  await expectAll(session_id, 1000);
});

test('two processes share a folder, and neither takes what the other one is at', async () => {
  const sessions = [randomUUID(), randomUUID()] as const;
  proxy.always({ kind: 'reset' });
  const first = start(sessions[0], 600);
  await first.waitForLine(/logged/, 60_000);
  const second = start(sessions[1], 400);
  await second.waitForLine(/logged/, 60_000);
  expect(readdirSync(dir)).toHaveLength(2);
  proxy.always({ kind: 'pass' });

  await first.waitForLine(/settled 600/, 60_000);
  await second.waitForLine(/settled 400/, 60_000);

  await expectAll(sessions[0], 600);
  await expectAll(sessions[1], 400);
  expect(readdirSync(dir)).toEqual([]);
});

test('of two that start at once, one takes over what was left', async () => {
  const session_id = randomUUID();
  proxy.always({ kind: 'reset' });
  await logAndDie(session_id, 500);
  proxy.always({ kind: 'pass' });

  const both = [start(session_id, 0), start(session_id, 0)];
  await Promise.all(both.map((child) => child.waitForLine(/settled/, 60_000)));

  const settled = both.map((child) => Number(/settled (\d+)/.exec(child.stdout())?.[1]));
  expect(settled.toSorted((a, b) => a - b)).toEqual([0, 500]);
  await expectAll(session_id, 500);
});

test('one killed again and again loses nothing', async () => {
  const session_id = randomUUID();
  proxy.always({ kind: 'reset' });
  await logAndDie(session_id, 300);
  await logAndDie(session_id, 0);
  await logAndDie(session_id, 0);
  proxy.always({ kind: 'pass' });

  await start(session_id, 0).waitForLine(/settled 300/, 60_000);

  expect((await readPlaces(session_id)).toSorted((a, b) => a - b)).toEqual(inOrder(300));
});

test('process.exit() does not wait for the service, and the next start delivers', async () => {
  const session_id = randomUUID();
  proxy.always({ kind: 'stall' });
  const child = start(session_id, 500, 'exit');
  expect((await child.exited).code).toBe(3);
  expect(Number(/held for (\d+)/.exec(child.stdout())?.[1])).toBeLessThan(1000);
  proxy.always({ kind: 'pass' });

  await start(session_id, 0).waitForLine(/settled 500/, 60_000);

  await expectAll(session_id, 500);
});
