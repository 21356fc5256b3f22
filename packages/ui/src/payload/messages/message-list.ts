import { JsonNode } from '../json/json-node.ts';
import { tryReadJson } from '../json/json-reader.ts';
import { looksLikeJson } from '../json/nested-json.ts';
import { readContent } from './content.ts';
import { leftover } from './leftover.ts';
import type { Message, MessageList } from './message.ts';
import { isMessage, readMessage } from './message-reader.ts';
import { toRole } from './roles.ts';

/** A string that holds JSON is read as that JSON. */
function resolve(node: JsonNode | null): JsonNode | null {
  const text = node?.string ?? null;
  if (text === null || !looksLikeJson(text)) return node;
  const inner = tryReadJson(text);
  return inner ? new JsonNode(inner) : node;
}

/** By how many of its first items a list is judged. */
const judgedItems = 40;
/** Lists of lists are not followed further. */
const deepestList = 8;

/** A list of messages; null for another list. LangChain's callbacks hand on a list for each prompt. */
function readList(node: JsonNode | null): Message[] | null {
  const items = resolve(node)?.items ?? null;
  if (!items || items.length === 0) return null;
  const judged = items.slice(0, judgedItems);
  if (judged.filter(isMessage).length * 2 >= judged.length) return items.map(readMessage);
  if (node && node.depth >= deepestList) return null;
  const lists = items.map((item) => (item.isArray ? readList(item) : null));
  return lists.every((list) => list !== null) ? lists.flat() : null;
}

const said = (roleName: string, content: JsonNode | null): Message[] => {
  const parts = readContent(content);
  return parts.length > 0 ? [{ role: toRole(roleName), roleName, name: null, parts }] : [];
};

/** Where an object keeps messages: the fields, and how they are read; null when they hold no messages. */
interface Place {
  fields: readonly string[];
  read: (node: JsonNode, value: JsonNode) => Message[] | null;
}

const list = (): Place['read'] => (_, value) => readList(value);

const one: Place['read'] = (_, value) => (isMessage(value) ? [readMessage(value)] : null);

const isSaid = ({ parts }: Message): boolean => parts.every(({ kind }) => kind !== 'json');

/** Gemini takes an instruction as a content, as parts or as text. A text may hold parts, or only look as if it did. */
const instruction: Place['read'] = (_, value) => {
  const candidates = [resolve(value) ?? value, value].map((node) =>
    said('system', node.get('parts') ?? node),
  );
  return candidates.find((messages) => messages.every(isSaid)) ?? null;
};

/** OpenAI's `input` may be the text alone. Without a sign of that request it may mean anything. */
const input: Place['read'] = (node, value) => {
  const isRequest = node.get('instructions') !== null || node.get('model') !== null;
  return value.string !== null && isRequest ? said('user', value) : readList(value);
};

const choiceFields = new Set(['index', 'message', 'text', 'content', 'delta']);

/** One of several answers: OpenAI's choice, Gemini's candidate, LangChain's generation. */
function readChoice(choice: JsonNode): Message[] | null {
  const content = choice.first('message', 'content');
  const messages =
    content && isMessage(content)
      ? [readMessage(content)]
      : said('assistant', content?.get('parts') ?? choice.get('text'));
  const [message] = messages;
  if (!message) return null;
  const rest = leftover(choice, choiceFields);
  if (rest) message.parts.push({ kind: 'json', label: 'other fields', source: rest });
  return messages;
}

const choices: Place['read'] = (_, value) => {
  const items = (value.items ?? []).flatMap((item) => item.items ?? [item]);
  const messages = items.map(readChoice);
  return items.length > 0 && messages.every((read) => read !== null) ? messages.flat() : null;
};

/** In the order in which the messages were said. */
const places: Place[] = [
  {
    fields: [
      'system',
      'systemInstruction',
      'system_instruction',
      'instructions',
      'system_instructions',
      'gen_ai.system_instructions',
    ],
    read: instruction,
  },
  { fields: ['chat_history', 'history'], read: list() },
  {
    fields: ['messages', 'contents', 'prompt', 'input_messages', 'gen_ai.input.messages'],
    read: list(),
  },
  { fields: ['input'], read: input },
  { fields: ['choices', 'candidates', 'generations'], read: choices },
  { fields: ['output', 'output_messages', 'gen_ai.output.messages'], read: list() },
  { fields: ['message'], read: one },
];

/** Fields that say how a provider's answer was made: of the wrapping, not of what was said. */
function readObject(node: JsonNode): MessageList | null {
  const taken = new Set<string>();
  const messages: Message[] = [];
  let hasConversation = false;
  for (const { fields, read } of places) {
    const found = readFirst(node, fields, read);
    if (!found) continue;
    taken.add(found.field);
    messages.push(...found.messages);
    hasConversation ||= read !== instruction;
  }
  return hasConversation ? { messages, rest: leftover(node, taken, { keepsEmpty: true }) } : null;
}

function readFirst(node: JsonNode, fields: readonly string[], read: Place['read']) {
  for (const field of fields) {
    const value = node.first(field);
    const messages = value && read(node, value);
    if (messages && messages.length > 0) return { field, messages };
  }
  return null;
}

/** Of an answer without a role: HoneyHive's `{content}` and Anthropic's. */
function readAnswer(node: JsonNode, roleName: string): MessageList | null {
  const content = node.first('content', 'text');
  if (content === null || content.isObject) return null;
  const messages = said(roleName, content);
  if (messages.length === 0) return null;
  return { messages, rest: leftover(node, new Set(['content', 'text']), { keepsEmpty: true }) };
}

/** An object of more fields is data: requests and answers have a few dozen. */
const mostFields = 1000;

/**
 * The messages in a payload: a list of them, one message, or an object that keeps them where OpenAI (chat and
 * responses), Anthropic, Gemini, LangChain, the AI SDK or HoneyHive do. Null for a payload without any.
 *
 * @param answerRole who says `content` that stands there without a role, as in what a model put out; by default nobody
 */
export function readMessages(
  payload: JsonNode,
  { answerRole = null }: { answerRole?: string | null } = {},
): MessageList | null {
  const node = resolve(payload) ?? payload;
  const listed = readList(node);
  if (listed) return { messages: listed, rest: null };
  if (!node.isObject || node.count > mostFields) return null;
  if (isMessage(node)) return { messages: [readMessage(node)], rest: null };
  return readObject(node) ?? (answerRole === null ? null : readAnswer(node, answerRole));
}
