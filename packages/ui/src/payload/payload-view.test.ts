import { describe, expect, test } from 'vitest';
import { readMessages } from 'honeyhive-facts/messages';
import { JsonNode } from './json/json-node.ts';
import { readJson } from './json/json-reader.ts';
import { chooseView, looksLikeMarkdown, viewsOf } from './payload-view.ts';
import { decideSizeStep } from './size-ladder.ts';

const viewsFor = (payload: unknown) => {
  const root = new JsonNode(readJson(JSON.stringify(payload)));
  return viewsOf(root, readMessages(root));
};

describe('the view of a payload', () => {
  test.each([
    [{ messages: [{ role: 'user', content: 'Hi' }] }, ['messages', 'json', 'raw']],
    [{ query: 'shoes' }, ['json', 'raw']],
    ['Just words.', ['text', 'markdown', 'raw']],
    ['# Title\n\nwords', ['markdown', 'text', 'raw']],
    ['- a\n- b', ['markdown', 'text', 'raw']],
    ['2 * 3 * 4 = 24', ['text', 'markdown', 'raw']],
    [null, ['json', 'raw']],
  ])('is guessed, and raw is always there: %j', (payload, views) => {
    expect(viewsFor(payload)).toEqual(views);
  });

  test('is the one that was chosen before, if the payload can be shown so', () => {
    expect(chooseView(['messages', 'json', 'raw'], 'json')).toBe('json');
    expect(chooseView(['json', 'raw'], 'messages')).toBe('json');
    expect(chooseView(['json', 'raw'], null)).toBe('json');
  });
});

describe('a text', () => {
  test.each([
    'x\n\n## Title',
    '* a\n\n* b',
    '1. a\n2. b',
    'see ```x```',
    'a **bold** word',
    '[a](https://x.test)',
    '[![a](https://x.test/i.png)](https://x.test)',
    '|a|b|\n|:-|-|\n|c|d|',
    '|a|b|  \r\n|:-|-|',
    'a\n> quoted',
  ])('looks like markdown: %j', (text) => {
    expect(looksLikeMarkdown(text)).toBe(true);
  });

  test.each(['- a', '2 * 3', '#tag', '**', '[a](b)', '|a|\nb', 'a > b', '[[[](https:'])(
    'does not: %j',
    (text) => {
      expect(looksLikeMarkdown(text)).toBe(false);
    },
  );

  // Beside a text of the same length in the same process: what takes the square of the length takes 1,000 times as
  // long.
  test.each(['\n', '\n\n', '\r\n', '[', '|', '||\n', '- ', '*', '**a', ' \n', '1', '|\n', '| -'])(
    'is judged in a time that grows with its length: %j',
    (unit) => {
      const timeOf = (text: string) => {
        const times = Array.from({ length: 5 }, () => {
          const begin = performance.now();
          looksLikeMarkdown(text);
          return performance.now() - begin;
        });
        return Math.min(...times);
      };

      const control = timeOf('word '.repeat(4000));

      expect(timeOf(`x${unit.repeat(20_000)}`)).toBeLessThan(50 * control + 20);
    },
  );
});

test('what is done with a payload depends on its size', () => {
  const mebibyte = 1024 * 1024;

  const sizes = [0, mebibyte / 4, mebibyte / 4 + 1, 10 * mebibyte, 10 * mebibyte + 1];

  expect(sizes.map(decideSizeStep)).toEqual(['whole', 'whole', 'worker', 'worker', 'head']);
});
