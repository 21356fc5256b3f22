import { expect, test } from 'vitest';
import { Problem } from '../domain/problem.ts';
import { createRateLimits } from './rate-limits.ts';

function createLimits(
  rates: { key?: number; project?: number; organisation?: number; events?: number },
  serverCount = () => 1,
) {
  let nowMs = 0;
  const advance = (ms: number): void => {
    nowMs += ms;
  };
  const refused: string[] = [];
  const limits = createRateLimits({
    clock: { monotonicMs: () => nowMs },
    rates: {
      requests: {
        key: rates.key ?? 0,
        project: rates.project ?? 0,
        organisation: rates.organisation ?? 0,
      },
      events: { key: rates.events ?? 0, project: 0, organisation: 0 },
    },
    serverCount,
    onRefused: (what, by) => refused.push(`${what} ${by}`),
  });
  const refusal = (key: string, project: string, cost = 1): Problem | null => {
    try {
      limits.take('requests', { key, project, organisation: 'o' }, cost);
      return null;
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  };
  return { advance, limits, refused, refusal };
}

test('without a rate there is no limit, and nothing is reported', () => {
  const { limits } = createLimits({});

  for (let count = 0; count < 1_000; count += 1)
    expect(limits.take('requests', { key: 'k', project: 'p' }, 1)).toEqual({});
});

test('a key may use ten seconds at once, is refused then, and may continue when the timeout expires', () => {
  const { advance, limits, refused, refusal } = createLimits({ key: 2 });
  expect(limits.take('requests', { key: 'k' }, 1)).toEqual({
    'ratelimit-policy': '"requests-key";q=20;w=10',
    ratelimit: '"requests-key";r=19;t=1',
  });
  for (let count = 1; count < 20; count += 1) expect(refusal('k', 'p')).toBeNull();

  expect(refusal('k', 'p')).toMatchObject({
    status: 429,
    retryAfter: 1,
    headers: { ratelimit: '"requests-key";r=0;t=10' },
  });
  expect(refusal('other', 'p')).toBeNull();
  advance(500);

  expect(refusal('k', 'p')).toBeNull();
  expect(refusal('k', 'p')).not.toBeNull();
  expect(refused).toEqual(['requests key', 'requests key']);
});

test('a request takes from key and project, or from none of them', () => {
  const { limits, refusal } = createLimits({ key: 2, project: 1 });
  for (let count = 0; count < 10; count += 1) expect(refusal('k', 'p')).toBeNull();

  expect(refusal('k', 'p')?.message).toMatch(/^This project may send 1 requests a second/);

  expect(limits.take('requests', { key: 'k' }, 1)['ratelimit']).toBe('"requests-key";r=9;t=6');
});

test('events have separate buckets, and a batch may be larger than one', () => {
  const { advance, limits } = createLimits({ key: 1, events: 10 });

  limits.take('events', { key: 'k' }, 150);

  expect(() => limits.take('events', { key: 'k' }, 1)).toThrow(/10 events a second/);
  expect(limits.take('requests', { key: 'k' }, 1)).toBeDefined();
  advance(5_100);
  expect(limits.take('events', { key: 'k' }, 1)).toBeDefined();
});

test('all keys and projects of an organisation share its limit', () => {
  const { refusal } = createLimits({ organisation: 1 });
  for (let count = 0; count < 10; count += 1)
    expect(refusal(`key ${count}`, `project ${count}`)).toBeNull();

  expect(refusal('another', 'another')?.message).toMatch(/^This organisation may send 1 requests/);
});

test('each of several servers lets its part pass, and says what all of them do', () => {
  let servers = 4;
  const { advance, limits, refusal } = createLimits({ key: 8 }, () => servers);
  expect(limits.take('requests', { key: 'k' }, 1)).toEqual({
    'ratelimit-policy': '"requests-key";q=80;w=10',
    ratelimit: '"requests-key";r=76;t=1',
  });
  for (let count = 1; count < 20; count += 1) expect(refusal('k', 'p')).toBeNull();
  expect(refusal('k', 'p')?.message).toMatch(/8 requests a second, and 80 at once/);

  // The others are gone: what they let pass is this one's now.
  servers = 1;
  advance(1_000);

  for (let count = 0; count < 8; count += 1) expect(refusal('k', 'p')).toBeNull();
  expect(refusal('k', 'p')).not.toBeNull();
});
