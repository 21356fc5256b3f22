import { limits } from 'honeyhive-wire';
import { jsonHead } from './json-head.ts';
import { isJsonObject } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import { toWellFormed } from './well-formed.ts';

/** Characters of a text that are looked at: what is cut out of them leaves enough for a preview. */
const headChars = 4_096;
/** Looked at first: mostly they say enough, in an eighth of the time. */
const firstChars = 512;
/** So many make a preview, and room to know a run of base64 by its length. */
const enoughChars = 300;
/** How deep nested messages and contents are looked for; no shape of chat goes deeper. */
const maxDepth = 6;

const dataUri = /data:([\w.+-]+\/[\w.+-]+)?[;\w=-]*;base64,[\w+/=-]*/g;
/** Letters from which on a word is taken for base64. */
const runChars = 100;
const base64Run = new RegExp(`[A-Za-z0-9+/_-]{${runChars},}={0,2}`, 'g');
/** White space that is not one blank. */
const wideSpace = /[^\S ]|  /;

/** The beginning of a text on one line: at most 200 characters, runs of base64 named instead of shown. */
export function cutText(text: string): string {
  const short = toLine(text.slice(0, firstChars));
  // A run that begins where the preview ends has shown itself by then, and what has none is not changed by more text.
  const isEnough = text.length <= firstChars || (!short.isCut && short.line.length >= enoughChars);
  const { line } = isEnough ? short : toLine(text.slice(0, headChars));
  // Half a pair at the cut is no character.
  return toWellFormed(line.slice(0, limits.previewChars)).replace(/\uFFFD$/, '');
}

/** The text on one line, and whether something was left out of it. */
function toLine(head: string): { line: string; isCut: boolean } {
  const cut = mayHoldBase64(head) ? nameBase64(head) : head;
  return {
    line: (wideSpace.test(cut) ? cut.replaceAll(/\s+/g, ' ') : cut).trim(),
    isCut: cut !== head,
  };
}

const nameBase64 = (text: string): string =>
  text
    .replaceAll(dataUri, (_uri, type: string | undefined) => `[${type ?? 'data'}]`)
    .replaceAll(base64Run, (run) => (/\d/.test(run) && /[A-Z]/.test(run) ? '[base64]' : run));

/** Prose has none: every word of it ends before a run would be one. Found in a tenth of the time of a replacement. */
function mayHoldBase64(text: string): boolean {
  if (text.includes(';base64,')) return true;
  let start = 0;
  for (let end = text.indexOf(' '); end !== -1; end = text.indexOf(' ', start)) {
    if (end - start >= runChars) return true;
    start = end + 1;
  }
  return text.length - start >= runChars;
}

/** What a step was given, in a line: what the user said last, in the shapes of chat; else the head of the JSON. */
export function previewInputs(inputs: JsonObject): string {
  const messages = findMessages(inputs);
  if (messages !== null) {
    const said = lastText(messages, isFromUser) ?? lastText(messages, () => true);
    if (said !== null) return cutText(said);
  }
  return previewValue(inputs, inputTexts);
}

/** What a step produced, in a line: what the model answered, in the shapes of chat; else the head of the JSON. */
export function previewOutputs(outputs: JsonObject): string {
  const answer = answerOf(outputs, maxDepth);
  return answer === null ? previewValue(outputs, outputTexts) : cutText(answer);
}

/** The beginning of any value: a text as it is, anything else as compact JSON. */
export const previewJson = (value: unknown): string =>
  cutText(typeof value === 'string' ? value : jsonHead(value, headChars));

const inputTexts = ['question', 'query', 'prompt', 'input', 'text', 'message', 'content'];
const outputTexts = ['content', 'text', 'answer', 'output', 'response', 'result', 'completion'];

/** A text under a name that says it all, or under the only name there is; else the head of the JSON. */
function previewValue(object: JsonObject, names: readonly string[]): string {
  const values = Object.values(object);
  if (values.length === 0) return '';
  const named = names.map((name) => object[name]).find(isText);
  const only = values.length === 1 && isText(values[0]) ? values[0] : undefined;
  return previewJson(named ?? only ?? object);
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Where the shapes of chat keep their messages: OpenAI, Anthropic, Vercel; Responses; Gemini; LangChain; ours. */
const messageKeys = ['messages', 'input', 'contents', 'chat_history', 'history', 'prompt'];

function findMessages(inputs: JsonObject): readonly unknown[] | null {
  return messageKeys.map((key) => listAt(inputs, key)).find((list) => list.some(isMessage)) ?? null;
}

/** The list under a key; of a list of lists, which LangChain and chains of it write, the first. */
function listAt(object: JsonObject, key: string): readonly unknown[] {
  const value = object[key];
  if (!Array.isArray(value)) return [];
  const list: readonly unknown[] = value;
  const first: unknown = list[0];
  return Array.isArray(first) ? first.map((item: unknown) => item) : list;
}

/** LangChain writes a message as `{id: [..., 'HumanMessage'], kwargs}`, or as `{type: 'human', data}`. */
function openMessage(message: JsonObject): JsonObject {
  const inner = message['kwargs'] ?? message['data'];
  return isJsonObject(inner) ? inner : message;
}

const roleOf = (message: JsonObject): unknown => {
  const { id, role, type } = message;
  const className: unknown = Array.isArray(id) ? id.at(-1) : undefined;
  return className ?? role ?? openMessage(message)['role'] ?? openMessage(message)['type'] ?? type;
};

const isMessage = (value: unknown): value is JsonObject =>
  isJsonObject(value) && isText(roleOf(value));

const isFromUser = (message: JsonObject): boolean =>
  ['user', 'human', 'HumanMessage'].includes(String(roleOf(message)));

function lastText(
  messages: readonly unknown[],
  isMeant: (message: JsonObject) => boolean,
): string | null {
  for (const message of messages.toReversed()) {
    const text = isMessage(message) && isMeant(message) ? messageText(message, maxDepth) : null;
    if (text !== null) return text;
  }
  return null;
}

/** The text of a message, its calls of tools when there is none. */
function messageText(message: JsonObject, depth: number): string | null {
  const inner = openMessage(message);
  const text = contentText(inner['content'] ?? inner['parts'] ?? inner['text'], depth);
  return text ?? callsText(inner['tool_calls'] ?? inner['toolCalls']);
}

/** A content is a text, or a list of parts of which some are texts. */
function contentText(content: unknown, depth: number): string | null {
  if (isText(content)) return content;
  if (depth === 0) return null;
  if (isJsonObject(content)) return contentText(content['parts'] ?? content['text'], depth - 1);
  if (!Array.isArray(content)) return null;
  const parts: readonly unknown[] = content;
  const texts = parts.flatMap((part) => partText(part, depth - 1) ?? []);
  return texts.length === 0 ? null : texts.join(' ');
}

function partText(part: unknown, depth: number): string | null {
  if (isText(part)) return part;
  if (!isJsonObject(part)) return null;
  const text = contentText(part['text'] ?? part['content'], depth);
  if (text !== null) return text;
  const call = part['functionCall'] ?? part['function_call'] ?? part;
  return isJsonObject(call) ? callText(call) : null;
}

function callsText(calls: unknown): string | null {
  if (!Array.isArray(calls)) return null;
  const list: readonly unknown[] = calls;
  const texts = list.flatMap((call) => (isJsonObject(call) ? (callText(call) ?? []) : []));
  return texts.length === 0 ? null : texts.join(', ');
}

/** A call of a tool as people write one: `search({"q":"shoes"})`. */
function callText(call: JsonObject): string | null {
  const inner = isJsonObject(call['function']) ? call['function'] : call;
  const name = inner['name'] ?? inner['toolName'];
  if (!isText(name)) return null;
  const given = inner['arguments'] ?? inner['args'] ?? inner['input'];
  const text = isText(given) ? given : given === undefined ? '' : jsonHead(given, headChars);
  return `${name}(${text})`;
}

/** Where answers are: OpenAI; Responses; Anthropic and ours; Gemini; LangChain; Vercel. */
const answerLists = ['choices', 'candidates', 'generations', 'output', 'messages', 'content'];
const answerObjects = ['message', 'response', 'output', 'content', 'value'];

function answerOf(outputs: JsonObject, depth: number): string | null {
  if (depth === 0) return null;
  const inLists = firstText(answerLists, (key) => {
    const list = listAt(outputs, key);
    return key === 'messages' ? lastText(list, () => true) : entriesText(list, depth);
  });
  const inObjects = firstText(inLists === null ? answerObjects : [], (key) => {
    const value = outputs[key];
    return isJsonObject(value) ? (messageText(value, depth) ?? answerOf(value, depth - 1)) : null;
  });
  const isPlain = outputTexts.some((name) => isText(outputs[name]));
  return inLists ?? inObjects ?? (isPlain ? null : messageText(outputs, depth));
}

/** What the first key gives that gives something. */
function firstText(keys: readonly string[], read: (key: string) => string | null): string | null {
  for (const key of keys) {
    const text = read(key);
    if (text !== null) return text;
  }
  return null;
}

/** The texts of choices, candidates or parts; the first list of them that has any. */
function entriesText(entries: readonly unknown[], depth: number): string | null {
  const texts = entries.flatMap((entry) => {
    if (!isJsonObject(entry)) return [];
    const { message } = entry;
    const text = isJsonObject(message) ? messageText(message, depth) : null;
    return text ?? partText(entry, depth - 1) ?? messageText(entry, depth) ?? [];
  });
  return texts.length === 0 ? null : texts.join(' ');
}
