import { expect, test } from 'vitest';
import { oneLine, widthOf, wrap } from './text.ts';

test('wrap breaks between words and lets a long word stand out', () => {
  expect(wrap('aa bb cc', 5)).toEqual(['aa bb', 'cc']);
  expect(wrap('aa bbbbbbbb cc', 5)).toEqual(['aa', 'bbbbbbbb', 'cc']);
  expect(wrap('', 5)).toEqual(['']);
});

test.each([
  ['short', 10, 'short'],
  ['exactly ten', 11, 'exactly ten'],
  ['a bit longer', 6, 'a bit…'],
  ['🌿🌿🌿🌿', 3, '🌿🌿…'],
  ['line\nbreak\r\nand\ttab', 40, 'line break and tab'],
  ['\u001B[31mred\u001B[0m', 40, '[31mred [0m'],
])('oneLine(%j, %i) is %j', (text, width, expected) => {
  expect(oneLine(text, width)).toBe(expected);
});

test('a character outside the basic plane is one wide', () => {
  expect(widthOf('a🌿')).toBe(2);
});
