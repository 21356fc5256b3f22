import { findMessages, ValueView } from 'honeyhive-facts/messages';
import type { FoundMessage, Message, MessagePart, Role } from 'honeyhive-facts/messages';
import { limits } from 'honeyhive-wire';
import { jsonHead } from './json-head.ts';
import type { JsonObject } from './json-text.ts';
import { toWellFormed } from './well-formed.ts';

/** Characters of a text that are looked at: what is cut out of them leaves enough for a preview. */
const headChars = 4_096;
/** Looked at first: mostly they say enough, in an eighth of the time. */
const firstChars = 512;
/** So many make a preview, and room to know a run of base64 by its length. */
const enoughChars = 300;
/** How many messages from the end may be read: what counts was said last. */
const readMessages = 50;

/** JSON is printed no further than a preview needs, and looked for in short texts only. */
const viewOptions = {
  print: (value: unknown) => jsonHead(value, headChars),
  maxStringChars: 16_384,
  isPreview: true,
};

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
  const messages = findMessages(new ValueView(inputs, viewOptions))?.messages ?? [];
  const said = lastText(messages, 'user') ?? lastText(messages, null);
  return said === null ? previewValue(inputs, inputTexts) : cutText(said);
}

/** What a step produced, in a line: what the model answered, in the shapes of chat; else the head of the JSON. */
export function previewOutputs(outputs: JsonObject): string {
  const view = new ValueView(outputs, viewOptions);
  const messages = findMessages(view, { answerRole: 'assistant' })?.messages ?? [];
  const said = answerText(messages) ?? lastText(messages, null);
  return said === null ? previewValue(outputs, outputTexts) : cutText(said);
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

/** The text of the last message that has one, of those of a role; null: of any. */
function lastText(messages: readonly FoundMessage[], role: Role | null): string | null {
  for (const found of messages.slice(-readMessages).toReversed()) {
    if (role !== null && found.role() !== role) continue;
    const message = found.read();
    // Results of tools may stand in the name of the user.
    const text = role === null || message.role === role ? messageText(message) : null;
    if (text !== null) return text;
  }
  return null;
}

/** What the model said at the end, in one message or in several. */
function answerText(messages: readonly FoundMessage[]): string | null {
  const read = messages.slice(-readMessages).map((message) => message.read());
  const start = read.findLastIndex(({ role }) => role !== 'assistant') + 1;
  return join(read.slice(start).map(messageText), ' ');
}

/** The text of a message; without text its tool calls, then its tool results. */
const messageText = ({ parts }: Message): string | null =>
  join(parts.map(saidText), ' ') ??
  join(parts.map(callText), ', ') ??
  join(parts.map(resultText), ' ');

const join = (texts: readonly (string | null)[], separator: string): string | null => {
  const said = texts.filter(isText);
  return said.length === 0 ? null : said.join(separator);
};

const saidText = (part: MessagePart): string | null =>
  part.kind === 'text' || part.kind === 'refusal' ? part.text : null;

/** A call of a tool as people write one: `search({"q":"shoes"})`. */
function callText(part: MessagePart): string | null {
  if (part.kind !== 'tool_call') return null;
  const { name, input } = part;
  return `${name}(${input === null ? '' : 'json' in input ? input.json : input.text})`;
}

const resultText = (part: MessagePart): string | null =>
  part.kind === 'tool_result' ? join(part.parts.map(saidText), ' ') : null;
