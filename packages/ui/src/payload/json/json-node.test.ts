import fc from 'fast-check';
import { readMessages, ValueView } from 'honeyhive-facts/messages';
import { expect, test } from 'vitest';
import { JsonNode } from './json-node.ts';
import { readJson } from './json-reader.ts';

test('what is no message keeps its place in the conversation, with every digit', () => {
  const text = '[{"role": "user", "content": "a"}, {"odd": 9007199254740993}]';

  const list = readMessages(new JsonNode(readJson(text)));

  expect(list?.messages[1]?.parts).toEqual([
    { kind: 'json', label: '', source: '{"odd": 9007199254740993}' },
  ]);
});

test('the same messages are found in a text and in what it says', () => {
  const word = fc.constantFrom(
    ...['role', 'content', 'type', 'parts', 'text', 'tool_calls', 'function', 'kwargs', 'id'],
    ...['messages', 'choices', 'user', 'tool_use', 'tool_result', 'response', '[{"role":"user"}]'],
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      word,
      fc.constantFrom(null, 1, true, ''),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(word, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(value, (payload) => {
      const options = { answerRole: 'assistant' };
      const text = JSON.stringify(payload);

      expect(readMessages(new JsonNode(readJson(text)), options)).toEqual(
        readMessages(new ValueView(JSON.parse(text)), options),
      );
    }),
    { numRuns: 1000 },
  );
});
