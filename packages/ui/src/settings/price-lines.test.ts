import { expect, it, test } from 'vitest';
import { formatPrices, parsePrices } from './price-lines.ts';

const prices = [
  { model: 'gpt-4*', input: 2.5, output: 10 },
  { model: 'azure/house model', input: 1, output: 2, cache_read: 0.1 },
  { model: 'claude-*', input: 3, output: 15, cache_read: 0.3, cache_write: 3.75 },
];
const text = 'gpt-4* 2.5 10\nazure/house model 1 2 0.1\nclaude-* 3 15 0.3 3.75';

test('prices are lines, and lines are prices', () => {
  expect(formatPrices(prices)).toBe(text);
  expect(parsePrices(`\n  ${text}\n`)).toEqual(prices);
  expect(parsePrices('')).toEqual([]);
});

test('a price of writing to a cache has one of reading before it', () => {
  expect(formatPrices([{ model: 'a', input: 1, output: 2, cache_write: 4 }])).toBe('a 1 2 1 4');
});

it.each(['gpt-4o', 'gpt-4o 1', 'gpt-4o one two', '1 2', 'a -1 2'])('%j is no price', (line) => {
  expect(parsePrices(line)).toBeNull();
});
