import type { JsonNode } from '../json/json-node.ts';
import { readContent, readPart } from './content.ts';
import { leftover } from './leftover.ts';
import type { Message, MessagePart } from './message.ts';
import { isRoleName, toRole } from './roles.ts';
import { readToolCall, readToolInvocation } from './tool-parts.ts';

/** The fields of a message that are read, or that say nothing a reader misses. */
const knownFields = new Set(
  [
    ['role', 'type', 'content', 'parts', 'text', 'name', 'id', 'status', 'object', 'phase'],
    ['tool_calls', 'toolCalls', 'function_call', 'toolInvocations', 'tool_call_id', 'refusal'],
    ['reasoning_content', 'reasoning', 'thinking', 'createdAt', 'lc', 'example', 'is_error'],
  ].flat(),
);

/** A message and the name of its role, apart from how it is wrapped. */
interface Unwrapped {
  roleName: string;
  fields: JsonNode;
}

/** LangChain's serialised messages: `{lc, id: […, 'HumanMessage'], kwargs}` or `{type: 'human', data}`. */
function unwrapSerialised(node: JsonNode): Unwrapped | null {
  const roleName = node.get('id')?.items?.at(-1)?.string ?? node.stringAt('type');
  const fields = node.get('kwargs') ?? node.get('data');
  return isRoleName(roleName) && fields?.isObject ? { roleName, fields } : null;
}

function unwrap(node: JsonNode): Unwrapped | null {
  const serialised = unwrapSerialised(node);
  if (serialised) return serialised;
  const role = node.stringAt('role');
  if (role !== null) return { roleName: role, fields: node };
  const type = node.stringAt('type');
  return isRoleName(type) && node.get('content') ? { roleName: type, fields: node } : null;
}

const hasContent = (node: JsonNode) =>
  node.first('content', 'parts', 'tool_calls', 'function_call', 'refusal', 'text') !== null;

/** Items of OpenAI's responses that stand in the list beside messages. */
const itemTypes =
  /^(reasoning|.*_call|.*_call_output|computer_call|compaction|mcp_.*|item_reference)$/;

/** `['human', 'text']`, as LangChain takes messages. */
function readTuple(node: JsonNode): Unwrapped | null {
  const [role, content, ...more] = node.items ?? [];
  const roleName = role?.string ?? null;
  if (!content || more.length > 0 || content.string === null) return null;
  return isRoleName(roleName) ? { roleName, fields: content } : null;
}

/** Whether a value is certainly a message, and not only an object that has a role. */
export function isMessage(node: JsonNode): boolean {
  if (node.isArray) return readTuple(node) !== null;
  const unwrapped = unwrap(node);
  if (unwrapped) return isRoleName(unwrapped.roleName) || hasContent(unwrapped.fields);
  return itemTypes.test(node.stringAt('type') ?? '');
}

/** A value of a list of messages as one. What is no message keeps its place, as JSON. */
export function readMessage(node: JsonNode): Message {
  const tuple = readTuple(node);
  if (tuple) return toMessage(tuple.roleName, null, readContent(tuple.fields));
  const unwrapped = node.isObject ? unwrap(node) : null;
  if (unwrapped) return readFields(unwrapped);
  const parts = readPart(node);
  const type = node.stringAt('type') ?? '';
  return toMessage(roleOfItem(type, parts), null, parts);
}

function roleOfItem(type: string, parts: MessagePart[]): string {
  if (parts.some((part) => part.kind === 'tool_result')) return 'tool';
  return itemTypes.test(type) ? 'assistant' : 'other';
}

function toMessage(roleName: string, name: string | null, parts: MessagePart[]): Message {
  const isOnlyResults = parts.length > 0 && parts.every((part) => part.kind === 'tool_result');
  return { role: isOnlyResults ? 'tool' : toRole(roleName), roleName, name, parts };
}

function readFields({ roleName, fields }: Unwrapped): Message {
  const name = fields.stringAt('name');
  const said = readSaid(fields);
  const isResult = toRole(roleName) === 'tool' && !said.some(({ kind }) => kind === 'tool_result');
  const parts = isResult ? [wrapResult(fields, said)] : said;
  const rest = leftover(fields, knownFields);
  if (rest !== null) parts.push({ kind: 'json', label: 'other fields', source: rest });
  return toMessage(roleName, name, parts);
}

/** OpenAI and LangChain give what a tool gave back as the content of a message of the tool. */
function wrapResult(fields: JsonNode, parts: MessagePart[]): MessagePart {
  return {
    kind: 'tool_result',
    callId: fields.stringAt('tool_call_id', 'toolCallId'),
    name: fields.stringAt('name'),
    isError: fields.stringAt('status') === 'error' || (fields.get('is_error')?.isTrue ?? false),
    parts,
  };
}

function readSaid(fields: JsonNode): MessagePart[] {
  // The AI SDK repeats what `parts` say in `content` and `toolInvocations`.
  const ownParts = fields.get('parts');
  if (ownParts && ownParts.count > 0) return readContent(ownParts);
  const content = readContent(fields.first('content', 'text'));
  return [
    ...readThoughts(fields),
    ...content,
    ...readRefusal(fields),
    ...readCalls(fields, content),
  ];
}

function readThoughts(fields: JsonNode): MessagePart[] {
  const text = fields.stringAt('reasoning_content', 'reasoning', 'thinking');
  return text ? [{ kind: 'thinking', text }] : [];
}

function readRefusal(fields: JsonNode): MessagePart[] {
  const text = fields.stringAt('refusal');
  return text ? [{ kind: 'refusal', text }] : [];
}

/** Calls that stand beside the content. LangChain repeats there those that the content has as parts. */
function readCalls(fields: JsonNode, content: MessagePart[]): MessagePart[] {
  const invocations = fields.get('toolInvocations')?.items ?? [];
  const single = fields.first('function_call');
  const calls = fields.first('tool_calls', 'toolCalls')?.items ?? (single ? [single] : []);
  const seen = new Set(content.map((part) => (part.kind === 'tool_call' ? part.callId : null)));
  return [
    ...calls.flatMap((call): MessagePart[] => {
      const read = readToolCall(call);
      if (!read) return readPart(call);
      return read.callId !== null && seen.has(read.callId) ? [] : [read];
    }),
    ...invocations.flatMap((part) => readToolInvocation(part, readContent) ?? readPart(part)),
  ];
}
