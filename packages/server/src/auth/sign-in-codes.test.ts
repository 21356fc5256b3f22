import { expect, test } from 'vitest';
import { buildKey } from '../store/testing/build-key.ts';
import { codeMs, createSignInCodes } from './sign-in-codes.ts';

const key = buildKey();

test('a code is the key once', async () => {
  const codes = createSignInCodes(() => 0);
  const code = await codes.issue(key);

  expect(code).toMatch(/^[\w-]{32}$/);
  expect(await codes.redeem(code)).toBe(key);
  expect(await codes.redeem(code)).toBeNull();
});

test('a code that is too old or was never issued is nobody', async () => {
  let now = 0;
  const codes = createSignInCodes(() => now);
  const code = await codes.issue(key);
  now = codeMs;

  expect(await codes.redeem(code)).toBeNull();
  expect(await codes.redeem('guessed')).toBeNull();
});
