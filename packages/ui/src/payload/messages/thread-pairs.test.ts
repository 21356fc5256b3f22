import { describe, expect, test } from 'vitest';
import { ValueView, readMessages } from 'honeyhive-facts/messages';
import type { Message } from 'honeyhive-facts/messages';
import { findNewMessages, type Turn } from './new-messages.ts';
import { pairThread } from './thread-pairs.ts';
import { isShownWithCalls } from './tool-pairs.ts';

const read = (payload: unknown): Message[] =>
  readMessages(new ValueView(payload), { answerRole: 'assistant' })?.messages ?? [];
const turn = (input: readonly unknown[], output: unknown): Turn => ({
  input: read(input),
  output: read(output),
});

/** The thread as a reader sees it: calls with their results, and messages that are only results. */
function show(turns: readonly Turn[]) {
  const news = findNewMessages(turns);
  const pairs = pairThread(turns, news);
  const visible = news
    .flatMap(({ input, output }) => [...input, ...output])
    .filter((message) => !isShownWithCalls(message, pairs));
  const calls = visible.flatMap(({ parts }) => parts.filter(({ kind }) => kind === 'tool_call'));
  return {
    roles: visible.map(({ role }) => role),
    results: calls.map((call) => {
      const result = call.kind === 'tool_call' ? pairs.resultOf.get(call) : undefined;
      return result?.parts.map((part) =>
        'text' in part ? part.text : 'source' in part && part.source,
      );
    }),
  };
}

const user = { role: 'user', content: 'Weather?' };
const input = { city: 'Oslo' };
const functionCall = { name: 'weather', arguments: '{"city":"Oslo"}' };

const formats: Record<string, { call: object; result: object }> = {
  'OpenAI chat': {
    call: {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c', type: 'function', function: functionCall }],
    },
    result: { role: 'tool', tool_call_id: 'c', content: '3 degrees' },
  },
  'OpenAI responses': {
    call: { type: 'function_call', call_id: 'c', ...functionCall },
    result: { type: 'function_call_output', call_id: 'c', output: '3 degrees' },
  },
  Anthropic: {
    call: { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'weather', input }] },
    result: {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'c', content: '3 degrees' }],
    },
  },
  'the AI SDK': {
    call: {
      role: 'assistant',
      content: [{ type: 'tool-call', toolCallId: 'c', toolName: 'weather', input }],
    },
    result: {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: 'c',
          toolName: 'weather',
          output: { type: 'text', value: '3 degrees' },
        },
      ],
    },
  },
  'Gemini, without ids': {
    call: { role: 'model', parts: [{ functionCall: { name: 'weather', args: input } }] },
    result: {
      role: 'user',
      parts: [{ functionResponse: { name: 'weather', response: '3 degrees' } }],
    },
  },
  Bedrock: {
    call: { role: 'assistant', content: [{ toolUse: { toolUseId: 'c', name: 'weather', input } }] },
    result: {
      role: 'user',
      content: [{ toolResult: { toolUseId: 'c', content: [{ text: '3 degrees' }] } }],
    },
  },
  OpenTelemetry: {
    call: {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'c', name: 'weather', arguments: input }],
    },
    result: {
      role: 'tool',
      parts: [{ type: 'tool_call_response', id: 'c', response: '3 degrees' }],
    },
  },
  LangChain: {
    call: { type: 'ai', content: '', tool_calls: [{ id: 'c', name: 'weather', args: input }] },
    result: { type: 'tool', content: '3 degrees', tool_call_id: 'c', name: 'weather' },
  },
};

describe.each(Object.entries(formats))(
  'in messages of %s, a result is under its call',
  (_name, { call, result }) => {
    test('when the next turn brings it', () => {
      const thread = show([
        turn([user], [call]),
        turn([user, call, result], { content: 'It is 3°.' }),
      ]);

      expect(thread).toEqual({
        roles: ['user', 'assistant', 'assistant'],
        results: [['3 degrees']],
      });
    });

    test('when a turn has all of it', () => {
      const thread = show([turn([user, call, result], { content: 'It is 3°.' })]);

      expect(thread).toEqual({
        roles: ['user', 'assistant', 'assistant'],
        results: [['3 degrees']],
      });
    });
  },
);

const { call, result } = formats['OpenAI chat'] ?? { call: {}, result: {} };

test('a result is under its call when the next turn brings nothing but the result', () => {
  const thread = show([turn([user], [call]), turn([result], { content: 'It is 3°.' })]);

  expect(thread).toEqual({ roles: ['user', 'assistant', 'assistant'], results: [['3 degrees']] });
});

test('a result is under both calls when its turn repeats the call in other words', () => {
  const changed = {
    ...call,
    tool_calls: [
      { id: 'c', function: { name: 'weather', arguments: { city: 'Oslo', unit: null } } },
    ],
  };

  expect(show([turn([user], [call]), turn([user, changed, result], [])]).results).toEqual([
    ['3 degrees'],
    ['3 degrees'],
  ]);
});

test('equal ids of several turns and agents keep their own results', () => {
  const other = { ...result, content: '17 degrees' };
  const thread = show([
    turn([user], [call]),
    turn([{ role: 'user', content: 'Check.' }], [call]),
    turn([user, call, result], [call]),
    turn([{ role: 'user', content: 'Check.' }, call, other], []),
  ]);

  expect(thread.results).toEqual([['3 degrees'], ['17 degrees'], undefined]);
});

test('a result whose call nobody recorded stays a message', () => {
  expect(show([turn([user, result], [])]).roles).toEqual(['user', 'tool']);
});
