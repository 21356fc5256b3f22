import { expect, test } from 'vitest';
import { showName, showText } from './shown-text.ts';

test.each(['', ' ', '\t\u00a0', '\u200d', '\ufe0f', '\u3164', '\u2800 '])(
  'a name that shows nothing has words: %j',
  (name) => {
    expect(showName(name)).toBe('(no name)');
  },
);

test.each([
  ['plan', 'plan'],
  ['\u200b', '[U+200B]'],
  ['pay \u202eedirrevo', 'pay [U+202E]edirrevo'],
  ['\u2066a\u2069', '[U+2066]a[U+2069]'],
  ['👩\u200d💻', '👩\u200d💻'],
  ['خطة', 'خطة'],
])('%j is shown as %s', (text, shown) => {
  expect(showName(text)).toBe(shown);
  expect(showText(text)).toBe(shown);
});
