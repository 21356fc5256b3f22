import { expect, test } from 'vitest';
import { Problem } from '../domain/problem.ts';
import { createFailureLimit } from './failure-limit.ts';

const wrong = new Problem('unauthenticated', 'wrong');

function setUp() {
  let ms = 0;
  const limit = createFailureLimit(() => ms);
  return {
    count: (subject: string) => limit.count(subject, wrong),
    pass: (more: number) => (ms += more),
  };
}

test('a caller that failed ten times within a minute has to wait, others do not', async () => {
  const { count, pass } = setUp();
  const answers = await Promise.all(Array.from({ length: 11 }, () => count('a')));

  expect(answers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => wrong));
  expect(answers[10]).toMatchObject({ code: 'rate_limited', retryAfter: 60 });
  expect(await count('b')).toBe(wrong);
  pass(60_000);
  expect(await count('a')).toBe(wrong);
});

test('ten thousand other callers do not evict the one that continues', async () => {
  const { count } = setUp();
  const answers: Problem[] = [];
  for (let index = 0; index < 30_000; index += 1) {
    await count(`stranger ${index}`);
    if (index % 1_000 === 0) answers.push(await count('a'));
  }

  expect(answers.filter(({ code }) => code === 'rate_limited')).toHaveLength(20);
});
