import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startFaultProxy } from './fault-proxy.ts';

const brokenConnection = /ECONNRESET|other side closed|terminated|socket hang up/;

let carriedOut = 0;
const upstream = createServer((incoming, response) => {
  incoming.resume().on('end', () => {
    carriedOut += 1;
    response.writeHead(201, { 'content-type': 'text/plain', 'x-from': 'upstream' });
    response.end('hello from upstream');
  });
});

beforeAll(async () => {
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
});

afterAll(() => {
  upstream.closeAllConnections();
  upstream.close();
});

async function startProxy() {
  const { port } = upstream.address() as AddressInfo;
  const proxy = await startFaultProxy(`http://127.0.0.1:${port}`);
  onTestFinished(() => proxy.close());
  const post = async (signal?: AbortSignal) => {
    const response = await request(`${proxy.url}/path?a=1`, {
      method: 'POST',
      body: 'ping',
      ...(signal ? { signal } : {}),
    });
    return {
      status: response.statusCode,
      headers: response.headers,
      text: await response.body.text(),
    };
  };
  return { proxy, post };
}

test('forwards a request and its reply, and notes what it saw', async () => {
  const { proxy, post } = await startProxy();

  const reply = await post();

  expect(reply).toMatchObject({ status: 201, text: 'hello from upstream' });
  expect(reply.headers['x-from']).toBe('upstream');
  expect(proxy.requests).toMatchObject([{ method: 'POST', path: '/path?a=1', fault: 'pass' }]);
  expect(proxy.requests[0]?.body.toString()).toBe('ping');
});

test('plays its script in order and passes everything after it', async () => {
  const { proxy, post } = await startProxy();
  proxy.script(
    { kind: 'answer', status: 503, headers: { 'retry-after': '2' }, body: 'later' },
    { kind: 'answer', status: 429 },
  );

  const replies = [await post(), await post(), await post()];

  expect(replies.map(({ status }) => status)).toEqual([503, 429, 201]);
  expect(replies[0]).toMatchObject({ text: 'later', headers: { 'retry-after': '2' } });
});

test('applies a fault to matching requests, and passes the others', async () => {
  const { proxy, post } = await startProxy();
  proxy.when(({ body }) => body.includes('ping'), { kind: 'answer', status: 500 });
  proxy.when(({ body }) => body.includes('pong'), { kind: 'answer', status: 501 });
  proxy.script({ kind: 'pass' });

  expect((await post()).status).toBe(201);
  expect((await post()).status).toBe(500);
});

test('resets a connection without forwarding', async () => {
  const { proxy, post } = await startProxy();
  const before = carriedOut;
  proxy.script({ kind: 'reset' });

  await expect(post()).rejects.toThrow(brokenConnection);

  expect(carriedOut).toBe(before);
});

test('lets a request be carried out and drops its reply', async () => {
  const { proxy, post } = await startProxy();
  const before = carriedOut;
  proxy.script({ kind: 'drop-reply' });

  await expect(post()).rejects.toThrow(brokenConnection);

  expect(carriedOut).toBe(before + 1);
});

test('ends the connection inside the reply', async () => {
  const { proxy, post } = await startProxy();
  proxy.script({ kind: 'truncate', bodyBytes: 5 });

  await expect(post()).rejects.toThrow(brokenConnection);
});

test.each(['before-head', 'after-head', 'in-body'] as const)(
  'half-closes %s, so that the client notices at once',
  async (at) => {
    const { proxy, post } = await startProxy();
    const before = carriedOut;
    proxy.script({ kind: 'half-close', at });

    await expect(post(AbortSignal.timeout(5000))).rejects.toThrow(brokenConnection);

    expect(carriedOut).toBe(before + 1);
  },
);

test('stops inside the reply until the client gives up', async () => {
  const { proxy, post } = await startProxy();
  const before = carriedOut;
  proxy.script({ kind: 'stall-reply', bodyBytes: 5 });

  await expect(post(AbortSignal.timeout(200))).rejects.toThrow('timeout');

  expect(carriedOut).toBe(before + 1);
});

test('ends the connection after a whole reply', async () => {
  const { proxy, post } = await startProxy();
  proxy.script({ kind: 'hang-up' }, { kind: 'hang-up' });

  const first = await post();
  await expect.poll(() => proxy.connectionCount()).toBe(1);
  const second = await post().catch(() => post());

  expect([first.text, second.text]).toEqual(['hello from upstream', 'hello from upstream']);
  expect(proxy.connectionCount()).toBeGreaterThan(1);
});

test('refuses connections while it is away', async () => {
  const { proxy, post } = await startProxy();
  await post();
  await proxy.goAway();

  await expect(post()).rejects.toThrow(/ECONNREFUSED|other side closed/);
  await proxy.comeBack();

  expect((await post()).status).toBe(201);
});

test('leaves a stalled request unanswered until the client gives up', async () => {
  const { proxy, post } = await startProxy();
  proxy.script({ kind: 'stall' });
  const before = carriedOut;

  const patience = new AbortController();
  const posted = post(patience.signal).catch((error: unknown) => error);
  await expect.poll(() => proxy.requests).toHaveLength(1);
  patience.abort(new Error('cancelled'));

  expect(await posted).toMatchObject({ message: 'cancelled' });
  expect(carriedOut).toBe(before);
});

test('forwards a delayed request late', async () => {
  const { proxy, post } = await startProxy();
  proxy.always({ kind: 'delay', durationMs: 60 });
  const startedAt = performance.now();

  const reply = await post();

  expect(reply.status).toBe(201);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55);
});

test('resets connections before it reads from them', async () => {
  const { proxy, post } = await startProxy();
  proxy.resetConnections(1);

  await expect(post()).rejects.toThrow(brokenConnection);
  const second = await post();

  expect(second.status).toBe(201);
  expect(proxy.requests).toHaveLength(1);
});
