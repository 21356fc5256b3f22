import { describe, expect, test } from 'vitest';
import { HoneyHiveConnectionError } from '../errors/errors.ts';
import { createTestClock } from '../testing/test-clock.ts';
import { buildRequest, buildResponse } from '../testing/wire-request.ts';
import type { Send, WireRequest, WireResponse } from '../wire/pipeline.ts';
import { retry } from './retry.ts';

const policy = {
  maxRetries: 2,
  baseMs: 1000,
  capMs: 60_000,
  jitterRatio: 0,
  statusCodes: new Set([429, 503]),
};

const broken = new HoneyHiveConnectionError('broken', {
  code: 'connection_reset',
  mayHaveArrived: true,
  retryable: true,
});

/** Ends each attempt as scripted, repeating the last one. */
function script(...ends: readonly (WireResponse | Error)[]) {
  const tries: WireRequest[] = [];
  const send: Send = async (request) => {
    const end = ends[Math.min(tries.length, ends.length - 1)];
    tries.push(request);
    if (end instanceof Error) throw end;
    return end ?? buildResponse();
  };
  return { tries, send };
}

function start(
  send: Send,
  request: Partial<WireRequest> = {},
  signal = new AbortController().signal,
) {
  const clock = createTestClock();
  const layer = retry(policy, { clock, random: () => 0 });
  const call = layer(send)(buildRequest({ startedAtMs: clock.monotonicMs(), ...request }), signal);
  // Looked at later in each test.
  call.catch(() => undefined);
  return { clock, call };
}

describe('retry', () => {
  test('passes on the first response that is no failure, without a wait', async () => {
    const { send, tries } = script(buildResponse({ status: 404 }));

    const { clock, call } = start(send);

    expect((await call).status).toBe(404);
    expect(tries).toHaveLength(1);
    expect(clock.manual.sleeps()).toEqual([]);
  });

  test('sends the same request again, after waits that double', async () => {
    const { send, tries } = script(buildResponse({ status: 503 }), broken, buildResponse());

    const { clock, call } = start(send);
    await clock.manual.advance(3000);

    expect((await call).status).toBe(200);
    expect(clock.manual.sleeps()).toEqual([1000, 2000]);
    expect(tries[2]).toBe(tries[0]);
  });

  test('honours Retry-After over backoff', async () => {
    const { send } = script(
      buildResponse({ status: 429, headers: { 'retry-after': '7' } }),
      buildResponse(),
    );

    const { clock, call } = start(send);
    await clock.manual.advance(7000);

    expect((await call).status).toBe(200);
    expect(clock.manual.sleeps()).toEqual([7000]);
  });

  test('ends with the last failure when the tries run out', async () => {
    const { send, tries } = script(broken);

    const { clock, call } = start(send);
    await clock.manual.advance(10_000);

    await expect(call).rejects.toBe(broken);
    expect(tries).toHaveLength(3);
  });

  test('ends with the failure at once when the wait would outlast the call', async () => {
    const { send, tries } = script(
      buildResponse({ status: 429, headers: { 'retry-after': '31' } }),
    );

    const { clock, call } = start(send, { timeoutMs: 30_000 });

    expect((await call).status).toBe(429);
    expect(tries).toHaveLength(1);
    expect(clock.manual.sleeps()).toEqual([]);
  });

  test('takes a response for done that the request takes for an answer', async () => {
    const { send, tries } = script(buildResponse({ status: 503, body: 'partial' }));

    const { call } = start(send, { isAnswer: ({ body }) => body === 'partial' });

    expect((await call).status).toBe(503);
    expect(tries).toHaveLength(1);
  });

  test('stops waiting when the signal aborts', async () => {
    const controller = new AbortController();
    const { send, tries } = script(broken);

    const { clock, call } = start(send, {}, controller.signal);
    await clock.manual.advance(10);
    controller.abort('enough');

    await expect(call).rejects.toBe('enough');
    expect(tries).toHaveLength(1);
    expect(clock.manual.pending()).toBe(0);
  });

  test('does not try again when an attempt ended because the signal aborted', async () => {
    const controller = new AbortController();
    const { send, tries } = script(broken);
    const aborting: Send = (request, signal) => {
      controller.abort();
      return send(request, signal);
    };

    const { call } = start(aborting, {}, controller.signal);

    await expect(call).rejects.toBe(broken);
    expect(tries).toHaveLength(1);
  });
});
