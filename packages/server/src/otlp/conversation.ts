import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { fromJson, toJsonList, toJsonObject, toText } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { takeIndexed, takeJsonMessages, takeOpenInference } from './chat-messages.ts';
import type { Messages } from './chat-messages.ts';
import { defineAll } from './unflatten.ts';
import { readMessageEvents } from './message-events.ts';
import type { Buckets } from './fields.ts';
import type { SpanEvent } from './span.ts';

/**
 * What was said to a model and what it answered, in the buckets where readers of conversations look. The first
 * convention that has it is used; what others say besides stays in the attributes.
 *
 * @returns the events of the span, those that were messages without their attributes
 */
export function readConversation(
  attributes: Attributes,
  events: readonly SpanEvent[],
  buckets: Buckets,
): readonly SpanEvent[] {
  const asked = takeAsked(attributes);
  const answered = takeAnswered(attributes);
  const said = readMessageEvents(events);
  put(buckets.inputs, asked ?? said.asked);
  putAnswer(buckets.outputs, answered ?? said.answered);
  return asked === null && answered === null ? said.events : events;
}

const takeAsked = (attributes: Attributes): Messages | null =>
  takeJsonMessages(attributes, 'gen_ai.input.messages', 'pydantic_ai.all_messages') ??
  takeIndexed(attributes, 'gen_ai.prompt.') ??
  takeOpenInference(attributes, 'llm.input_messages.') ??
  takeVercelPrompt(attributes);

const takeAnswered = (attributes: Attributes): Messages | null =>
  takeJsonMessages(attributes, 'gen_ai.output.messages') ??
  takeIndexed(attributes, 'gen_ai.completion.') ??
  takeOpenInference(attributes, 'llm.output_messages.') ??
  takeVercelResponse(attributes);

function put(inputs: Record<string, unknown>, messages: Messages | null): void {
  if (messages !== null && messages.length > 0) inputs['chat_history'] = messages;
}

/** One answer is the outputs; of several, the outputs are the list. */
function putAnswer(outputs: Record<string, unknown>, messages: Messages | null): void {
  const [only, ...more] = messages ?? [];
  if (only === undefined) return;
  if (more.length > 0) outputs['chat_history'] = messages;
  else defineAll(outputs, { role: 'assistant', ...only });
}

/** The AI SDK's messages of a step, or the prompt of the whole call. */
function takeVercelPrompt(attributes: Attributes): Messages | null {
  const messages = takeJsonMessages(attributes, 'ai.prompt.messages');
  if (messages !== null) return messages;
  const prompt = attributes.takeFirst(['ai.prompt'], (value) => {
    const read = readPrompt(toJsonObject(value) ?? {});
    return read.length === 0 ? undefined : read;
  });
  return prompt ?? null;
}

function readPrompt({ system, prompt, messages }: JsonObject): JsonObject[] {
  const asked = prompt ?? messages;
  return [
    ...(typeof system === 'string' ? [{ role: 'system', content: system }] : []),
    ...(typeof asked === 'string' ? [{ role: 'user', content: asked }] : []),
    ...(toJsonList(asked) ?? []).filter(isJsonObject),
  ];
}

function takeVercelResponse(attributes: Attributes): Messages | null {
  const text = attributes.takeText('ai.response.text', 'ai.response.object');
  const reasoning = attributes.takeText('ai.response.reasoning');
  const calls = attributes.takeFirst(['ai.response.toolCalls'], toJsonList);
  if (text === undefined && calls === undefined) return null;
  return [
    {
      role: 'assistant',
      content: text ?? '',
      ...(reasoning === undefined ? {} : { reasoning }),
      ...(calls === undefined ? {} : { tool_calls: calls }),
    },
  ];
}

/** Inputs and outputs that are no messages, where none were found. */
export function readPayload(attributes: Attributes, { inputs, outputs }: Buckets): void {
  fill(inputs, attributes, inputNames);
  fill(outputs, attributes, outputNames);
  for (const [bucket, name, prefixes] of [
    [inputs, 'documents', ['reranker.input_documents.']],
    [outputs, 'documents', ['retrieval.documents.', 'reranker.output_documents.']],
    [outputs, 'embeddings', ['embedding.embeddings.']],
  ] as const) {
    const found = prefixes.map((prefix) => attributes.takeUnder(prefix)).find(Boolean);
    if (found) bucket[name] = Object.values(found);
  }
}

const inputNames = [
  'gen_ai.tool.call.arguments',
  'ai.toolCall.args',
  'tool_call.function.arguments',
  'gcp.vertex.agent.tool_call_args',
  'traceloop.entity.input',
  'input.value',
  'gen_ai.prompt',
  'gcp.vertex.agent.llm_request',
  'ai.values',
  'ai.value',
  'ai.prompt',
  'reranker.query',
  'db.query.text',
] as const;

const outputNames = [
  'gen_ai.tool.call.result',
  'ai.toolCall.result',
  'gcp.vertex.agent.tool_response',
  'traceloop.entity.output',
  'output.value',
  'gen_ai.completion',
  'gcp.vertex.agent.llm_response',
  'ai.embeddings',
  'ai.embedding',
] as const;

/** The first of the attributes as the bucket, where that is empty: an object as it is, anything else as its value. */
function fill(
  bucket: Record<string, unknown>,
  attributes: Attributes,
  names: readonly string[],
): void {
  if (Object.keys(bucket).length > 0) return;
  const value = attributes.takeFirst(names, (each) =>
    Array.isArray(each) || toText(each) !== undefined || isJsonObject(each)
      ? fromJson(each)
      : undefined,
  );
  if (isJsonObject(value)) defineAll(bucket, value);
  else if (value !== undefined) bucket['value'] = value;
}
