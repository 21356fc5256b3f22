import { expect, it, test } from 'vitest';
import { tokenRows } from './fields.ts';
import { toEvent } from './span-event.ts';
import { buildSpan } from './testing/build-span.ts';
import type { SpanParts } from './testing/build-span.ts';

const metadataOf = (attributes: Readonly<Record<string, unknown>>, more: SpanParts = {}) =>
  toEvent(
    buildSpan({ attributes: { 'gen_ai.operation.name': 'chat', ...attributes }, ...more }),
    'session',
  )['metadata'];

it.each([
  ['reasoning_tokens', 'gen_ai.usage.reasoning.output_tokens'],
  ['reasoning_tokens', 'gen_ai.usage.details.reasoning_tokens'],
  ['reasoning_tokens', 'gen_ai.usage.output_tokens.reasoning'],
  ['reasoning_tokens', 'ai.usage.outputTokenDetails.reasoningTokens'],
  ['cache_read_input_tokens', 'ai.usage.inputTokenDetails.cacheReadTokens'],
  ['cache_read_input_tokens', 'gen_ai.usage.details.cache_read_tokens'],
  ['cache_creation_input_tokens', 'gen_ai.usage.cache_write.input_tokens'],
  ['cache_creation_input_tokens', 'gen_ai.usage.details.cache_write_tokens'],
  ['cache_creation_input_tokens', 'ai.usage.inputTokenDetails.cacheWriteTokens'],
  ['cost', 'gen_ai.cost.total_cost'],
  ['cost', 'operation.cost'],
])('%s is taken from %s', (field, name) => {
  expect(metadataOf({ [name]: '17' })).toMatchObject({ [field]: 17 });
  expect(metadataOf({ [name]: 17 })).not.toHaveProperty([name]);
});

it.each([
  ['gen_ai.response.time_to_first_chunk', 1.25],
  ['gen_ai.client.operation.time_to_first_chunk', '1.25'],
  ['gen_ai.server.time_to_first_token', 1250],
  ['ai.response.msToFirstChunk', 1250],
  ['ai.stream.msToFirstChunk', 1250],
  ['gen_ai.server.ttft', 1.25],
  ['ttft_ms', 1250],
])('the time to the first token is taken from %s, in milliseconds', (name, value) => {
  expect(metadataOf({ [name]: value })).toMatchObject({ time_to_first_token_ms: 1250 });
});

it.each(['First Token Stream Event', 'new_token', 'gen_ai.content.completion.chunk'])(
  'the time to the first token is that of the event %s',
  (name) => {
    const event = { name, time: 1_760_000_000_400, attributes: {} };

    expect(metadataOf({}, { events: [event] })).toMatchObject({ time_to_first_token_ms: 400 });
  },
);

test('the time to the first token is when Langfuse has the completion begin', () => {
  const at = JSON.stringify(new Date(1_760_000_000_300));

  expect(metadataOf({ 'langfuse.observation.completion_start_time': at })).toMatchObject({
    time_to_first_token_ms: 300,
  });
});

it.each(['soon', '"soon"', '"2001-01-01T00:00:00Z"'])(
  'a completion that begins at %s has no time to the first token',
  (at) => {
    expect(metadataOf({ 'langfuse.observation.completion_start_time': at })).not.toHaveProperty(
      'time_to_first_token_ms',
    );
  },
);

test("Langfuse's usage and cost are objects as JSON text; what is not mapped of them stays", () => {
  expect(
    metadataOf({
      'langfuse.observation.usage_details': '{"input":8,"output":3,"total":11,"input_audio":2}',
      'langfuse.observation.cost_details': { total: 0.5, input: 0.2 },
    }),
  ).toMatchObject({
    prompt_tokens: 8,
    completion_tokens: 3,
    total_tokens: 11,
    cost: 0.5,
    'langfuse.observation.usage_details.input_audio': 2,
    'langfuse.observation.cost_details.input': 0.2,
  });
});

test("Claude Code's prompt consists of its input and of what caches read and wrote", () => {
  expect(
    metadataOf({
      'span.type': 'llm_request',
      input_tokens: '3',
      output_tokens: 40,
      cache_read_tokens: 500,
      cache_creation_tokens: 60,
    }),
  ).toMatchObject({
    prompt_tokens: 563,
    completion_tokens: 40,
    cache_read_input_tokens: 500,
    cache_creation_input_tokens: 60,
    input_tokens: '3',
  });
});

test('what the caller puts into the metadata wins, and the other value stays under its own name', () => {
  expect(
    metadataOf({ 'honeyhive_metadata.cost': 2, 'gen_ai.usage.cost': 3, cost: 'centre 4' }),
  ).toMatchObject({ cost: 2, 'gen_ai.usage.cost': 3, attributes: { cost: 'centre 4' } });
});

test('tokens are those of one convention; those of another that disagrees keep their names', () => {
  expect(
    metadataOf({
      'gen_ai.usage.input_tokens': 120,
      'llm.token_count.prompt': 300,
      'llm.token_count.completion': 40,
    }),
  ).toEqual(
    expect.objectContaining({
      prompt_tokens: 120,
      'llm.token_count.prompt': 300,
      'llm.token_count.completion': 40,
    }),
  );
});

test('one call under the names of two conventions has the details of both', () => {
  expect(
    metadataOf({
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.output_tokens': 30,
      'ai.usage.inputTokens': 120,
      'ai.usage.outputTokens': 30,
      'ai.usage.outputTokenDetails.reasoningTokens': 10,
      'ai.usage.inputTokenDetails.cacheReadTokens': 100,
    }),
  ).toMatchObject({
    prompt_tokens: 120,
    completion_tokens: 30,
    reasoning_tokens: 10,
    cache_read_input_tokens: 100,
  });
});

it.each([
  ['the total adds it', { 'gen_ai.usage.total_tokens': 1_750 }],
  ['there is more of it than prompt', {}],
])('what caches read belongs to the prompt when %s', (_, more) => {
  expect(
    metadataOf({
      'gen_ai.usage.input_tokens': 16,
      'gen_ai.usage.output_tokens': 236,
      'gen_ai.usage.cache_read_input_tokens': 1_498,
      ...more,
    }),
  ).toMatchObject({ prompt_tokens: 1_514, 'gen_ai.usage.input_tokens': 16 });
});

it.each(tokenRows.flatMap(({ from }) => from))('%s is a name of a usage object', (key) => {
  const event = metadataOf({ [key]: 17 });

  expect(event).not.toHaveProperty([key]);
});
