import { expect, test } from 'vitest';
import { nameKeys } from './key-names.ts';

test.each([
  ['$mod+k', ['Ctrl', 'K'], ['⌘', 'K']],
  ['g s', ['G', 'S'], ['G', 'S']],
  ['Shift+X', ['Shift', 'X'], ['⇧', 'X']],
  ['Shift+?', ['?'], ['?']],
  ['Shift++', ['+'], ['+']],
  ['+', ['+'], ['+']],
  ['Escape', ['Esc'], ['Esc']],
  ['Alt+ArrowUp', ['Alt', '↑'], ['⌥', '↑']],
])('%s is called %j, on a Mac %j', (binding, names, onMac) => {
  expect(nameKeys(binding, false)).toEqual(names);
  expect(nameKeys(binding, true)).toEqual(onMac);
});
