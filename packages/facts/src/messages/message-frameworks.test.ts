import { describe, expect, test } from 'vitest';
import { read, shortly } from './testing/short-messages.ts';

describe('messages of LangChain', () => {
  const human = {
    lc: 1,
    type: 'constructor',
    id: ['langchain_core', 'messages', 'HumanMessage'],
    kwargs: { content: 'Hi', additional_kwargs: {}, response_metadata: {} },
  };

  test('serialised, in a list for each prompt', () => {
    const ai = {
      lc: 1,
      type: 'constructor',
      id: ['langchain_core', 'messages', 'AIMessageChunk'],
      kwargs: {
        content: '',
        tool_calls: [{ id: 'c', name: 'f', args: { a: 1 }, type: 'tool_call' }],
      },
    };

    expect(shortly(read({ messages: [[human, ai]] })?.messages)).toEqual([
      'user: Hi',
      'assistant: call(c f {"a":1})',
    ]);
  });

  test('stored, plain and as pairs', () => {
    const list = read([
      { type: 'system', data: { content: 'Be brief.' } },
      { type: 'human', content: 'Hi' },
      ['ai', 'Hello'],
      { type: 'tool', content: 'x', tool_call_id: 'c', status: 'error' },
    ]);

    expect(shortly(list?.messages)).toEqual([
      'system: Be brief.',
      'user: Hi',
      'assistant: Hello',
      'tool: error(c null x)',
    ]);
  });

  test('as generations', () => {
    const list = read({ generations: [[{ text: 'Hi', message: human }]], llm_output: null });

    expect(shortly(list?.messages)).toEqual(['user: Hi']);
    expect(list?.rest).toBe('{"llm_output":null}');
  });
});

test('messages of Bedrock, of which each part has one field', () => {
  const list = read([
    { role: 'user', content: [{ text: 'Weather?' }, { cachePoint: { type: 'default' } }] },
    {
      role: 'assistant',
      content: [
        { reasoningContent: { reasoningText: { text: 'ask the tool', signature: 's' } } },
        { toolUse: { toolUseId: 'c', name: 'weather', input: { city: 'Rome' } } },
      ],
    },
    {
      role: 'user',
      content: [
        { toolResult: { toolUseId: 'c', status: 'success', content: [{ text: '21 C' }] } },
        { toolResult: { toolUseId: 'd', status: 'error', content: [{ json: { no: 1 } }] } },
      ],
    },
    { role: 'user', content: [{ image: { format: 'jpeg', source: { bytes: 'aGk=' } } }] },
  ]);

  expect(shortly(list?.messages)).toEqual([
    'user: Weather?',
    'assistant: thinking(ask the tool) + call(c weather {"city":"Rome"})',
    'tool: result(c null 21 C) + error(d null json( {"no":1}))',
    'user: image(data data:image/jpeg;base64,aGk=)',
  ]);
});

test('messages as OpenTelemetry writes them, in strings', () => {
  const list = read({
    'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'Be brief.' }]),
    'gen_ai.input.messages': JSON.stringify([
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Weather?' },
          { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBOR' },
          { type: 'uri', modality: 'image', uri: 'https://x.example/a' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm.' },
          { type: 'tool_call', id: 'c', name: 'get', arguments: { city: 'Bern' } },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'rain' }] },
    ]),
    'gen_ai.output.messages': [{ role: 'assistant', parts: [{ type: 'text', content: 'Rain.' }] }],
  });

  expect(shortly(list?.messages)).toEqual([
    'system: Be brief.',
    'user: Weather? + image(data data:image/png;base64,iVBOR) + image(remote https://x.example/a)',
    'assistant: thinking(Hm.) + call(c get {"city":"Bern"})',
    'tool: result(c null rain)',
    'assistant: Rain.',
  ]);
});

test('messages of the AI SDK, for models', () => {
  const list = read([
    {
      role: 'user',
      content: [{ type: 'image', image: 'https://x.example/i', mediaType: 'image/png' }],
    },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm.' },
        { type: 'tool-call', toolCallId: 'c', toolName: 'f', input: { a: 1 } },
      ],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: 'c',
          toolName: 'f',
          output: { type: 'error-json', value: { no: 1 } },
        },
      ],
    },
  ]);

  expect(shortly(list?.messages)).toEqual([
    'user: image(remote https://x.example/i)',
    'assistant: thinking(Hm.) + call(c f {"a":1})',
    'tool: error(c f json( {"no":1}))',
  ]);
});

test('messages of the AI SDK, for interfaces', () => {
  const list = read([
    {
      id: '1',
      role: 'assistant',
      content: 'repeated',
      parts: [
        { type: 'step-start' },
        {
          type: 'tool-weather',
          toolCallId: 'c',
          state: 'output-available',
          input: { a: 1 },
          output: 3,
        },
        {
          type: 'dynamic-tool',
          toolName: 'd',
          toolCallId: 'e',
          state: 'input-available',
          input: {},
        },
        { type: 'file', mediaType: 'image/gif', url: 'data:image/gif;base64,R0lG' },
        { type: 'data-chart', data: [1] },
        { type: 'text', text: 'It is 3.', state: 'done' },
      ],
    },
  ]);

  expect(shortly(list?.messages)).toEqual([
    'assistant: call(c weather {"a":1}) + result(c weather json( 3)) + call(e d {}) + ' +
      'image(data data:image/gif;base64,R0lG) + ' +
      'json(data-chart {"type":"data-chart","data":[1]}) + It is 3.',
  ]);
});
