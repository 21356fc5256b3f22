import { expect, test } from 'vitest';
import { toWordParts } from './hour-words.ts';

test.each([
  ['refund', ['refund']],
  ['Refund Order', ['refund', 'order']],
  ['order-48213/eu', ['order', '48213']],
  ['say "hello"\n', ['say', 'hello']],
  ['Straße ÄRGER', ['straße', 'Ärger']],
  ['退款', ['退款']],
  ['😀', ['😀']],
  ['is it', []],
  ['--> {}', []],
  ['half \ud83d', []],
])('of %j these parts lie within words: %j', (text, parts) => {
  expect(toWordParts(text)).toEqual(parts);
});
