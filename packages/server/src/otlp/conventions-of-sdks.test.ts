import { describe, expect, it, test } from 'vitest';
import { toEvent } from './span-event.ts';
import { readSession } from './span-ids.ts';
import { buildSpan } from './testing/build-span.ts';
import type { SpanParts } from './testing/build-span.ts';

const map = (attributes: Readonly<Record<string, unknown>>, more: SpanParts = {}) =>
  toEvent(buildSpan({ attributes, ...more }), 'session');

test("Langfuse's SDK: a generation", () => {
  const event = map({
    'langfuse.observation.type': 'generation',
    'langfuse.observation.model.name': 'm',
    'langfuse.observation.model.parameters': '{"top_p":0.5}',
    'langfuse.observation.input': '[{"role":"user","content":"hi"}]',
    'langfuse.observation.output': '{"role":"assistant","content":"hello"}',
    'langfuse.trace.tags': ['a'],
    'langfuse.trace.metadata.plan': '"pro"',
    'langfuse.environment': 'staging',
    'langfuse.user.id': 'u1',
    'langfuse.observation.prompt.name': 'p1',
  });

  expect(event).toMatchObject({
    event_type: 'model',
    source: 'staging',
    config: { model: 'm', top_p: 0.5 },
    inputs: { chat_history: [{ role: 'user', content: 'hi' }] },
    outputs: { role: 'assistant', content: 'hello' },
    metadata: {
      tags: ['a'],
      'langfuse.trace.metadata.plan': 'pro',
      'langfuse.observation.prompt.name': 'p1',
    },
    user_properties: { user_id: 'u1' },
  });
});

test("Langfuse's SDK: its level says that a step failed", () => {
  const attributes = {
    'langfuse.observation.level': 'ERROR',
    'langfuse.observation.status_message': 'no quota',
  };

  expect(map(attributes)['error']).toBe('no quota');
  expect(map({ ...attributes, 'langfuse.observation.level': 'WARNING' })).not.toHaveProperty(
    'error',
  );
});

test("LangSmith's SDK: a call with tools has its prompt, too", () => {
  expect(
    map({
      'langsmith.span.kind': 'llm',
      'gen_ai.tool.definitions': '[{"name":"add"}]',
      'gen_ai.prompt': '{"messages":[[{"type":"human","content":"hi"}]]}',
      'langsmith.metadata.user_id': 'u1',
    }),
  ).toMatchObject({
    event_type: 'model',
    inputs: { tools: [{ name: 'add' }], messages: [[{ type: 'human', content: 'hi' }]] },
    user_properties: { user_id: 'u1' },
  });
});

test('the AI SDK 7: its context is no setting', () => {
  expect(
    map({
      'ai.settings.context.userId': 'u1',
      'ai.settings.context.plan': 'pro',
      'ai.settings.maxRetries': 2,
    }),
  ).toMatchObject({
    config: { maxRetries: 2 },
    metadata: { 'ai.settings.context.plan': 'pro' },
    user_properties: { user_id: 'u1' },
  });
});

it.each([
  'ai.settings.context.sessionId',
  'langfuse.session.id',
  'langsmith.metadata.session_id',
  'langsmith.metadata.thread_id',
])('%s names the session', (key) => {
  expect(readSession(buildSpan({ attributes: { [key]: 's1' } }))?.id).toBe('s1');
});

test('Claude Code: an interaction and its prompt', () => {
  expect(map({ 'span.type': 'interaction', user_prompt: 'Fix it' })).toMatchObject({
    event_type: 'chain',
    inputs: { value: 'Fix it' },
  });
});

describe('Logfire', () => {
  it('names a span after its message, and keeps the template', () => {
    expect(map({ 'logfire.msg': 'hello Ann' }, { name: 'hello {name}' })).toMatchObject({
      event_name: 'hello Ann',
      metadata: { span_name: 'hello {name}' },
    });
  });
});

test('OpenInference: tags and metadata are opened where they are text', () => {
  expect(map({ 'tag.tags': '["a"]', metadata: '{"plan":"pro"}' })['metadata']).toMatchObject({
    tags: ['a'],
    metadata: { plan: 'pro' },
  });
});

test('reasons why it ended may be a text, or part of the answer', () => {
  expect(map({ 'gen_ai.response.finish_reasons': '["stop"]' })['metadata']).toMatchObject({
    finish_reasons: ['stop'],
    finish_reason: 'stop',
  });
  expect(map({ 'gen_ai.response.finish_reasons': 'stop' })['metadata']).toMatchObject({
    finish_reason: 'stop',
  });
  expect(
    map({ 'gen_ai.response.finish_reasons': ['stop', 'length'] })['metadata'],
  ).not.toHaveProperty('finish_reason');
  expect(
    map({ 'gen_ai.output.messages': '[{"content":"hi","finish_reason":"length"}]' })['metadata'],
  ).toMatchObject({ finish_reason: 'length' });
});

test('the score of an evaluation is a metric', () => {
  const attributes = { 'gen_ai.evaluation.name': 'tone', 'gen_ai.evaluation.score.value': 0.4 };

  expect(
    map({}, { events: [{ name: 'gen_ai.evaluation.result', time: null, attributes }] }),
  ).toMatchObject({ metrics: { tone: 0.4 }, metadata: { events: [{ attributes }] } });
});
