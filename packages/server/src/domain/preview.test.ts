import { limits } from 'honeyhive-wire';
import { describe, expect, test } from 'vitest';
import { cutText, previewInputs, previewJson, previewOutputs } from './preview.ts';

describe('a preview of inputs', () => {
  test.each([
    ['nothing', {}, ''],
    [
      'the last thing that the user said, in the shape of OpenAI',
      {
        messages: [
          { role: 'system', content: 'Be kind.' },
          { role: 'user', content: 'first' },
          { role: 'assistant', content: 'well' },
          { role: 'user', content: 'Where is my\n  order?' },
          { role: 'assistant', tool_calls: [{ function: { name: 'find', arguments: '{}' } }] },
        ],
      },
      'Where is my order?',
    ],
    [
      'parts of a message, with pictures left out',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            ],
          },
        ],
      },
      'What is this?',
    ],
    [
      'the input of OpenAI Responses',
      { input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }] },
      'Hi',
    ],
    [
      'the contents of Gemini',
      { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] },
      'Hello',
    ],
    [
      'conversations of LangChain',
      {
        messages: [
          [
            { id: ['langchain', 'schema', 'SystemMessage'], kwargs: { content: 'x' } },
            { id: ['langchain', 'schema', 'HumanMessage'], kwargs: { content: 'Ask' } },
          ],
        ],
      },
      'Ask',
    ],
    [
      'messages of LangChain as dictionaries',
      { messages: [{ type: 'human', data: { content: 'Ask' } }] },
      'Ask',
    ],
    ['our own history', { chat_history: [{ role: 'user', content: 'Ask' }] }, 'Ask'],
    [
      'the last message when no user spoke',
      { messages: [{ role: 'system', content: 'Do' }] },
      'Do',
    ],
    [
      'what the user said, and not what a tool gave back in the name of the user',
      {
        messages: [
          { role: 'user', content: 'Ask' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'f', input: {} }] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'found' }] },
        ],
      },
      'Ask',
    ],
    ['messages in a text', { messages: '[{"role":"user","content":"Ask"}]' }, 'Ask'],
    ['the question among other things', { k: 3, question: 'Why?' }, 'Why?'],
    ['the only text', { city: 'Oslo' }, 'Oslo'],
    [
      'JSON of anything else',
      { q: 'shoes', size: 43, in: [true, null] },
      '{"q":"shoes","size":43,"in":[true,null]}',
    ],
    [
      'JSON of messages that say nothing',
      { messages: [{ role: 'user' }] },
      '{"messages":[{"role":"user"}]}',
    ],
  ])('is %s', (_what, inputs, expected) => {
    expect(previewInputs(inputs)).toBe(expected);
  });
});

describe('a preview of outputs', () => {
  test.each([
    ['nothing', {}, ''],
    ['a plain answer', { role: 'assistant', content: 'Tomorrow.' }, 'Tomorrow.'],
    ['OpenAI', { choices: [{ message: { role: 'assistant', content: 'Yes' } }] }, 'Yes'],
    [
      'a call of a tool',
      {
        choices: [
          { message: { tool_calls: [{ function: { name: 'find', arguments: '{"q":1}' } }] } },
        ],
      },
      'find({"q":1})',
    ],
    [
      'OpenAI Responses',
      {
        output: [
          { type: 'reasoning' },
          { type: 'message', content: [{ type: 'output_text', text: 'Yes' }] },
        ],
      },
      'Yes',
    ],
    ['Anthropic', { role: 'assistant', content: [{ type: 'text', text: 'Yes' }] }, 'Yes'],
    [
      'a call by Anthropic',
      { content: [{ type: 'tool_use', name: 'find', input: { q: 1 } }] },
      'find({"q":1})',
    ],
    ['Gemini', { candidates: [{ content: { parts: [{ text: 'Yes' }] } }] }, 'Yes'],
    ['LangChain', { generations: [[{ text: 'Yes', message: {} }]] }, 'Yes'],
    ['Vercel', { text: 'Yes', finishReason: 'stop' }, 'Yes'],
    [
      'calls by Vercel',
      { text: '', toolCalls: [{ toolName: 'find', args: { q: 1 } }] },
      'find({"q":1})',
    ],
    ['a message', { message: { role: 'assistant', content: 'Yes' } }, 'Yes'],
    [
      'messages',
      {
        messages: [
          { role: 'user', content: 'No?' },
          { role: 'assistant', content: 'Yes' },
        ],
      },
      'Yes',
    ],
    ['a value', { value: 'Yes' }, 'Yes'],
    ['JSON', { found: 2, ids: ['a'] }, '{"found":2,"ids":["a"]}'],
  ])('is that of %s', (_what, outputs, expected) => {
    expect(previewOutputs(outputs)).toBe(expected);
  });
});

test('runs of base64 are named, wherever they are', () => {
  const run = 'iVBORw0KGgo9'.repeat(500);

  expect(cutText(`see data:image/png;base64,${run}`)).toBe('see [image/png]');
  expect(previewJson({ picture: run.slice(0, 3000) })).toBe('{"picture":"[base64]"}');
  expect(previewInputs({ messages: [{ role: 'user', content: run }] })).toBe('[base64]');
});

test.each([0, 150, 199, 400, 511, 600])(
  'a run of base64 behind %d other characters is named, and so is one behind blank space',
  (chars) => {
    const run = 'iVBORw0KGgo9'.repeat(20);
    const prose = '.'.repeat(chars);

    expect(cutText(prose + run)).toBe(`${prose}[base64]`.slice(0, limits.previewChars));
    expect(cutText(' '.repeat(chars) + run)).toBe('[base64]');
  },
);

test('no preview is longer than the limit, and none ends in half a character', () => {
  for (let shift = 0; shift < 3; shift += 1) {
    const preview = cutText('x'.repeat(shift) + '😀'.repeat(10_000));
    expect(preview.length).toBeLessThanOrEqual(limits.previewChars);
    expect(preview).toMatch(/^x*(😀)+$/u);
  }
  expect(previewJson({ a: 'y'.repeat(1e6) }).length).toBe(limits.previewChars);
});

test('takes no longer for large values, and no depth is too deep', () => {
  let deep: Record<string, unknown> = {};
  for (let level = 0; level < 5_000; level += 1) deep = { messages: [deep], content: [deep] };
  const wide = Object.fromEntries(
    Array.from({ length: 1e5 }, (_each, index) => [`k${index}`, index]),
  );

  expect(previewInputs(deep)).toMatch(/^\{"messages":\[\{"messages"/);
  expect(previewOutputs(deep)).toMatch(/^\{"messages":\[\{"messages"/);
  expect(previewInputs(wide)).toMatch(/^\{"k0":0,"k1":1,/);
});
