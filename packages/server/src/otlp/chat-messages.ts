import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { fromJson, toJsonList, toNumberedList } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { toList } from './any-value.ts';

/** Messages of a conversation, each with a role. */
export type Messages = readonly JsonObject[];

/** Fields that say nothing without others. */
const quietFields = new Set(['role', 'name', 'id', 'index', 'type', 'finish_reason']);

/** The messages, unless all of them are empty: then another convention may have the conversation. */
export const withContent = (messages: Messages): Messages | undefined =>
  messages.some((message) =>
    Object.entries(message).some(([key, value]) => !quietFields.has(key) && !isEmpty(value)),
  )
    ? messages
    : undefined;

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/**
 * Messages of which each attribute is one field: `gen_ai.prompt.0.role`, `gen_ai.prompt.0.content`, as OpenLLMetry
 * writes them. Calls of tools have the form that OpenAI gives them.
 */
export const takeIndexed = (attributes: Attributes, prefix: string): Messages | undefined =>
  attributes.takeNumbered(prefix, (items) => withContent(items.map(openIndexed)));

function openIndexed(message: JsonObject): JsonObject {
  const { content, tool_calls: calls, ...rest } = message;
  const list = toNumberedList(calls);
  return {
    ...rest,
    ...(content === undefined ? {} : { content: fromJson(content) }),
    ...(calls === undefined ? {} : { tool_calls: list?.map(toToolCall) ?? calls }),
  };
}

/** A call of a tool in the form of OpenAI, whether its parts are under `function` or beside each other. */
function toToolCall(call: unknown): unknown {
  if (!isJsonObject(call) || typeof call['name'] !== 'string' || 'function' in call) return call;
  const { name, arguments: given, ...rest } = call;
  return {
    type: 'function',
    ...rest,
    function: { name, ...(given === undefined ? {} : { arguments: given }) },
  };
}

/** `llm.input_messages.0.message.role` and the other fields that OpenInference has for a message. */
export const takeOpenInference = (attributes: Attributes, prefix: string): Messages | undefined =>
  attributes.takeNumbered(prefix, (items) => withContent(items.map(openInferenceMessage)));

function openInferenceMessage(entry: JsonObject): JsonObject {
  const { content, contents, tool_calls: calls, ...rest } = unwrap(entry, 'message');
  const parts = toNumberedList(contents)?.map(openInferenceContent);
  const text = content === undefined ? [] : [{ type: 'text', text: content }];
  return {
    ...rest,
    ...(content === undefined ? {} : { content }),
    ...(contents === undefined ? {} : parts ? { content: [...text, ...parts] } : { contents }),
    ...(calls === undefined
      ? {}
      : { tool_calls: toNumberedList(calls)?.map(openInferenceCall) ?? calls }),
  };
}

/** The object under the name, with the fields beside it; as it is if they have names in common. */
export function unwrap(entry: JsonObject, name: string): JsonObject {
  const { [name]: inner, ...beside } = entry;
  if (!isJsonObject(inner)) return entry;
  return Object.keys(beside).some((key) => key in inner) ? entry : { ...beside, ...inner };
}

/** Media types of OpenInference, and the names of OpenAI for them. */
const mediaNames = [
  ['image', 'image_url'],
  ['audio', 'audio'],
] as const;

/** `{message_content: {type, text, image: {image: {url}}}}` as a part of a message. */
function openInferenceContent(entry: unknown): unknown {
  if (!isJsonObject(entry)) return entry;
  const part = unwrap(entry, 'message_content');
  for (const [name, type] of mediaNames) {
    const { [name]: media, ...rest } = part;
    if (!isJsonObject(media) || (type !== name && type in part)) continue;
    const isNamed = 'type' in rest && rest['type'] !== name;
    return { ...rest, ...(isNamed ? {} : { type }), [type]: unwrap(media, name) };
  }
  return part;
}

function openInferenceCall(entry: unknown): unknown {
  if (!isJsonObject(entry)) return entry;
  const call = unwrap(entry, 'tool_call');
  return isJsonObject(call['function']) ? { type: 'function', ...call } : call;
}

/** A list of messages as JSON text, as newer conventions have it. */
export const takeJsonMessages = (
  attributes: Attributes,
  ...keys: readonly string[]
): Messages | undefined => attributes.takeFirst(keys, readJsonMessages);

/** A list of objects, or JSON text of one, that says something. */
export function readJsonMessages(value: unknown): Messages | undefined {
  const items = toJsonList(value) ?? [];
  const messages = items.filter(isJsonObject);
  return messages.length < items.length ? undefined : withContent(messages.map(withPlainContent));
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
