import { describe, expect, test } from 'vitest';
import { HoneyHiveAbortedError, HoneyHiveTimeoutError } from '../errors/errors.ts';
import { createTestClock } from '../testing/test-clock.ts';
import { buildRequest, buildResponse } from '../testing/wire-request.ts';
import type { Send } from '../wire/pipeline.ts';
import { deadline } from './deadline.ts';

/** Never answers; rejects when aborted. */
const hang: Send = (_request, signal) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

describe('deadline', () => {
  test('ends a call when its time is up', async () => {
    const clock = createTestClock();
    const request = buildRequest({ startedAtMs: clock.monotonicMs(), timeoutMs: 2000 });

    const failure = deadline(clock)(hang)(request, new AbortController().signal).catch(String);
    const error = deadline(clock)(hang)(request, new AbortController().signal).catch(
      (cause: unknown) => cause,
    );
    await clock.manual.advance(2000);

    expect(await failure).toContain('createEvent: no answer within 2000 ms');
    expect(await error).toBeInstanceOf(HoneyHiveTimeoutError);
    expect(await error).toMatchObject({
      which: 'total',
      limitMs: 2000,
      elapsedMs: 2000,
      retryable: true,
    });
  });

  test('counts what passed before it was reached', async () => {
    const clock = createTestClock();
    const request = buildRequest({ startedAtMs: clock.monotonicMs(), timeoutMs: 2000 });
    await clock.manual.advance(1500);

    const failure = deadline(clock)(hang)(request, new AbortController().signal).catch(String);
    await clock.manual.advance(500);

    expect(await failure).toContain('2000 ms');
  });

  test("ends a call with the caller's signal, whose reason is the cause", async () => {
    const controller = new AbortController();
    const failure = deadline(createTestClock())(hang)(buildRequest(), controller.signal).catch(
      (cause: unknown) => cause,
    );

    controller.abort('enough');

    expect(await failure).toBeInstanceOf(HoneyHiveAbortedError);
    expect(await failure).toMatchObject({ cause: 'enough', code: 'aborted', retryable: false });
  });

  test('sends nothing when the signal aborted before', async () => {
    let sent = 0;
    const send: Send = async () => {
      sent += 1;
      return buildResponse();
    };

    const call = deadline(createTestClock())(send)(buildRequest(), AbortSignal.abort());

    await expect(call).rejects.toBeInstanceOf(HoneyHiveAbortedError);
    expect(sent).toBe(0);
  });

  test('lets any number of calls share a signal', async () => {
    const controller = new AbortController();
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    const layer = deadline(createTestClock());
    const calls = Array.from({ length: 50 }, () => layer(hang)(buildRequest(), controller.signal));

    controller.abort();
    const outcomes = await Promise.allSettled(calls);
    process.off('warning', onWarning);

    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(50);
    expect(warnings).toEqual([]);
  });

  test('leaves no timer and no listener behind', async () => {
    const clock = createTestClock();
    const { signal } = new AbortController();
    const request = buildRequest({ startedAtMs: clock.monotonicMs() });

    await deadline(clock)(async () => buildResponse())(request, signal);

    expect(clock.manual.pending()).toBe(0);
  });
});
