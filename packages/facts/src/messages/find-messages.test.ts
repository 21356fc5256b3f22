import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { read, shortly } from './testing/short-messages.ts';

describe('messages of OpenAI chat completions', () => {
  test('with tools, images, refusals and the name of a speaker', () => {
    const list = read({
      model: 'gpt-5',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          name: 'ann',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'https://x.example/a.png', detail: 'low' } },
            { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
            { type: 'file', file: { file_id: 'file-1', filename: 'a.pdf' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"id":12}' } },
            { id: 'c2', type: 'custom', custom: { name: 'grep', input: 'a b' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'a cat' },
        { role: 'assistant', refusal: 'I cannot.', content: null },
      ],
    });

    expect(shortly(list?.messages)).toEqual([
      'system: Be brief.',
      'user: What is this? + image(remote https://x.example/a.png) + ' +
        'file(null audio/wav data data:audio/wav;base64,UklGRg==) + ' +
        'file(a.pdf null reference file-1)',
      'assistant: call(c1 look {"id":12}) + call(c2 grep a b)',
      'tool: result(c1 null a cat)',
      'assistant: refusal(I cannot.)',
    ]);
    expect(list?.messages[1]?.name).toBe('ann');
    expect(list?.rest).toBe('{"model":"gpt-5"}');
  });

  test('in an answer, with what else the choice says', () => {
    const list = read({
      id: 'chatcmpl-1',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'Hi.' }, finish_reason: 'stop' },
      ],
      usage: { total_tokens: 9 },
    });

    expect(shortly(list?.messages)).toEqual(['assistant: Hi. [stop]']);
    expect(list?.rest).toBe('{"id":"chatcmpl-1","usage":{"total_tokens":9}}');
  });

  test('with the older function call and its answer', () => {
    const list = read([
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
      { role: 'function', name: 'f', content: '3' },
    ]);

    expect(shortly(list?.messages)).toEqual([
      'assistant: call(null f {})',
      'tool: result(null f 3)',
    ]);
  });
});

test('messages of OpenAI responses: items beside messages', () => {
  const list = read({
    model: 'gpt-5',
    instructions: 'Be kind.',
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Weather?' },
          { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0K', detail: 'auto' },
        ],
      },
      { type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: 'I look it up.' }] },
      { type: 'function_call', call_id: 'c', id: 'i', name: 'get', arguments: '{"city":"Bern"}' },
      { type: 'function_call_output', call_id: 'c', output: '{"c": 21}' },
      { type: 'web_search_call', id: 'w', status: 'completed', action: { query: 'x' } },
    ],
    output: [
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: '21 degrees.', annotations: [] }],
      },
    ],
  });

  expect(shortly(list?.messages)).toEqual([
    'system: Be kind.',
    'user: Weather? + image(data data:image/png;base64,iVBORw0K)',
    'assistant: thinking(I look it up.)',
    'assistant: call(c get {"city":"Bern"})',
    'tool: result(c null {"c": 21})',
    'assistant: call(w web_search {"query":"x"})',
    'assistant: 21 degrees.',
  ]);
});

test('the text alone as the input of OpenAI responses, and not of anything', () => {
  expect(shortly(read({ model: 'gpt-5', input: 'Hello' })?.messages)).toEqual(['user: Hello']);
  expect(read({ input: 'Hello' })).toBeNull();
});

test('messages of Anthropic: thinking, tools of both sides, documents', () => {
  const list = read({
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: '/9j/' } },
          { type: 'image', source: { type: 'url', url: 'https://x.example/a' } },
          { type: 'document', title: 't', source: { type: 'text', data: 'plain' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 's' },
          { type: 'redacted_thinking', data: 'x' },
          { type: 'tool_use', id: 't1', name: 'find', input: { id: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: 'not there', is_error: true },
          { type: 'web_search_tool_result', tool_use_id: 't2', content: [] },
        ],
      },
    ],
  });

  expect(shortly(list?.messages)).toEqual([
    'system: Be brief.',
    'user: image(data data:image/jpeg;base64,/9j/) + image(remote https://x.example/a) + ' +
      'json(document {"type":"document","title":"t","source":{"type":"text","data":"plain"}})',
    'assistant: thinking(Hm.) + thinking() + call(t1 find {"id":1})',
    'tool: error(t1 null not there) + result(t2 null json( []))',
  ]);
});

test('an answer of Anthropic, which is a message itself', () => {
  const list = read({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text: 'Hi.' }],
    stop_reason: 'end_turn',
  });

  expect(shortly(list?.messages)).toEqual(['assistant: Hi. [end_turn]']);
});

test('messages of Gemini: contents, functions, thoughts, inline data', () => {
  const list = read({
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      {
        role: 'user',
        parts: [{ text: 'a' }, { inlineData: { mimeType: 'image/webp', data: 'AA' } }],
      },
      { role: 'model', parts: [{ functionCall: { name: 'f', args: { x: 1 } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'f', response: { y: 2 } } }] },
    ],
    candidates: [
      {
        content: { role: 'model', parts: [{ text: 'Hm.', thought: true }, { text: 'Done.' }] },
        finishReason: 'STOP',
      },
    ],
  });

  expect(shortly(list?.messages)).toEqual([
    'system: Be brief.',
    'user: a + image(data data:image/webp;base64,AA)',
    'assistant: call(null f {"x":1})',
    'tool: result(null f json( {"y":2}))',
    'assistant: thinking(Hm.) + Done. [STOP]',
  ]);
});

describe('other payloads', () => {
  test('HoneyHive: chat_history, and content without a role as an answer', () => {
    const history = read({ chat_history: [{ role: 'user', content: 'Hi' }], question: 'q' });

    expect(shortly(history?.messages)).toEqual(['user: Hi']);
    expect(history?.rest).toBe('{"question":"q"}');
    expect(shortly(read({ content: 'Hello.' }, 'assistant')?.messages)).toEqual([
      'assistant: Hello.',
    ]);
    expect(read({ content: 'Hello.' })).toBeNull();
  });

  test('an answer within a wrapper, with what is left of both', () => {
    const list = read({
      response: { choices: [{ message: { content: 'Hi.' } }], usage: { total: 9 } },
      model: 'm',
    });

    expect(shortly(list?.messages)).toEqual(['assistant: Hi.']);
    expect(list?.rest).toBe('{"response":{"usage":{"total":9}},"model":"m"}');
  });

  test('calls of tools without a role as an answer', () => {
    const list = read(
      { text: '', toolCalls: [{ toolName: 'find', args: { q: 1 } }], steps: 1 },
      'assistant',
    );

    expect(shortly(list?.messages)).toEqual(['assistant: call(null find {"q":1})']);
    expect(list?.rest).toBe('{"steps":1}');
  });

  test('messages within a string', () => {
    const list = read({ messages: JSON.stringify([{ role: 'user', content: 'Hi' }]) });

    expect(shortly(list?.messages)).toEqual(['user: Hi']);
  });

  test.each([
    { query: 'shoes' },
    { messages: [] },
    { messages: ['a', 'b'] },
    [{ role: 'owner', user: 'ann' }],
    [1, 2],
    'text',
    null,
    { system: 'x' },
    { type: 'object', content: { a: 1 } },
  ])('without messages: %j', (payload) => {
    expect(read(payload)).toBeNull();
  });

  test('keep what is no message in its place', () => {
    const list = read([{ role: 'user', content: 'a' }, { odd: 1 }]);

    expect(shortly(list?.messages)).toEqual(['user: a', 'other: json( {"odd":1})']);
  });

  test('are read without an error, whatever they are', () => {
    const word = fc.constantFrom(
      ...['role', 'content', 'type', 'parts', 'text', 'tool_calls', 'function', 'kwargs', 'id'],
      ...['messages', 'choices', 'user', 'tool_use', 'tool_result', 'image', 'source', 'output'],
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
        const list = read(payload, 'assistant');
        const sources = list?.messages.flatMap(({ parts }) => parts) ?? [];
        for (const part of sources) if (part.kind === 'json') JSON.parse(part.source);
        if (list?.rest) JSON.parse(list.rest);

        expect(list === null || list.messages.length > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('why the model stopped stands apart', () => {
  test.each([
    ['OpenTelemetry', [{ role: 'assistant', parts: [], content: 'Hi', finish_reason: 'length' }]],
    [
      'Anthropic',
      { role: 'assistant', content: [{ type: 'text', text: 'Hi' }], stop_reason: 'length' },
    ],
    ['the AI SDK', { text: 'Hi', finishReason: 'length' }],
    [
      'Gemini',
      {
        candidates: [
          { content: { role: 'model', parts: [{ text: 'Hi' }] }, finishReason: 'length' },
        ],
      },
    ],
    [
      'LangChain',
      { generations: [[{ text: 'Hi', generation_info: { finish_reason: 'length' } }]] },
    ],
  ])('in messages of %s', (_provider, payload) => {
    expect(read(payload, 'assistant')?.messages[0]?.finishReason).toBe('length');
  });

  test('and what else the message says stays beside it', () => {
    const list = read([
      { role: 'assistant', content: 'Hi', finish_reason: 'stop', stop_reason: 'END' },
    ]);

    expect(shortly(list?.messages)).toEqual([
      'assistant: Hi + json(other fields {"stop_reason":"END"}) [stop]',
    ]);
  });

  test('is kept as JSON if it is no text', () => {
    expect(
      shortly(
        read([{ role: 'assistant', content: 'Hi', finish_reason: { unified: 'stop' } }])?.messages,
      ),
    ).toEqual(['assistant: Hi [{"unified":"stop"}]']);
  });
});

describe('several answers to one call are numbered', () => {
  const answer = (content: string) => ({ role: 'assistant', content, finish_reason: 'stop' });

  test.each([
    [
      'choices',
      {
        choices: ['a', 'b'].map((text, index) => ({
          index,
          message: { role: 'assistant', content: text },
        })),
      },
    ],
    ['a list of messages that each ended', { chat_history: [answer('a'), answer('b')] }],
    [
      'candidates',
      { candidates: ['a', 'b'].map((text) => ({ content: { role: 'model', parts: [{ text }] } })) },
    ],
  ])('in %s', (_place, payload) => {
    expect(read(payload)?.messages.map(({ choice }) => choice)).toEqual([
      { number: 1, count: 2 },
      { number: 2, count: 2 },
    ]);
  });

  test('for each prompt of LangChain', () => {
    const list = read({ generations: [[{ text: 'a' }, { text: 'b' }], [{ text: 'c' }]] });

    expect(shortly(list?.messages)).toEqual([
      'assistant 1 of 2: a',
      'assistant 2 of 2: b',
      'assistant: c',
    ]);
  });

  test('but not the messages of a conversation, or the items of one answer', () => {
    const conversation = read([{ role: 'user', content: 'x' }, answer('a'), answer('b')]);
    const items = read({
      output: [
        { type: 'reasoning', summary: [] },
        { type: 'message', role: 'assistant', content: 'a' },
      ],
    });

    for (const list of [conversation, items])
      expect(list?.messages.some(({ choice }) => choice !== undefined)).toBe(false);
  });
});

describe('sounds are files of their type', () => {
  test('at an address, as OpenInference has them', () => {
    const list = read([
      {
        role: 'user',
        content: [
          { type: 'audio', audio: { url: 'https://x.example/a.wav', mime_type: 'audio/wav' } },
        ],
      },
    ]);

    expect(shortly(list?.messages)).toEqual([
      'user: file(null audio/wav remote https://x.example/a.wav)',
    ]);
  });

  test('and what a model spoke has its transcript', () => {
    const audio = { id: 'audio_1', data: 'UklGRg==', transcript: 'Hello.', expires_at: 1 };

    expect(shortly(read([{ role: 'assistant', content: null, audio }])?.messages)).toEqual([
      'assistant: file(null audio/wav data data:audio/wav;base64,UklGRg==) + Hello.',
    ]);
    expect(shortly(read([{ role: 'user', content: 'a', audio: 'loud' }])?.messages)).toEqual([
      'user: a + json(audio "loud")',
    ]);
  });
});
