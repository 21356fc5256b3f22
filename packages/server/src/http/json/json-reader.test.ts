import { limits } from 'honeyhive-wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadItem } from '../../domain/bad-item.ts';
import { toWellFormed } from '../../domain/well-formed.ts';
import { JsonReader } from './json-reader.ts';
import type { JsonBounds, TurnSize } from './json-reader.ts';

const wide: JsonBounds = {
  depth: limits.jsonDepth,
  depthMessage: 'too deep',
  values: 1e6,
  itemValues: 1e6,
  itemBytes: 1e9,
  keys: 1e6,
  isFinite: true,
  items: null,
};

function read(text: string, bounds: Partial<JsonBounds> = {}, turn?: TurnSize): unknown {
  const reading = new JsonReader(Buffer.from(text), { ...wide, ...bounds }, turn).read();
  for (;;) {
    const step = reading.next();
    if (step.done === true) return step.value;
  }
}

/** What `JSON.parse` says, and what the reader says; a fault is undefined. */
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const tryRead = (text: string, turn: TurnSize): unknown => {
  try {
    return read(text, { isFinite: false }, turn);
  } catch {
    return undefined;
  }
};

const turns = fc.record({
  bytes: fc.constantFrom(1, 2, 3, 5, 8, 20, 100, 10_000),
  values: fc.constantFrom(1, 2, 3, 10, 10_000),
});
const text = fc
  .tuple(fc.json({ depthSize: 'medium' }), fc.constantFrom(undefined, 1, '\t', ' \n'))
  .map(([json, space]) => JSON.stringify(JSON.parse(json), null, space));
const odd = fc.constantFrom(
  '{"__proto__":{"a":[1,2,3]},"a":{"__proto__":1}}',
  '{"b":1,"a":[1,2],"b":[3,4,5,6],"1":2,"0":[[]]}',
  String.raw`{"a\"\\":"\ud83d\ude00 é漢😀 \\\" \u0041\n","\u0061":{"é漢😀":"é漢😀"}}`,
  '[[[[[]]]],{"":{"":[null,true,false,-0,1e-7]}}]',
);

describe('JsonReader', () => {
  it('reads what JSON.parse reads, in pieces of whatever size', () => {
    fc.assert(
      fc.property(fc.oneof(text, odd), turns, (json, turn) => {
        expect(tryRead(json, turn)).toEqual(parse(json));
        expect(JSON.stringify(tryRead(json, turn))).toBe(JSON.stringify(parse(json)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const spoilt = fc
      .tuple(
        fc.oneof(text, odd),
        fc.nat(),
        fc.constantFrom('[', ']', '{', '}', ':', ',', '"', '\\', ' ', '1', 'u', '\0'),
        fc.nat(2),
      )
      .map(([json, at, other, cut]) => {
        const place = at % (json.length + 1);
        return toWellFormed(json.slice(0, place) + other + json.slice(place + cut));
      });
    fc.assert(
      fc.property(spoilt, turns, (json, turn) => {
        expect(tryRead(json, turn)).toEqual(parse(json));
      }),
      { numRuns: 5_000 },
    );
  });

  it('counts every value and the deepest level, as a walk over the parsed value does', () => {
    const measure = (value: unknown): { values: number; depth: number; keys: number } => {
      if (typeof value !== 'object' || value === null) return { values: 1, depth: 0, keys: 0 };
      const inner = Object.values(value).map(measure);
      return {
        values: 1 + inner.reduce((sum, { values }) => sum + values, 0),
        depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
        keys: Math.max(Array.isArray(value) ? 0 : inner.length, ...inner.map(({ keys }) => keys)),
      };
    };
    fc.assert(
      fc.property(text, turns, (json, turn) => {
        const { values, depth, keys } = measure(JSON.parse(json));
        expect(read(json, { values, depth, keys }, turn)).toEqual(JSON.parse(json));
        expect(() => read(json, { values: values - 1 }, turn)).toThrow('values in one request');
        if (depth > 0) expect(() => read(json, { depth: depth - 1 }, turn)).toThrow('too deep');
        if (keys > 0) expect(() => read(json, { keys: keys - 1 }, turn)).toThrow('keys in one');
      }),
    );
  });
});

describe('items', () => {
  const items = { keys: ['events'], depth: 2, max: 100, noun: 'events' };
  const bounds = { items, itemValues: 8, itemBytes: 100, depth: 5 };
  const long = 'x'.repeat(100);
  const good = ['{"a":[1,2,3]}', '7', '{}', '"x"', '[[1],[2]]'];
  const bad = [
    '{"a":1e999}',
    '-1e400',
    '[1,2,3,4,5,6,7,8]',
    '{"a":[[[["]"]]]]}',
    '{"a":{"b":[1,2,{"c":[5,"}",6,7,8,9]}],"d":"\\""}}',
    `"${long}"`,
    `{"a":"${long}"}`,
    `{"${long}":1}`,
    `[["${long}",{"b":"]"}],2]`,
    `{"a":${'1'.repeat(60)},"b":[${'2'.repeat(60)},{"c":[]}]}`,
  ];

  it('a bad one costs none of the others', () => {
    const list = fc.array(fc.constantFrom(...good, ...bad), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(list, turns, fc.constantFrom('', ' '), (texts, turn, space) => {
        const json = `{"x":[1],"events":[${texts.join(`${space},${space}`)}${space}],"y":{"z":2}}`;
        const found = read(json, bounds, turn);

        const expected = texts.map((each): unknown =>
          bad.includes(each) ? expect.any(BadItem) : JSON.parse(each),
        );
        expect(found).toEqual({ x: [1], events: expected, y: { z: 2 } });
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['{"a":{"b":[0,1e999]}}', 'events[1].a.b[1]', 'range'],
    ['{"a":[[[1]]]}', 'events[1].a[0][0]', 'too deep'],
    ['{"a":[1,2,3,4,5,6,7]}', 'events[1].a[6]', 'more than 8 values'],
    [`{"a":[1,"${'x'.repeat(100)}",2]}`, 'events[1].a[1]', 'more than 100 bytes'],
  ])('says of %s where it is bad', (item, field, message) => {
    const found = read(`{"events":[1,${item},2]}`, bounds);

    expect(found).toEqual({
      events: [1, { issue: { field, message: expect.stringContaining(message) } }, 2],
    });
  });

  it('outside of items, too much is refused as a whole', () => {
    expect(() => read('{"x":[1,2,3,4,5,6,7,8],"events":[]}', bounds)).toThrow('at most 8 values');
    expect(() => read('{"x":1e999,"events":[]}', bounds)).toThrow('x: a number beyond');
    expect(() => read(`{"events":[${'1,'.repeat(100)}1]}`, bounds)).toThrow(
      'events: at most 100 events in one request',
    );
  });
});

describe('long texts and other stretches', () => {
  const turn = { bytes: 64, values: 100 };

  it.each([
    String.raw`\\`,
    String.raw`\"`,
    String.raw`\u0041`,
    String.raw`\ud83d\ude00`,
    'é',
    '漢',
    '😀',
    'a',
  ])('reads a long text of %s in pieces', (unit) => {
    for (const before of ['', 'x', 'xy', String.raw`\n`]) {
      const json = `{"a":["${before}${unit.repeat(500)}",1]}`;
      expect(read(json, {}, turn)).toEqual(JSON.parse(json));
    }
  });

  it('refuses endless white space, endless numbers and endless keys', () => {
    expect(() => read(`[1,${' '.repeat(70_000)}2]`)).toThrow('white space');
    expect(() => read(`[${'1'.repeat(2_000)}]`)).toThrow('more than 1000 characters');
    expect(() => read(`{"${'x'.repeat(5_000_000)}":1}`)).toThrow('a key of more than');
  });
});
