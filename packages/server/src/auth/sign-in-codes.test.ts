import { expect, test } from 'vitest';
import { codeMs, createSignInCodes } from './sign-in-codes.ts';

const key = {
  id: 'k',
  name: 'first start',
  access: 'full',
  projectId: null,
  createdAt: 0,
  revokedAt: null,
  expiresAt: null,
  createdBy: null,
} as const;

test('a code is the key once', () => {
  const codes = createSignInCodes(() => 0);
  const code = codes.issue(key);

  expect(code).toMatch(/^[\w-]{32}$/);
  expect(codes.redeem(code)).toBe(key);
  expect(codes.redeem(code)).toBeNull();
});

test('a code that is too old or was never issued is nobody', () => {
  let now = 0;
  const codes = createSignInCodes(() => now);
  const code = codes.issue(key);
  now = codeMs;

  expect(codes.redeem(code)).toBeNull();
  expect(codes.redeem('guessed')).toBeNull();
});
