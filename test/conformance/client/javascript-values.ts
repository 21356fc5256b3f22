import { expect } from 'vitest';

const circular: Record<string, unknown> = {};
circular['self'] = circular;

/** Values that JSON cannot hold, and the forms in which they arrive. */
export const javascriptValues: readonly (readonly [string, () => unknown, unknown])[] = [
  ['a cycle', () => circular, { self: '[circular]' }],
  ['a BigInt', () => 10n ** 20n, '100000000000000000000'],
  [
    'a getter that throws',
    () =>
      Object.defineProperty({}, 'bad', {
        enumerable: true,
        get() {
          throw new Error('no');
        },
      }),
    { bad: '[unreadable: no]' },
  ],
  [
    'a toJSON that throws',
    () => ({
      toJSON() {
        throw new Error('no');
      },
    }),
    '[unreadable: no]',
  ],
  [
    'a function',
    () =>
      function act() {
        return 1;
      },
    '[function act]',
  ],
  ['a symbol', () => Symbol('s'), 'Symbol(s)'],
  ['a Date', () => new Date(0), '1970-01-01T00:00:00.000Z'],
  ['an invalid Date', () => new Date(Number.NaN), null],
  ['a Map', () => new Map([['a', 1]]), { a: 1 }],
  ['a Set', () => new Set([1]), [1]],
  ['NaN and Infinity', () => [Number.NaN, Number.POSITIVE_INFINITY], [null, null]],
  ['a Buffer', () => Buffer.from('hi'), 'aGk='],
  ['a typed array', () => new Float64Array([1.5]), [1.5]],
  ['a regular expression', () => /a+/g, '/a+/g'],
  ['an Error', () => new RangeError('far'), expect.objectContaining({ message: 'far' })],
  [
    'an AggregateError',
    () => new AggregateError([new TypeError('one'), 2], 'both'),
    expect.objectContaining({
      message: 'both',
      errors: [expect.objectContaining({ name: 'TypeError', message: 'one' }), 2],
    }),
  ],
];
