import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pack, unpack } from './pack.ts';

/** What the other thread gets. */
const travel = (...args: unknown[]): unknown[] => unpack(structuredClone(pack(args)));

const written = (value: unknown): unknown => {
  try {
    return JSON.stringify(value);
  } catch (error) {
    return error instanceof Error ? error.name : error;
  }
};

class Money {
  readonly #cents: number;
  readonly currency = 'EUR';

  constructor(cents: number) {
    this.#cents = cents;
  }

  toJSON(key: string): string {
    return `${key}: ${this.#cents} ${this.currency}`;
  }
}

describe('arguments in the other thread', () => {
  test('are written as JSON as they are here, whatever they are', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withTypedArray: true,
      withBoxedValues: true,
      withSparseArray: true,
    });

    fc.assert(
      fc.property(fc.array(anything), (args) => {
        expect(written(travel(...args))).toBe(written(args));
      }),
      { numRuns: 500 },
    );
  });

  test.each<[string, unknown]>([
    ['a URL', { at: new URL('http://example.com/a') }],
    ['an object that says how it is written', { price: new Money(5), prices: [new Money(6)] }],
    ['an input that does', new Money(7)],
    ['a Buffer', { data: Buffer.from('abc') }],
    ['functions and symbols', { run: () => 1, list: [() => 1, Symbol('s')], [Symbol('k')]: 1 }],
    [
      'an instance of a class',
      {
        of: new (class Point {
          x = 1;
          get y() {
            return 2;
          }
        })(),
      },
    ],
    ['__proto__ as a key', JSON.parse('{"a":{"__proto__":{"b":1}}}')],
    ['a proxy', new Proxy({ a: 1 }, {})],
    ['an error', { error: Object.assign(new Error('no'), { code: 'E' }) }],
  ])('%s is written as it is here', (_what, value) => {
    expect(written(travel(value))).toBe(written([value]));
  });

  test('keep what the methods distinguish', () => {
    const [input] = travel({
      nothing: undefined,
      notANumber: NaN,
      date: new Date(5),
      invalid: new Date(NaN),
      big: 5n,
      pattern: /a+/gi,
      run: () => 1,
      mark: Symbol('s'),
    });

    expect(input).toMatchObject({ notANumber: NaN, date: new Date(5), big: 5n, pattern: /a+/gi });
    expect(input).toHaveProperty('nothing', undefined);
    expect(input).toHaveProperty('invalid', expect.any(Date));
    expect(input).toHaveProperty('run', expect.any(Function));
    expect(input).toHaveProperty('mark', expect.any(Symbol));
  });

  test('keep cycles, and who is who', () => {
    const shared = { a: 1 };
    const cycle: Record<string, unknown> = { one: shared, other: shared };
    cycle['self'] = cycle;

    const [copy] = travel(cycle);

    expect(copy).toHaveProperty('self.self.one', shared);
    expect(copy).toSatisfy(({ self, one, other }) => self === copy && one === other);
  });

  test('keep whether a signal has aborted', () => {
    const [options] = travel({ signal: AbortSignal.abort() });
    const [waiting] = travel({ signal: new AbortController().signal });

    expect(options).toMatchObject({ signal: { aborted: true } });
    expect(waiting).toMatchObject({ signal: { aborted: false } });
    expect(options).toHaveProperty('signal', expect.any(AbortSignal));
  });

  test('cannot be read when a getter throws', () => {
    const input = {
      get secret(): never {
        throw new Error('mine');
      },
    };

    expect(() => pack([input])).toThrow('mine');
  });

  test('leave the given ones as they are', () => {
    const input = Object.freeze({ metadata: Object.freeze({ run: () => 1, at: new URL('a:b') }) });

    travel(input);

    expect(input.metadata.at).toBeInstanceOf(URL);
  });
});
