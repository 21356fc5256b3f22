import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import * as errors from '../errors/errors.ts';
import { systemClock } from '../runtime/clock.ts';
import { failureOf, nowhere } from '../testing/connect.ts';
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
import { createFetchTransport } from './fetch.ts';
import type { Fetch } from './fetch.ts';

const never = () => new AbortController().signal;
const platform: Fetch = (url, init) => fetch(url, init);

const open = (baseUrl: string, { readTimeoutMs = 1000, fetch = platform } = {}) =>
  createFetchTransport({ baseUrl, readTimeoutMs }, { clock: systemClock, fetch });

describe('fetch transport', () => {
  test('sends method, path after the prefix, headers and body, and reads the response to its end', async () => {
    await using server = await startScriptedServer(
      reply(201, { text: 'ü'.repeat(100_000) }, { 'x-request-id': 'req-1' }),
    );

    const response = await open(`${server.url}/prefix`).send(
      buildRequest({ path: '/events?x=1', headers: { 'x-a': 'b' }, body: '{"a":"ü"}' }),
      never(),
    );

    expect(response).toMatchObject({ status: 201, headers: { 'x-request-id': 'req-1' } });
    expect(JSON.parse(response.body)).toEqual({ text: 'ü'.repeat(100_000) });
    expect(server.arrived).toMatchObject([
      { method: 'POST', url: '/prefix/events?x=1', headers: { 'x-a': 'b' }, json: { a: 'ü' } },
    ]);
  });

  test('passes on any status and any text, redirects among them, which it does not follow', async () => {
    await using server = await startScriptedServer(
      replyText(502, '<html>'),
      reply(307, {}, { location: '/elsewhere' }),
    );
    const transport = open(server.url);

    const broken = await transport.send(buildRequest(), never());
    const moved = await transport.send(buildRequest(), never());

    expect(broken).toMatchObject({ status: 502, body: '<html>' });
    expect(moved).toMatchObject({ status: 307 });
    expect(server.arrived).toHaveLength(2);
  });

  test('calls a redirect that the browser hides a breach of the protocol', async () => {
    const hidden: Fetch = () =>
      Promise.resolve(
        Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' }),
      );

    const error = await failureOf(open(nowhere, { fetch: hidden }).send(buildRequest(), never()));

    expect(error).toBeInstanceOf(errors.HoneyHiveProtocolError);
  });

  test.each([
    ['a reset', reset],
    ['a truncated body', truncate],
  ])('reports %s as a broken connection', async (_, step) => {
    await using server = await startScriptedServer(step);

    const error = await failureOf(open(server.url).send(buildRequest(), never()));

    expect(error).toBeInstanceOf(errors.HoneyHiveConnectionError);
    expect(error).toMatchObject({ mayHaveArrived: true, retryable: true });
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

  test('reports a refused connection as certainly not arrived, where the platform says so', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));

    const error = await failureOf(open(`http://127.0.0.1:${port}`).send(buildRequest(), never()));

    expect(error).toMatchObject({ code: 'connection_refused', mayHaveArrived: false });
  });

  test('reports a failure without a reason, as browsers have it, as a failed connection', async () => {
    const mute: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));

    const error = await failureOf(open(nowhere, { fetch: mute }).send(buildRequest(), never()));

    expect(error).toBeInstanceOf(errors.HoneyHiveConnectionError);
    expect(error).toMatchObject({ code: 'connection_failed', mayHaveArrived: true });
  });

  test('settles as soon as the signal aborts, with its reason, even over a fetch that does not listen', async () => {
    const controller = new AbortController();
    const deaf: Fetch = () => new Promise(() => undefined);
    await using server = await startScriptedServer(stall);
    const calls = [open(server.url), open(nowhere, { fetch: deaf })].map((transport) =>
      failureOf(transport.send(buildRequest(), controller.signal)),
    );
    await server.waitForRequests(1);

    controller.abort('enough');

    expect(await Promise.all(calls)).toEqual(['enough', 'enough']);
  });
});
