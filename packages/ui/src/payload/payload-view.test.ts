import { describe, expect, test } from 'vitest';
import { JsonNode } from './json/json-node.ts';
import { readJson } from './json/json-reader.ts';
import { readMessages } from './messages/message-list.ts';
import { chooseView, viewsOf } from './payload-view.ts';
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

test('what is done with a payload depends on its size', () => {
  const mebibyte = 1024 * 1024;

  const sizes = [0, mebibyte, mebibyte + 1, 20 * mebibyte, 20 * mebibyte + 1];

  expect(sizes.map(decideSizeStep)).toEqual(['whole', 'whole', 'worker', 'worker', 'head']);
});
