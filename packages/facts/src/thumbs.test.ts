import { expect, test } from 'vitest';
import { thumbOf } from './thumbs.ts';

test.each([
  ['up', 'up'],
  ['Good', 'up'],
  ['true', 'up'],
  ['thumbs_down', 'down'],
  ['FALSE', 'down'],
  ['maybe', null],
  ['constructor', null],
])('%s stands for the thumb %s', (word, thumb) => {
  expect(thumbOf(word)).toBe(thumb);
});
