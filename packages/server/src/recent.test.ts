import { expect, test } from 'vitest';
import { shareRecent } from './recent.ts';

function setUp(keepMs: number) {
  let now = 0;
  let count = 0;
  const read = async () => {
    count += 1;
    if (count === 2) throw new Error('away');
    return count;
  };
  const ask = shareRecent(read, { keepMs, clock: { monotonicMs: () => now } });
  return { ask, pass: (ms: number) => (now += ms) };
}

test('those who ask at once get one answer', async () => {
  const { ask } = setUp(0);

  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
});

test('an answer is kept for its time, a failure is not', async () => {
  const { ask, pass } = setUp(1_000);
  const first = await ask();
  pass(999);
  const kept = await ask();
  pass(1);
  const failed = await Promise.allSettled([ask(), ask()]);
  const next = await ask();

  expect([first, kept, next]).toEqual([1, 1, 3]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('nothing is kept without a time to keep it', async () => {
  const { ask } = setUp(0);
  await ask();

  await expect(ask()).rejects.toThrow('away');
});
