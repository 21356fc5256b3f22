import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  HoneyHiveConnectionError,
  HoneyHiveProtocolError,
  HoneyHiveTimeoutError,
} from '../errors/errors.ts';
import type { Replay } from '../wire/pipeline.ts';
import { decideRetry } from './retry-policy.ts';
import type { FailedAttempt, Outcome } from './retry-policy.ts';

const policy = {
  maxRetries: 3,
  baseMs: 1000,
  capMs: 60_000,
  jitterRatio: 1,
  statusCodes: new Set([408, 429, 500, 502, 503, 504]),
};
const around = { now: Date.UTC(2026, 0, 1), random: () => 0.5 };

const response = (status: number, retryAfter?: string): Outcome => ({
  kind: 'response',
  status,
  retryAfter,
});
const broken = (mayHaveArrived: boolean, retryable = true): Outcome => ({
  kind: 'failure',
  error: new HoneyHiveConnectionError('broken', { code: 'test', mayHaveArrived, retryable }),
});
const attempt = (over: Partial<FailedAttempt>): FailedAttempt => ({
  outcome: response(503),
  attempt: 1,
  replay: 'safe',
  remainingMs: 30_000,
  ...over,
});
const decide = (over: Partial<FailedAttempt>) => decideRetry(attempt(over), policy, around);
const stop = { retry: false };

describe('decideRetry', () => {
  test.each<[Outcome, Replay, boolean]>([
    [response(408), 'safe', true],
    [response(429), 'safe', true],
    [response(500), 'safe', true],
    [response(503), 'safe', true],
    [response(400), 'safe', false],
    [response(401), 'safe', false],
    [response(404), 'safe', false],
    [response(501), 'safe', false],
    [response(302), 'safe', false],
    [broken(true), 'safe', true],
    [broken(false), 'safe', true],
    [broken(false, false), 'safe', false],
    [response(408), 'unsafe', true],
    [response(429), 'unsafe', true],
    [response(503), 'unsafe', true],
    [response(500), 'unsafe', false],
    [response(502), 'unsafe', false],
    [response(504), 'unsafe', false],
    [broken(false), 'unsafe', true],
    [broken(true), 'unsafe', false],
    [response(503), 'never', false],
    [broken(false), 'never', false],
  ])('after %j of a request that is %s to repeat: %s', (outcome, replay, isRepeated) => {
    expect(decide({ outcome, replay }).retry).toBe(isRepeated);
  });

  test('repeats time-outs, but nothing that the other side did wrong', () => {
    const timeout = new HoneyHiveTimeoutError('late', {
      which: 'headers',
      limitMs: 1,
      elapsedMs: 1,
    });
    const protocol = new HoneyHiveProtocolError('odd', { path: '', expected: 'JSON' });

    expect(decide({ outcome: { kind: 'failure', error: timeout } }).retry).toBe(true);
    expect(decide({ outcome: { kind: 'failure', error: protocol } })).toEqual(stop);
    expect(decide({ outcome: { kind: 'failure', error: 'text' } })).toEqual(stop);
  });

  test('tries as often as maxRetries says, and not at all for 0', () => {
    expect(decide({ attempt: 3 }).retry).toBe(true);
    expect(decide({ attempt: 4 })).toEqual(stop);
    expect(decideRetry(attempt({}), { ...policy, maxRetries: 0 }, around)).toEqual(stop);
  });

  test('waits as long as Retry-After says, whatever the backoff', () => {
    expect(decide({ outcome: response(429, '7') })).toEqual({ retry: true, delayMs: 7000 });
    expect(decide({ outcome: response(429) })).toEqual({ retry: true, delayMs: 500 });
    expect(decide({ outcome: response(429, 'soon') })).toEqual({ retry: true, delayMs: 500 });
  });

  test('does not begin a wait that would outlast the call', () => {
    expect(decide({ outcome: response(429, '31') })).toEqual(stop);
    expect(decide({ outcome: response(429, '30') })).toEqual(stop);
    expect(decide({ remainingMs: 0 })).toEqual(stop);
  });

  test('never waits longer than what is left', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.double({ min: -1000, max: 100_000, noNaN: true }),
        fc.option(fc.nat(100), { nil: undefined }),
        (number, remainingMs, seconds) => {
          const outcome = response(503, seconds === undefined ? undefined : String(seconds));
          const decision = decide({ attempt: number, remainingMs, outcome });
          if (decision.retry) expect(decision.delayMs).toBeLessThan(remainingMs);
        },
      ),
    );
  });
});
