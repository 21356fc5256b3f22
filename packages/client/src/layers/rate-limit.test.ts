import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HoneyHiveRateLimitError } from '../errors/errors.ts';
import { createTestClock } from '../testing/test-clock.ts';
import { buildRequest, buildResponse } from '../testing/wire-request.ts';
import type { Send } from '../wire/pipeline.ts';
import { rateLimit } from './rate-limit.ts';

const { signal: never } = new AbortController();

/** Calls through the layer, and the order and time at which they began. */
function open(calls: number, windowMs: number) {
  const clock = createTestClock(0);
  const begun: { readonly name: string; readonly at: number }[] = [];
  const send: Send = async ({ operation }) => {
    begun.push({ name: operation, at: clock.monotonicMs() });
    return buildResponse();
  };
  const limited = rateLimit({ calls, windowMs }, clock)(send);
  const call = (operation: string, timeoutMs = 60_000, signal = never) => {
    const startedAtMs = clock.monotonicMs();
    const done = limited(buildRequest({ operation, startedAtMs, timeoutMs }), signal);
    // Looked at later in each test.
    done.catch(() => undefined);
    return done;
  };
  return { clock, begun, call };
}

describe('rate limit', () => {
  test('lets callers wait in the order they came', async () => {
    const { clock, begun, call } = open(2, 1000);

    const calls = ['a', 'b', 'c', 'd', 'e'].map((name) => call(name));
    await clock.manual.advance(2000);
    await Promise.all(calls);

    expect(begun).toEqual([
      { name: 'a', at: 0 },
      { name: 'b', at: 0 },
      { name: 'c', at: 1000 },
      { name: 'd', at: 1000 },
      { name: 'e', at: 2000 },
    ]);
    expect(clock.manual.pending()).toBe(0);
  });

  test('does not let a newcomer pass those that wait', async () => {
    const { clock, begun, call } = open(1, 1000);

    const first = [call('a'), call('b')];
    await clock.manual.advance(999);
    const late = call('c');
    await clock.manual.advance(1001);
    await Promise.all([...first, late]);

    expect(begun.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  test('refuses at once a call whose turn would come after its time is up', async () => {
    const { begun, call } = open(1, 60_000);
    await call('a');

    const refused = call('b', 30_000);

    await expect(refused).rejects.toBeInstanceOf(HoneyHiveRateLimitError);
    await expect(refused).rejects.toMatchObject({
      code: 'rate_limited',
      response: null,
      retryAfter: 60,
      message:
        "b: not sent; the client's own limit of 1 calls in 60 s leaves no room for 60 s; call less often, or raise rateLimitCalls or timeout",
    });
    expect(begun).toHaveLength(1);
  });

  test('gives the slot of an aborted caller to the next', async () => {
    const { clock, begun, call } = open(1, 1000);
    const controller = new AbortController();
    await call('a');
    const given = call('b', 60_000, controller.signal);
    const next = call('c');

    controller.abort('enough');
    await expect(given).rejects.toBe('enough');
    await clock.manual.advance(1000);
    await next;

    expect(begun).toEqual([
      { name: 'a', at: 0 },
      { name: 'c', at: 1000 },
    ]);
  });

  test('leaves no timer behind when every caller aborted', async () => {
    const { clock, call } = open(1, 1000);
    const controller = new AbortController();
    await call('a');
    const given = [call('b', 60_000, controller.signal), call('c', 60_000, controller.signal)];

    controller.abort();
    await Promise.allSettled(given);

    expect(clock.manual.pending()).toBe(0);
  });

  test('bounds the queue', async () => {
    const { call } = open(1, 0.01);
    const controller = new AbortController();

    const calls = Array.from({ length: 10_005 }, () => call('a', 60_000, controller.signal));
    const last = calls.at(-1);

    await expect(last).rejects.toBeInstanceOf(HoneyHiveRateLimitError);
    controller.abort();
    await Promise.allSettled(calls);
  });

  test('never starts more than the limit in any window, whichever callers abort', async () => {
    const step = fc.record({
      gapMs: fc.integer({ min: 0, max: 40 }),
      givesUp: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step), async (calls, steps) => {
        const { clock, begun, call } = open(calls, 50);
        const done: Promise<unknown>[] = [];
        const names: string[] = [];
        for (const [place, { gapMs, givesUp }] of steps.entries()) {
          const controller = new AbortController();
          done.push(call(String(place), 60_000, controller.signal));
          await clock.manual.advance(gapMs);
          if (givesUp) controller.abort();
          names.push(String(place));
        }
        await clock.manual.advance(50 * (steps.length + 1));
        await Promise.allSettled(done);
        const spans = begun.slice(calls).map(({ at }, place) => at - (begun[place]?.at ?? 0));
        expect(spans.every((span) => span >= 50)).toBe(true);
        const order = begun.map(({ name }) => names.indexOf(name));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        const kept = steps.filter(({ givesUp }) => !givesUp);
        expect(begun.length).toBeGreaterThanOrEqual(kept.length);
      }),
      { numRuns: 60 },
    );
  });
});
