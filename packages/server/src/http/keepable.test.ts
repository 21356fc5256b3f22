import { limits } from 'honeyhive-wire';
import { expect, test } from 'vitest';
import { requireKeepable } from './keepable.ts';

const check = (text: string, at = '') => requireKeepable(JSON.parse(text), text, at);

test.each(['{"a":[1,-0,1e2,1e-999,12345678901234567890,"1e999"]}', 'null', '5'])(
  'keeps %s',
  (text) => {
    expect(() => check(text)).not.toThrow();
  },
);

test.each([
  ['{"event":{"inputs":{"list":[1,1e999]}}}', 'event.inputs.list[1]'],
  ['{"a":-1E+400}', 'a'],
  [`[1${'0'.repeat(400)}]`, '[0]'],
  ['1e999', 'body'],
])('refuses %s and names %s', (text, field) => {
  expect(() => check(text)).toThrow(
    expect.objectContaining({ issues: [expect.objectContaining({ field })] }),
  );
});

test('refuses what nests too deep, however deep that is', () => {
  const depth = 100_000;
  const text = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;

  expect(() => check(text, 'event')).toThrow(`deeper than ${limits.jsonDepth}`);
});
