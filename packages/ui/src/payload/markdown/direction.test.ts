import { expect, test } from 'vitest';
import { directionOf } from './direction.ts';
import { readMarkdown } from './read-markdown.ts';

function directionIn(text: string) {
  const reading = readMarkdown(text);
  const [block] = reading.kind === 'read' ? reading.blocks : [];
  return block && directionOf(block);
}

test.each([
  ['- قائمة\n- ثانية', 'rtl'],
  ['1. **רשימה**\n\n2. item', 'rtl'],
  ['- 1, `code`, then قائمة', 'ltr'],
  ['- 1, `code`: قائمة', 'rtl'],
  ['- - ثانية', 'rtl'],
  ['> نص', 'rtl'],
  ['> text', 'ltr'],
  ['| اسم | b |\n| - | - |\n| a | b |', 'rtl'],
  ['- item\n- قائمة', 'ltr'],
  ['- 1\n- 2', undefined],
])('the direction of %j is %s', (text, direction) => {
  expect(directionIn(text)).toBe(direction);
});
