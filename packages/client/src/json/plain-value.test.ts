import { expect, test } from 'vitest';
import fc from 'fast-check';
import { isPlain, toPlain } from './plain-value.ts';

const circular: Record<string, unknown> = { name: 'loop' };
circular['self'] = circular;

const throwing = {
  good: 1,
  get bad(): never {
    throw new Error('no');
  },
};

const nest = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 'end');

class Money {
  readonly cents = 5;
}

test.each([
  ['a BigInt', 12345678901234567890n, '12345678901234567890'],
  ['an invalid date', new Date(Number.NaN), null],
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  [
    'a Map with keys of text',
    new Map<string, unknown>([
      ['a', 1],
      ['b', new Set([2])],
    ]),
    { a: 1, b: [2] },
  ],
  ['a Map with other keys', new Map([[1, 'one']]), [[1, 'one']]],
  ['a Set', new Set(['x', 1n]), ['x', '1']],
  ['a Buffer', Buffer.from('hello'), 'aGVsbG8='],
  ['an ArrayBuffer', new Uint8Array([1, 2, 3]).buffer, 'AQID'],
  ['a list of floats', new Float32Array([0.5, 1]), [0.5, 1]],
  ['a list of 64-bit numbers', new BigInt64Array([1n]), ['1']],
  [
    'a named function',
    function named() {
      return 1;
    },
    '[function named]',
  ],
  ['a symbol', Symbol('mark'), 'Symbol(mark)'],
  ['a regular expression', /a+/g, '/a+/g'],
  ['a cycle', circular, { name: 'loop', self: '[circular]' }],
  [
    'a toJSON that throws',
    {
      a: {
        toJSON() {
          throw new Error('not now');
        },
      },
    },
    { a: '[unreadable: not now]' },
  ],
  ['a toJSON', { a: { toJSON: () => ({ b: 1n }) } }, { a: { b: '1' } }],
  ['a URL', new URL('http://a.example/'), 'http://a.example/'],
  ['an object of a class', new Money(), { cents: 5 }],
])('sends %s in its documented form', (_name, given, expected) => {
  expect(toPlain(given)).toEqual(expected);
  expect(isPlain({ given })).toBe(false);
});

test('keeps the name, the message, the stack, the cause and the own fields of an error', () => {
  const error = Object.assign(new TypeError('wrong', { cause: new Error('why') }), { code: 'E1' });

  expect(toPlain(error)).toMatchObject({
    name: 'TypeError',
    message: 'wrong',
    code: 'E1',
    stack: expect.stringContaining('wrong'),
    cause: { name: 'Error', message: 'why' },
  });
});

test('truncates what is nested deeper than services accept', () => {
  expect(JSON.stringify(toPlain(nest(150)))).toContain('[deeper than 99 levels]');
  expect(isPlain(nest(150))).toBe(false);
  expect(isPlain(nest(90))).toBe(true);
});

test('names a getter that throws in its place', () => {
  expect(toPlain({ throwing })).toEqual({ throwing: { good: 1, bad: '[unreadable: no]' } });
});

test('survives a proxy that was revoked', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();

  expect(toPlain({ proxy })).toEqual({ proxy: expect.stringContaining('[unreadable: ') });
});

test('leaves what JSON can hold as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(toPlain(value))).toBe(JSON.stringify(value));
      expect(isPlain(value)).toBe(true);
    }),
  );
});

test('always makes something that can be written', () => {
  fc.assert(
    fc.property(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
      }),
      (value) => {
        const written = JSON.stringify({ value: toPlain(value) });
        expect(written).toMatch(/^\{/);
      },
    ),
  );
});
