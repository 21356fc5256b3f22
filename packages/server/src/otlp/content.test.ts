import { describe, expect, it, test } from 'vitest';
import { toEvent } from './span-event.ts';
import { buildSpan } from './testing/build-span.ts';
import type { SpanParts } from './testing/build-span.ts';

const map = (attributes: Readonly<Record<string, unknown>>, more: SpanParts = {}) =>
  toEvent(buildSpan({ attributes, ...more }), 'session');

describe('a conversation', () => {
  it('may begin at any number, and have gaps', () => {
    const event = map({
      'openinference.span.kind': 'LLM',
      'llm.input_messages.3.message.role': 'user',
      'llm.input_messages.3.message.content': 'and now?',
      'llm.input_messages.2.message.role': 'assistant',
      'llm.input_messages.2.message.tool_calls.1.tool_call.function.name': 'clock',
      'gen_ai.completion.7.content': 'noon',
    });

    expect(event).toMatchObject({
      inputs: {
        chat_history: [
          { role: 'assistant', tool_calls: [{ type: 'function', function: { name: 'clock' } }] },
          { role: 'user', content: 'and now?' },
        ],
      },
      outputs: { role: 'assistant', content: 'noon' },
    });
  });

  it.each([
    ['is an empty list', '[]'],
    ['has roles only', '[{"role":"assistant"},{"role":"assistant","parts":[]}]'],
    ['has empty texts', '[{"role":"assistant","content":"","finish_reason":"stop"}]'],
  ])('that %s leaves the answer to the next convention', (_what, messages) => {
    const event = map({
      'gen_ai.operation.name': 'chat',
      'gen_ai.output.messages': messages,
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.function_call.name': 'clock',
    });

    expect(event).toMatchObject({
      outputs: { role: 'assistant', function_call: { name: 'clock' } },
      metadata: { 'gen_ai.output.messages': messages },
    });
  });

  it('of which only roles are known leaves the inputs to the value', () => {
    expect(
      map({
        'openinference.span.kind': 'CHAIN',
        'llm.input_messages.0.message.role': 'user',
        'input.value': '{"messages":["hi"]}',
      }),
    ).toMatchObject({
      inputs: { messages: ['hi'] },
      metadata: { 'llm.input_messages.0.message.role': 'user' },
    });
  });

  it.each([
    ['CHAIN', { value: 'all of it' }],
    ['LLM', { chat_history: [{ role: 'user', content: 'the first' }] }],
  ])('of OpenInference on a %s: whose messages are all', (kind, inputs) => {
    expect(
      map({
        'openinference.span.kind': kind,
        'llm.input_messages.0.message.role': 'user',
        'llm.input_messages.0.message.content': 'the first',
        'input.value': 'all of it',
      })['inputs'],
    ).toEqual(inputs);
  });

  it('keeps attributes with its prefix that are no messages', () => {
    expect(
      map({
        'gen_ai.operation.name': 'chat',
        'gen_ai.prompt.0.content': 'hi',
        'gen_ai.prompt.version': 'v3',
      })['metadata'],
    ).toMatchObject({ 'gen_ai.prompt.version': 'v3' });
  });

  it('of the AI SDK may have system messages, and what else is in the prompt stays', () => {
    const event = map({
      'ai.operationId': 'ai.streamText',
      'ai.prompt': JSON.stringify({
        system: { role: 'system', content: 'Be kind.', providerOptions: { cache: true } },
        messages: [{ role: 'user', content: 'Hello' }],
        topic: 'greetings',
      }),
      'ai.response.reasoning': 'they greet',
    });

    expect(event).toMatchObject({
      inputs: {
        chat_history: [
          { role: 'system', content: 'Be kind.', providerOptions: { cache: true } },
          { role: 'user', content: 'Hello' },
        ],
      },
      outputs: { role: 'assistant', reasoning: 'they greet' },
      metadata: { 'ai.prompt': { topic: 'greetings' } },
    });
  });

  it('of Pydantic AI ends with what the model was asked last', () => {
    const event = map({
      'gen_ai.operation.name': 'invoke_agent',
      'pydantic_ai.all_messages': JSON.stringify([
        { role: 'user', parts: [{ type: 'text', content: 'Two plus two?' }] },
        { role: 'assistant', parts: [{ type: 'tool_call', name: 'add' }] },
        { role: 'tool', parts: [{ type: 'tool_call_response', result: 4 }] },
        { role: 'assistant', parts: [{ type: 'text', content: 'Four.' }] },
      ]),
    });

    expect(event).toMatchObject({
      inputs: { chat_history: [{ role: 'user' }, { role: 'assistant' }, { role: 'tool' }] },
      outputs: { role: 'assistant', content: 'Four.' },
    });
  });

  it('has sounds as it has images', () => {
    const part = 'llm.input_messages.0.message.contents.0.message_content';

    expect(
      map({
        'openinference.span.kind': 'LLM',
        [`${part}.type`]: 'audio',
        [`${part}.audio.audio.url`]: 'https://x/y.mp3',
      })['inputs'],
    ).toEqual({
      chat_history: [{ content: [{ type: 'audio', audio: { url: 'https://x/y.mp3' } }] }],
    });
  });
});

describe('a payload', () => {
  it.each([
    ['tools', { 'gen_ai.tool.definitions': '[{"name":"add"}]' }],
    ['instructions', { 'gen_ai.system_instructions': '[{"type":"text","content":"Be kind."}]' }],
    ['a template', { 'llm.prompt_template.variables': '{"city":"Rome"}' }],
  ])('is not hidden by %s', (_what, attributes) => {
    const object = map({ ...attributes, 'input.value': '{"question":"why?"}' });
    const text = map({ ...attributes, 'traceloop.entity.input': 'why?' });

    expect(object['inputs']).toMatchObject({ question: 'why?' });
    expect(text['inputs']).toMatchObject({ value: 'why?' });
  });

  it('in JSON always is opened where its convention has nothing else', () => {
    expect(map({ 'ai.toolCall.result': '"red"', 'ai.toolCall.args': '17' })).toMatchObject({
      inputs: { value: 17 },
      outputs: { value: 'red' },
    });
    expect(map({ 'output.value': '"red"', 'traceloop.entity.input': 'null' })).toMatchObject({
      inputs: {},
      outputs: { value: '"red"' },
      metadata: { 'traceloop.entity.input': 'null' },
    });
  });

  it.each([
    ['Pydantic AI', 'tool_arguments', 'tool_response'],
    ['the semantic conventions', 'gen_ai.tool.call.arguments', 'gen_ai.tool.call.result'],
  ])('of a tool of %s: arguments and result', (_who, given, returned) => {
    expect(
      map({ 'gen_ai.operation.name': 'execute_tool', [given]: '{"a":1}', [returned]: 'two' }),
    ).toMatchObject({ inputs: { a: 1 }, outputs: { value: 'two' } });
  });

  it('of a tool may be in events of its span, which keep it', () => {
    const events = [
      { name: 'gen_ai.tool.message', time: null, attributes: { content: '{"a":1}', id: 'c1' } },
      { name: 'gen_ai.choice', time: null, attributes: { message: '[{"text":"two"}]' } },
    ];

    expect(map({ 'gen_ai.operation.name': 'execute_tool' }, { events })).toMatchObject({
      inputs: { a: 1 },
      outputs: { value: [{ text: 'two' }] },
      metadata: { events: [{ attributes: { id: 'c1' } }, {}] },
    });
  });

  it('of a tool wins over a message', () => {
    const attributes = {
      'gen_ai.tool.call.arguments': '{"a":1}',
      'gen_ai.input.messages': '[{"role":"tool","parts":[{"type":"tool_call"}]}]',
    };
    const details = 'gen_ai.client.inference.operation.details';
    const inEvent = { events: [{ name: details, time: null, attributes }] };

    expect(map({ 'gen_ai.operation.name': 'execute_tool', ...attributes })['inputs']).toEqual({
      a: 1,
    });
    expect(map({ 'gen_ai.operation.name': 'execute_tool' }, inEvent)['inputs']).toEqual({ a: 1 });
  });
});

describe('documents', () => {
  it('are unwrapped, and other documents of the output stay', () => {
    const event = map({
      'openinference.span.kind': 'RETRIEVER',
      'output.value': '{"documents":[{"id":"d9"}],"took":3}',
      'retrieval.documents.1.document.content': 'second',
      'retrieval.documents.0.document.content': 'first',
      'retrieval.documents.0.document.metadata': '{"page":7}',
      'reranker.output_documents.0.document.content': 'third',
    });

    expect(event).toMatchObject({
      outputs: {
        documents: [{ content: 'first', metadata: { page: 7 } }, { content: 'second' }],
        took: 3,
      },
      metadata: {
        'output.value': { documents: [{ id: 'd9' }] },
        'reranker.output_documents.0.document.content': 'third',
      },
    });
  });

  it('of the semantic conventions are a list, found by a query', () => {
    expect(
      map({
        'gen_ai.operation.name': 'retrieval',
        'gen_ai.retrieval.query.text': 'weather',
        'gen_ai.retrieval.documents': '[{"id":"d1"}]',
      }),
    ).toMatchObject({ inputs: { value: 'weather' }, outputs: { documents: [{ id: 'd1' }] } });
  });
});

test('tools are a list, one by one too', () => {
  const schema = { type: 'function', function: { name: 'add' } };

  expect(
    map({ 'llm.tools.0.tool.json_schema': JSON.stringify(schema), 'llm.tools.1.tool.name': 'sub' })[
      'inputs'
    ],
  ).toEqual({ tools: [schema, { name: 'sub' }] });
  expect(
    map({
      'llm.request.functions.0.name': 'add',
      'llm.request.functions.0.parameters': '{"type":"object"}',
    })['inputs'],
  ).toEqual({
    tools: [{ type: 'function', function: { name: 'add', parameters: { type: 'object' } } }],
  });
});

test('the model that was asked for stays beside the one that answered', () => {
  expect(
    map({ 'llm.model_name': 'm-2026', 'llm.invocation_parameters': '{"model":"m","seed":1}' }),
  ).toMatchObject({
    config: { model: 'm-2026', seed: 1 },
    metadata: { 'llm.invocation_parameters.model': 'm' },
  });
});
