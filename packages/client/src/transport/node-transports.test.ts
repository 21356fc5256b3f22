import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import * as errors from '../errors/errors.ts';
import type { TransportConfig } from '../options/config.ts';
import { systemClock } from '../runtime/clock.ts';
import { failureOf } from '../testing/connect.ts';
import { listen } from '../testing/listening.ts';
import {
  reply,
  replyText,
  reset,
  stall,
  stallInBody,
  startScriptedServer,
  truncate,
} from '../testing/scripted-server.ts';
import { buildRequest } from '../testing/wire-request.ts';
import { createHttpTransport } from './http.ts';
import { createUndiciTransport } from './undici.ts';

/** Its own signal for each request, as the deadline makes them. */
const never = () => new AbortController().signal;

const openWith =
  (create: typeof createUndiciTransport) =>
  (baseUrl: string, over: Partial<TransportConfig> = {}) =>
    create(
      {
        baseUrl,
        connectTimeoutMs: 1000,
        readTimeoutMs: 1000,
        writeTimeoutMs: 1000,
        maxConnections: 10,
        maxIdleConnections: 10,
        idleTimeoutMs: 1000,
        proxy: null,
        isTlsVerified: true,
        certificates: null,
        ...over,
      },
      systemClock,
    );

describe.each([
  ['undici', createUndiciTransport],
  ['node:http', createHttpTransport],
])('the transport on %s', (_name, create) => {
  const open = openWith(create);

  test('sends method, path after the prefix, headers and body, and reads the response to its end', async () => {
    await using server = await startScriptedServer(
      reply(201, { ok: true }, { 'x-request-id': 'req-1' }),
    );
    const transport = open(`${server.url}/prefix`);

    const response = await transport.send(
      buildRequest({ path: '/events?x=1', headers: { 'x-a': 'b' }, body: '{"a":"ü"}' }),
      never(),
    );
    await transport.close();

    expect(response).toMatchObject({
      status: 201,
      body: '{"ok":true}',
      headers: { 'x-request-id': 'req-1' },
    });
    expect(server.arrived).toMatchObject([
      { method: 'POST', url: '/prefix/events?x=1', headers: { 'x-a': 'b' }, json: { a: 'ü' } },
    ]);
  });

  test('passes on any status and any text', async () => {
    await using server = await startScriptedServer(replyText(502, '<html>'));
    const transport = open(server.url);

    await expect(transport.send(buildRequest(), never())).resolves.toMatchObject({
      status: 502,
      body: '<html>',
    });
    await transport.close();
  });

  test.each([
    ['a reset', reset],
    ['a truncated body', truncate],
  ])('reports %s as a broken connection', async (_, step) => {
    await using server = await startScriptedServer(step);
    const transport = open(server.url);

    const error = await failureOf(transport.send(buildRequest(), never()));

    expect(error).toBeInstanceOf(errors.HoneyHiveConnectionError);
    expect(error).toMatchObject({
      code: 'connection_reset',
      mayHaveArrived: true,
      retryable: true,
    });
  });

  test.each([
    ['headers', stall],
    ['body', stallInBody],
  ])('names the phase when the %s take too long', async (which, step) => {
    await using server = await startScriptedServer(reply(200, {}), step);
    const transport = open(server.url, { readTimeoutMs: 1000 });
    // The first request of a process takes its time, on a machine with much to do more than the limit.
    await transport.send(buildRequest(), never()).catch(() => undefined);

    const error = await failureOf(transport.send(buildRequest(), never()));

    expect(error).toBeInstanceOf(errors.HoneyHiveTimeoutError);
    expect(error).toMatchObject({ which, limitMs: 1000 });
  });

  test('reports a refused connection as certainly not arrived', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));

    const error = await failureOf(open(`http://127.0.0.1:${port}`).send(buildRequest(), never()));

    expect(error).toMatchObject({
      code: 'connection_refused',
      mayHaveArrived: false,
      retryable: true,
    });
  });

  test('reports something that is not HTTP as a breach of the protocol', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end('220 mail ready\r\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    const error = await failureOf(open(`http://127.0.0.1:${port}`).send(buildRequest(), never()));
    server.close();

    expect(error).toBeInstanceOf(errors.HoneyHiveProtocolError);
  });

  test('settles as soon as the signal aborts, with its reason, also while it waits for a connection', async () => {
    await using server = await startScriptedServer(stall);
    const transport = open(server.url, { maxConnections: 1 });
    const controller = new AbortController();
    const calls = [1, 2].map(() => failureOf(transport.send(buildRequest(), controller.signal)));
    await server.waitForRequests(1);

    controller.abort('enough');

    expect(await Promise.all(calls)).toEqual(['enough', 'enough']);
    expect(server.arrived).toHaveLength(1);
  });

  test('names the phase when the network takes no more of a request', async () => {
    const server = createServer((socket) => socket.pause());
    await using listening = await listen(server);
    const url = `http://127.0.0.1:${listening.port}`;
    const transport = open(url, { writeTimeoutMs: 200, readTimeoutMs: 20_000 });
    const request = buildRequest({ body: 'x'.repeat(64 * 1024 * 1024) });

    const failure = await failureOf(transport.send(request, never()));

    expect(failure).toMatchObject({ which: 'write', code: 'timeout_write', limitMs: 200 });
    expect(String(failure)).toContain('raise writeTimeout');
    await transport.close();
  });

  test('uses no more connections than it may, and keeps no more of them idle than it may', async () => {
    await using server = await startScriptedServer((response, request, socket) =>
      setImmediate(() => reply(200, {})(response, request, socket)),
    );
    const transport = open(server.url, { maxConnections: 8, maxIdleConnections: 2 });
    const burst = () =>
      Promise.all(Array.from({ length: 40 }, () => transport.send(buildRequest(), never())));

    const atOnce = burst();
    await server.waitForRequests(20);
    expect(server.openConnections()).toBeGreaterThan(2);
    expect(server.openConnections()).toBeLessThanOrEqual(8);
    await atOnce;
    await expect.poll(() => server.openConnections()).toBe(2);
    await burst();

    expect(server.arrived).toHaveLength(80);
    await transport.close();
    await expect.poll(() => server.openConnections()).toBe(0);
  });

  test('keeps no connection at all when it may keep none', async () => {
    await using server = await startScriptedServer(reply(200, {}));
    const transport = open(server.url, { maxIdleConnections: 0 });

    await transport.send(buildRequest(), never());

    expect(server.arrived[0]?.headers['connection']).toBe('close');
    await expect.poll(() => server.openConnections()).toBe(0);
  });

  test('closes idle connections after their time', async () => {
    await using server = await startScriptedServer(reply(200, {}));
    const transport = open(server.url, { idleTimeoutMs: 20 });

    await transport.send(buildRequest(), never());

    await expect.poll(() => server.openConnections()).toBe(0);
  });
});
