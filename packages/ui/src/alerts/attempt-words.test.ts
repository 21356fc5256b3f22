import { expect, test } from 'vitest';
import { describeAttempt } from './attempt-words.ts';

const attempt = { number: 1, at: 0, duration_ms: 120, status: 200, body: 'ok\n', error: null };

test('an answer is its status and its words', () => {
  expect(describeAttempt(attempt)).toBe('200 · ok, after 120 ms');
});

test('what failed is said beside the answer, or in its place', () => {
  const failed = { ...attempt, status: 500, body: '', error: 'the answer is no 2xx' };

  expect(describeAttempt(failed)).toBe('500 · the answer is no 2xx, after 120 ms');
  expect(describeAttempt({ ...failed, status: null, body: null })).toBe(
    'No response · the answer is no 2xx, after 120 ms',
  );
});
