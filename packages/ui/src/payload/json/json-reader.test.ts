import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonKind } from './json-document.ts';
import { printJson } from './json-print.ts';
import { JsonProblem, JsonReader, readJson, tryReadJson } from './json-reader.ts';

const problemOf = (text: string) => {
  try {
    readJson(text);
    return null;
  } catch (error) {
    return error instanceof JsonProblem ? `${error.offset}: ${error.message}` : error;
  }
};

describe('reading JSON', () => {
  test('agrees with JSON.parse on every value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const printed = printJson(readJson(text));

        expect(JSON.parse(printed)).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  test('prints what JSON.stringify prints with the same indent', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(printJson(readJson(JSON.stringify(value)))).toBe(JSON.stringify(value, null, 2));
      }),
      { numRuns: 300 },
    );
  });

  test('takes and refuses the texts that JSON.parse takes and refuses', () => {
    const fragment = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '1', '-', '.5', 'true', 'nul', ' ', '\\', '"', 'e3'],
    );
    const parses = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        // Whether it parses is the question.
        return false;
      }
    };
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 9 }), (fragments) => {
        const text = fragments.join('');
        // Escapes are kept as they are here, so what follows a backslash is not checked.
        fc.pre(!text.includes('\\'));

        expect(tryReadJson(text) !== null).toBe(parses(text));
      }),
      { numRuns: 3000 },
    );
  });

  test('comes to the same document in slices of any size', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 1, max: 9 }), (text, slice) => {
        const reader = new JsonReader(text);
        while (!reader.advance(slice)) expect(reader.offset).toBeLessThan(text.length);

        expect(reader.finish().columns).toEqual(readJson(text).columns);
      }),
    );
  });

  test.each([
    ['', '0: expected a value at character 1'],
    ['{"a" 1}', '5: expected ":" at character 6'],
    ['{a: 1}', '1: expected a key in quotes at character 2'],
    ['[1 2]', '3: expected "," or "]" at character 4'],
    ['{"a": 1 "b": 2}', '8: expected "," or "}" at character 9'],
    ['[1,]', '3: expected a value at character 4'],
    ['01', '1: expected nothing behind the value at character 2'],
    ['"abc', '0: expected the end of a string, and the text ends at character 1'],
    ['{"a": 1} x', '9: expected nothing behind the value at character 10'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  test('keeps each number as it was written', () => {
    const document = readJson(
      '[9007199254740993, 1e400, -0.0, 1.10, 123456789012345678901234567890]',
    );

    const numbers = [1, 2, 3, 4, 5].map((index) => document.stringOf(index));

    expect(numbers).toEqual([
      '9007199254740993',
      '1e400',
      '-0.0',
      '1.10',
      '123456789012345678901234567890',
    ]);
  });

  test('keeps both of two equal keys, and a key such as __proto__', () => {
    const document = readJson('{"a": 1, "a": 2, "__proto__": {"x": 3}}');

    expect([1, 2, 3].map((index) => document.keyOf(index))).toEqual(['a', 'a', '__proto__']);
    expect(document.countOf(0)).toBe(3);
  });

  test('reads strings with escapes, half surrogates and control characters', () => {
    const text = '["a\\"b\\\\", "\\ud800", "\\u0000\\u202e", "raw\u0000", "\\/\\n\\q"]';

    const strings = [1, 2, 3, 4, 5].map((index) => readJson(text).stringOf(index));

    expect(strings).toEqual(['a"b\\', '\ud800', '\u0000\u202e', 'raw\u0000', '/\nq']);
  });
});

describe('reading large JSON', () => {
  test('of 100,000 levels, and printing it', () => {
    const text = '[{"a":'.repeat(50_000) + '1' + '}]'.repeat(50_000);

    const document = readJson(text);

    expect(document.size).toBe(100_001);
    expect(document.depthOf(100_000)).toBe(100_000);
    expect(tryReadJson(printJson(document))?.size).toBe(100_001);
  });

  test('of 100,000 keys', () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `"k${index}":${index}`);

    const document = readJson(`{${keys.join()}}`);

    expect(document.countOf(0)).toBe(100_000);
    expect(document.keyOf(100_000)).toBe('k99999');
    expect(document.kindOf(100_000)).toBe(JsonKind.number);
  });

  test('of one string of 5 MB of which every other character is escaped', () => {
    const text = JSON.stringify('"x'.repeat(2_500_000));

    expect(readJson(text).rawLengthOf(0)).toBe(7_500_000);
  });
});
