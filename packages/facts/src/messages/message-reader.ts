import type { Unwrapped } from './chat-format.ts';
import { readContent, readPart } from './content.ts';
import { readFinishReason } from './finish-reason.ts';
import { formats } from './formats/formats.ts';
import type { JsonView } from './json-view.ts';
import { alsoTaken, leftover, wholly } from './leftover.ts';
import type { TakenFields } from './leftover.ts';
import { readSound } from './media-parts.ts';
import type { Message, MessagePart, Role } from './message.ts';
import { isRoleName, toRole } from './roles.ts';
import { readToolCall, readToolInvocation } from './tool-parts.ts';

/** The content fields of a message. */
export const saidFields: readonly string[] = [
  ['content', 'parts', 'text', 'tool_calls', 'toolCalls', 'function_call', 'toolInvocations'],
  ['refusal', 'reasoning_content', 'reasoning', 'thinking'],
].flat();

/** The fields that are read, or that say nothing a reader misses. */
const knownFields = wholly(
  [
    saidFields,
    ['role', 'type', 'name', 'id', 'status', 'object', 'phase', 'tool_call_id', 'is_error'],
    ['createdAt', 'lc', 'example', 'audio'],
  ].flat(),
);

const unwrappers = formats.flatMap(({ unwrap: own }) => own ?? []);
const itemTypes = formats.flatMap(({ itemTypes: own }) => own ?? []);

function unwrap(node: JsonView): Unwrapped | null {
  const role = node.stringAt('role');
  if (role !== null) return { roleName: role, fields: node };
  for (const own of unwrappers) {
    const found = own(node);
    if (found && isRoleName(found.roleName)) return found;
  }
  return null;
}

/** Whether an object has any content field. */
export const hasContent = (node: JsonView) =>
  node.first('content', 'parts', 'tool_calls', 'function_call', 'refusal', 'text') !== null;

const isItem = (type: string) => itemTypes.some((pattern) => pattern.test(type));

/** Whether a value is certainly a message, and not only an object that has a role. */
export function isMessage(node: JsonView): boolean {
  const unwrapped = unwrap(node);
  if (unwrapped) return isRoleName(unwrapped.roleName) || hasContent(unwrapped.fields);
  return isItem(node.stringAt('type') ?? '');
}

/** The role of an item of a message list, if it contains one. */
export const readRole = (node: JsonView): Role => toRole(unwrap(node)?.roleName ?? '');

/** Converts an item of a message list. Other items become JSON messages in the same position. */
export function readMessage(node: JsonView): Message {
  const unwrapped = unwrap(node);
  if (unwrapped) return readFields(unwrapped);
  const parts = readPart(node);
  return toMessage(roleOfItem(node.stringAt('type') ?? '', parts), null, parts);
}

function roleOfItem(type: string, parts: MessagePart[]): string {
  if (parts.some((part) => part.kind === 'tool_result')) return 'tool';
  return isItem(type) ? 'assistant' : 'other';
}

function toMessage(roleName: string, name: string | null, parts: MessagePart[]): Message {
  const isOnlyResults = parts.length > 0 && parts.every((part) => part.kind === 'tool_result');
  return { role: isOnlyResults ? 'tool' : toRole(roleName), roleName, name, parts };
}

/** Converts the fields of a message, for any role. */
export function readFields({ roleName, fields }: Unwrapped): Message {
  if (!fields.isObject) return toMessage(roleName, null, readContent(fields));
  const name = fields.stringAt('name');
  const said = readSaid(fields);
  const isResult = toRole(roleName) === 'tool' && !said.some(({ kind }) => kind === 'tool_result');
  const parts = isResult ? [wrapResult(fields, said)] : said;
  return addAside(toMessage(roleName, name, parts), fields, knownFields);
}

/** Adds why the model stopped, and the fields that were not read. */
export function addAside(message: Message, node: JsonView, taken: TakenFields): Message {
  if (node.isPreview) return message;
  const finish = readFinishReason(node);
  const rest = leftover(node, alsoTaken(taken, finish?.field));
  if (rest !== null) message.parts.push({ kind: 'json', label: 'other fields', source: rest });
  if (finish !== null) message.finishReason = finish.text;
  return message;
}

/** OpenAI and LangChain represent a tool result as the content of a tool message. */
function wrapResult(fields: JsonView, parts: MessagePart[]): MessagePart {
  return {
    kind: 'tool_result',
    callId: fields.stringAt('tool_call_id', 'toolCallId'),
    name: fields.stringAt('name'),
    isError: fields.stringAt('status') === 'error' || (fields.get('is_error')?.isTrue ?? false),
    parts,
  };
}

/** What someone says, as a message; none if they say nothing. */
export const say = (roleName: string, parts: MessagePart[]): Message[] =>
  parts.length > 0 ? [{ role: toRole(roleName), roleName, name: null, parts }] : [];

/** The content of an object with the fields of a message. */
export function readSaid(fields: JsonView): MessagePart[] {
  // The AI SDK repeats what `parts` say in `content` and `toolInvocations`.
  const ownParts = fields.get('parts');
  if (ownParts && ownParts.count > 0) return readContent(ownParts);
  const content = readContent(fields.first('content', 'text'));
  return [
    ...readThoughts(fields),
    ...content,
    ...readAudio(fields),
    ...readRefusal(fields),
    ...readCalls(fields, content),
  ];
}

function readThoughts(fields: JsonView): MessagePart[] {
  const text = fields.stringAt('reasoning_content', 'reasoning', 'thinking');
  return text ? [{ kind: 'thinking', text }] : [];
}

/** OpenAI has what the model spoke beside the content: a sound, and what it says. */
function readAudio(fields: JsonView): MessagePart[] {
  const audio = fields.first('audio');
  if (!audio) return [];
  const sound = readSound(audio) ?? { kind: 'json', label: 'audio', source: audio.source };
  const transcript = audio.stringAt('transcript') ?? '';
  return transcript === '' ? [sound] : [sound, { kind: 'text', text: transcript }];
}

function readRefusal(fields: JsonView): MessagePart[] {
  const text = fields.stringAt('refusal');
  return text ? [{ kind: 'refusal', text }] : [];
}

/** Calls next to the content. LangChain repeats calls there that the content already contains as parts. */
function readCalls(fields: JsonView, content: MessagePart[]): MessagePart[] {
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
