import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJsonString } from './json-string.ts';

test('a string says what was written into it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(decodeJsonString(JSON.stringify(text).slice(1, -1))).toBe(text);
    }),
  );
});

test.each([
  ['an escape that does not exist', String.raw`a\x`, 'ax'],
  ['control characters beside an escape', `${String.raw`\u0041`}\u0000`, 'A\u0000'],
  ['an end within an escape', String.raw`a\n\u00`, 'a\nu00'],
])('a string that JSON.parse refuses is read as far as it goes: %s', (_, raw, text) => {
  expect(decodeJsonString(raw)).toBe(text);
});
