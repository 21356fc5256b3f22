import { expect, test } from 'vitest';
import { parseQueryString } from './query-string.ts';

test.each([
  ['a=1', { a: '1' }],
  ['a=1&a=2', { a: ['1', '2'] }],
  ['a[]=1&a[]=2', { a: ['1', '2'] }],
  ['a%5B%5D=1', { a: ['1'] }],
  ['a[0]=x&a[1]=y', { a: ['x', 'y'] }],
  ['dateRange[$gte]=2026&dateRange[$lte]=2027', { dateRange: { $gte: '2026', $lte: '2027' } }],
  ['a[=1&b]=2', { 'a[': '1', 'b]': '2' }],
  ['', {}],
])('%s', (text, expected) => {
  expect(parseQueryString(text)).toEqual(expected);
});

test('`__proto__` is a parameter like any other', () => {
  const parsed = parseQueryString('__proto__[x]=1&a[__proto__]=2');

  expect(Object.keys(parsed)).toEqual(['__proto__', 'a']);
  expect({}).not.toHaveProperty('x');
});
