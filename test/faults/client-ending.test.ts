import {
  createOperationCaller,
  startChild,
  startFaultProxy,
  startService,
} from 'honeyhive-testkit';
import type { Child } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { createAuthority } from '../../packages/client/src/testing/certificates.ts';
import { startForwardProxy } from '../../packages/client/src/testing/forward-proxy.ts';
import { listen } from '../../packages/client/src/testing/listening.ts';

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const proxy = await startFaultProxy(service.url);
const api = createOperationCaller(service);
const program = fileURLToPath(new URL('client-ending.mjs', import.meta.url));

afterEach(() => proxy.always({ kind: 'pass' }));
afterAll(async () => {
  await proxy.close();
  await service.stop();
});

/**
 * As long as the client waits on its own. Elsewhere it is longer: however slow the machine is, what answers is waited
 * for.
 */
const byDefault = { EXIT_SECONDS: '2' };

function start(how: string, session_id: string, env: Readonly<Record<string, string>> = {}) {
  return startChild(process.execPath, [program, how, session_id], {
    env: { HH_API_URL: proxy.url, HH_API_KEY: service.key, EXIT_SECONDS: '120', ...env },
  });
}

/** How long the client kept the process from its end. */
const heldMsOf = (child: Child): number => Number(/held for (\d+)/.exec(child.stdout())?.[1]);

/** Names of the places that are stored, in the order of the tree. */
async function readPlaces(session_id: string): Promise<number[]> {
  const tree = await api.ok('getSessionTree', { params: { session_id } });
  return tree.children.map(({ metadata }) => Number((metadata as { place?: number }).place));
}

const inOrder = (count: number) => Array.from({ length: count }, (_each, place) => place);

describe('every event is stored once, and the process ends as it would have', () => {
  test.each([
    ['when it ends on its own', 'natural', 0, 1000],
    ['at process.exit()', 'exit', 3, 1000],
    ['at process.exit() with batches in flight', 'midway', 4, 1500],
    ['at an uncaught exception', 'throw', 1, 1000],
    ['at an unhandled rejection', 'reject', 1, 1000],
    ['at an exception that the application handles', 'caught', 9, 1000],
  ])('%s', async (_name, how, code, count) => {
    const session_id = randomUUID();

    const exit = await start(how, session_id).exited;

    expect(exit).toEqual({ code, signal: null });
    const places = await readPlaces(session_id);
    expect(places.toSorted((a, b) => a - b)).toEqual(inOrder(count));
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('at %s, when asked to', async (signal) => {
    const session_id = randomUUID();
    const child = start('signal', session_id);
    await child.waitForLine(/logged/, 60_000);

    const exit = await child.kill(signal);

    expect(exit).toEqual({ code: null, signal });
    expect(await readPlaces(session_id)).toHaveLength(1000);
  });

  test('at a signal that the application listens to', async () => {
    const session_id = randomUUID();
    const child = start('signal-own', session_id);
    await child.waitForLine(/logged/, 60_000);

    const exit = await child.kill('SIGTERM');

    expect(exit).toEqual({ code: 7, signal: null });
    expect(child.stdout()).toContain('the application saw the signal');
    expect(await readPlaces(session_id)).toHaveLength(1000);
  });
});

test('an answer that is lost at the end doubles nothing', async () => {
  const session_id = randomUUID();
  proxy.script({ kind: 'drop-reply' });

  const exit = await start('exit', session_id).exited;

  expect(exit.code).toBe(3);
  expect((await readPlaces(session_id)).toSorted((a, b) => a - b)).toEqual(inOrder(1000));
});

describe('a service that is away holds the end no longer than it may', () => {
  test.each([
    ['natural', 0],
    ['exit', 3],
    ['throw', 1],
  ])('%s', async (how, code) => {
    proxy.always({ kind: 'stall' });
    const startedAt = performance.now();

    const exit = await start(how, randomUUID(), byDefault).exited;

    expect(exit).toEqual({ code, signal: null });
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });

  test('not at all if configured not to wait', async () => {
    proxy.always({ kind: 'stall' });
    const child = start('exit', randomUUID(), { EXIT_SECONDS: '0' });

    const exit = await child.exited;

    expect(exit.code).toBe(3);
    expect(heldMsOf(child)).toBeLessThan(1000);
  });
});

test('a machine that is slow to start the worker that posts loses nothing', async () => {
  const session_id = randomUUID();
  const slow = new URL('slow-worker.mjs', import.meta.url).href;

  const exit = await start('exit', session_id, {
    ...byDefault,
    NODE_OPTIONS: `--import=${slow}`,
  }).exited;

  expect(exit.code).toBe(3);
  expect((await readPlaces(session_id)).toSorted((a, b) => a - b)).toEqual(inOrder(1000));
});

describe('on the way to a service that is not at hand', () => {
  const authority = createAuthority();
  const folder = mkdtempSync(join(tmpdir(), 'honeyhive-ending-'));
  const certificate = join(folder, 'authority.pem');
  writeFileSync(certificate, authority.cert);
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The service over TLS, with a private certificate authority. */
  async function startTls() {
    const server = createServer(authority.issue('127.0.0.1'), (socket) => {
      const upstream = connect(Number(new URL(service.url).port), '127.0.0.1');
      socket.pipe(upstream).pipe(socket);
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    const { port, ...listening } = await listen(server);
    return { ...listening, url: `https://127.0.0.1:${port}` };
  }

  test.each([
    ['exit', 3],
    ['throw', 1],
    ['natural', 0],
  ])('%s delivers through a forward proxy that asks for credentials', async (how, code) => {
    const session_id = randomUUID();
    await using forward = await startForwardProxy({ credentials: 'bee:honey' });
    const env = { HH_PROXY_URL: `http://bee:honey@127.0.0.1:${forward.port}` };

    const exit = await start(how, session_id, env).exited;

    expect(exit.code).toBe(code);
    expect((await readPlaces(session_id)).toSorted((a, b) => a - b)).toEqual(inOrder(1000));
    expect(forward.asked.length).toBeGreaterThan(0);
  });

  test('exit delivers over TLS whose authority only a file names, behind a proxy and without', async () => {
    await using tls = await startTls();
    await using forward = await startForwardProxy({ credentials: 'bee:honey' });
    const env = { HH_API_URL: tls.url, HH_SSL_CERT_PATH: certificate };
    const proxied = { ...env, HH_PROXY_URL: `http://bee:honey@127.0.0.1:${forward.port}` };

    for (const around of [env, proxied]) {
      const session_id = randomUUID();
      const exit = await start('exit', session_id, around).exited;

      expect(exit.code).toBe(3);
      expect((await readPlaces(session_id)).toSorted((a, b) => a - b)).toEqual(inOrder(1000));
    }
    expect(forward.asked[0]).toMatch(/^CONNECT /);
  });

  test('exit gives nothing to a service whose certificate nobody vouches for, and ends in time', async () => {
    await using tls = await startTls();
    const startedAt = performance.now();

    const exit = await start('exit', randomUUID(), { ...byDefault, HH_API_URL: tls.url }).exited;

    expect(exit.code).toBe(3);
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });
});
