import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { fromJson, toJsonList } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { toList } from './any-value.ts';

/** Messages of a conversation, each with a role. */
export type Messages = readonly JsonObject[];

/**
 * Messages of which each attribute is one field: `gen_ai.prompt.0.role`, `gen_ai.prompt.0.content`, as OpenLLMetry
 * writes them. Calls of tools have the form that OpenAI gives them.
 */
export function takeIndexed(attributes: Attributes, prefix: string): Messages | null {
  const messages = toList(toListAt(attributes, prefix)).filter(isJsonObject);
  return messages.length === 0 ? null : messages.map(openIndexed);
}

/** What stands under numbers behind the prefix, as a list; a gap between them does not matter. */
function toListAt(attributes: Attributes, prefix: string): unknown {
  if (!attributes.hasUnder(`${prefix}0.`)) return null;
  return Object.values(attributes.takeUnder(prefix) ?? {});
}

function openIndexed(message: JsonObject): JsonObject {
  const { content, tool_calls: calls, ...rest } = message;
  return {
    ...rest,
    ...(content === undefined ? {} : { content: fromJson(content) }),
    ...(Array.isArray(calls) ? { tool_calls: calls.map((call) => toToolCall(call)) } : {}),
  };
}

/** A call of a tool in the form of OpenAI, whether its parts are under `function` or beside each other. */
function toToolCall(call: unknown): unknown {
  if (!isJsonObject(call)) return call;
  const { name, arguments: given, ...rest } = call;
  if (typeof name !== 'string') return call;
  return {
    type: 'function',
    ...rest,
    function: { name, ...(given === undefined ? {} : { arguments: given }) },
  };
}

/** `llm.input_messages.0.message.role` and what else OpenInference says of a message. */
export function takeOpenInference(attributes: Attributes, prefix: string): Messages | null {
  const messages = toList(toListAt(attributes, prefix)).filter(isJsonObject);
  return messages.length === 0 ? null : messages.map(openInferenceMessage);
}

function openInferenceMessage(entry: JsonObject): JsonObject {
  const message = isJsonObject(entry['message']) ? entry['message'] : entry;
  const { contents, tool_calls: calls, ...rest } = message;
  return {
    ...rest,
    ...(Array.isArray(contents) ? { content: contents.map(openInferenceContent) } : {}),
    ...(Array.isArray(calls) ? { tool_calls: calls.map(openInferenceCall) } : {}),
  };
}

/** `{message_content: {type, text, image: {image: {url}}}}` as a part of a message. */
function openInferenceContent(entry: unknown): unknown {
  const part = isJsonObject(entry) ? entry['message_content'] : undefined;
  if (!isJsonObject(part)) return entry;
  const { image, ...rest } = part;
  const inner = isJsonObject(image) && isJsonObject(image['image']) ? image['image'] : image;
  return image === undefined ? part : { ...rest, type: 'image_url', image_url: inner };
}

function openInferenceCall(entry: unknown): unknown {
  const call = isJsonObject(entry) ? (entry['tool_call'] ?? entry) : entry;
  return isJsonObject(call) && isJsonObject(call['function'])
    ? { type: 'function', ...call }
    : call;
}

/** A list of messages as JSON text, as newer conventions have it. */
export function takeJsonMessages(
  attributes: Attributes,
  ...keys: readonly string[]
): Messages | null {
  const found = attributes.takeFirst(keys, (value) => {
    const messages = toJsonList(value);
    return messages?.every(isJsonObject) ? messages : undefined;
  });
  return found?.map((message) => (isJsonObject(message) ? withPlainContent(message) : {})) ?? null;
}

/** A message whose only part is a text, with that as its content: what readers of every kind understand. */
function withPlainContent(message: JsonObject): JsonObject {
  const { parts, ...rest } = message;
  const [only, ...more] = toList(parts);
  const isText =
    more.length === 0 &&
    message['content'] === undefined &&
    isJsonObject(only) &&
    only['type'] === 'text' &&
    typeof only['content'] === 'string' &&
    Object.keys(only).length === 2;
  return isText ? { ...rest, content: only['content'] } : message;
}
