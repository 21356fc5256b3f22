import { limits } from 'honeyhive-wire';
import { expect, test } from 'vitest';
import { isKeepable } from './keepable.ts';

const check = (text: string) =>
  isKeepable(JSON.parse(text), text, { depth: limits.jsonDepth, isFinite: true });

test.each(['{"a":[1,-0,1e2,1e-999,12345678901234567890,"1e999"]}', 'null', '5'])(
  'keeps %s',
  (text) => {
    expect(check(text)).toBe(true);
  },
);

test.each([
  '{"event":{"inputs":{"list":[1,1e999]}}}',
  '{"a":-1E+400}',
  `[1${'0'.repeat(400)}]`,
  '1e999',
])('refuses %s', (text) => {
  expect(check(text)).toBe(false);
});

test('refuses what nests too deep, however deep that is', () => {
  const depth = 100_000;

  expect(check(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)).toBe(false);
});

test('leaves numbers alone where they are not asked for', () => {
  expect(isKeepable(JSON.parse('1e999'), '1e999', { depth: 5, isFinite: false })).toBe(true);
});
