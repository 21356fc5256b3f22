import { placeKinds, type PlaceKind } from './chat-format.ts';
import { areChoices, readChoices, toChoice } from './choices.ts';
import { readContent } from './content.ts';
import { readFinishReason } from './finish-reason.ts';
import { formats } from './formats/formats.ts';
import type { JsonView } from './json-view.ts';
import { alsoTaken, leftover, wholly } from './leftover.ts';
import type { Choice, JsonSource, Message, MessageList, Role } from './message.ts';
import { isMessage, readMessage, readRole, readSaid, say, saidFields } from './message-reader.ts';

/** The location of a message, which is parsed lazily. */
export interface FoundMessage {
  /** The role, if the message contains one. */
  role(): Role;
  read(): Message;
}

/** What one payload holds of a conversation. */
export interface FoundMessages {
  messages: FoundMessage[];
  /** All other fields, as one object; null if there are no others. */
  rest(): JsonSource | null;
}

const nothing = () => null;

const found = (messages: FoundMessage[], rest: FoundMessages['rest'] = nothing): FoundMessages => ({
  messages,
  rest,
});

/** A class, since a list may hold thousands. */
class Unread implements FoundMessage {
  readonly #node: JsonView;
  readonly #choice: Choice | undefined;

  constructor(node: JsonView, choice?: Choice) {
    this.#node = node;
    this.#choice = choice;
  }

  role(): Role {
    return readRole(this.#node);
  }

  read(): Message {
    const message = readMessage(this.#node);
    if (this.#choice) message.choice = this.#choice;
    return message;
  }
}

const alreadyRead = (message: Message): FoundMessage => ({
  role: () => message.role,
  read: () => message,
});

/** Number of items that decide whether a list contains messages. */
const judgedItems = 40;
/** Maximum nesting of lists and wrappers. */
const deepestPlace = 8;

/** A list of messages; null for another list. LangChain's callbacks hand on a list for each prompt. */
function findList(node: JsonView): FoundMessage[] | null {
  const items = (node.openString() ?? node).items ?? [];
  if (items.length === 0) return null;
  if (isMostlyMessages(items.slice(0, judgedItems))) {
    const count = areChoices(items) ? items.length : 0;
    return items.map((item, index) => new Unread(item, toChoice(index, count)));
  }
  if (node.depth >= deepestPlace) return null;
  const lists = items.map((item) => (item.isArray ? findList(item) : null));
  return lists.every((list) => list !== null) ? lists.flat() : null;
}

function isMostlyMessages(items: readonly JsonView[]): boolean {
  let missing = items.length / 2;
  return items.some((item) => {
    if (isMessage(item)) missing -= 1;
    return missing <= 0;
  });
}

/** Reads a field that may contain messages; null if it does not. */
type PlaceReader = (
  value: JsonView,
  object: JsonView,
  answerRole: string | null,
) => FoundMessages | null;

const list: PlaceReader = (value) => {
  const messages = findList(value);
  return messages && found(messages);
};

const one: PlaceReader = (value) => (isMessage(value) ? found([new Unread(value)]) : null);

const isSaid = ({ parts }: Message): boolean => parts.every(({ kind }) => kind !== 'json');

/** Gemini takes an instruction as a content, as parts or as text. A text may hold parts, or only look as if it did. */
const instruction: PlaceReader = (value) => {
  const candidates = [value.openString() ?? value, value].map((node) =>
    say('system', readContent(node.get('parts') ?? node)),
  );
  const messages = candidates.find((each) => each.every(isSaid));
  return messages ? found(messages.map(alreadyRead)) : null;
};

/** OpenAI's `input` may be the text alone. Without a sign of that request it may mean anything. */
const input: PlaceReader = (value, object, answerRole) => {
  const isRequest = object.get('instructions') !== null || object.get('model') !== null;
  if (value.string === null || !isRequest) return list(value, object, answerRole);
  return found(say('user', readContent(value)).map(alreadyRead));
};

const choices: PlaceReader = (value) => {
  const messages = readChoices(value.items ?? []);
  return messages && found(messages.map(alreadyRead));
};

const wrapper: PlaceReader = (value, _object, answerRole) =>
  value.isObject && value.depth < deepestPlace ? findMessages(value, { answerRole }) : null;

const readers: Readonly<Record<PlaceKind, PlaceReader>> = {
  instruction,
  history: list,
  messages: list,
  input,
  choices,
  output: list,
  message: one,
  wrapper,
};

/** In the order of the conversation. */
const places = placeKinds.map((kind) => ({
  isConversation: kind !== 'instruction',
  fields: formats.flatMap(({ places: own = {} }) => own[kind] ?? []),
  read: readers[kind],
}));

const placeNames = new Set(places.flatMap(({ fields }) => fields));

/** The few of an object's fields that a place can be: most objects have none, and asking for each costs more. */
function findPlaceNames(node: JsonView): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name] of node.fields()) if (placeNames.has(name)) names.add(name);
  return names;
}

function findInObject(node: JsonView, answerRole: string | null): FoundMessages | null {
  const names = findPlaceNames(node);
  if (names.size === 0) return null;
  const remains = new Map<string, FoundMessages['rest']>();
  const messages: FoundMessage[] = [];
  let hasConversation = false;
  for (const { isConversation, fields, read } of places) {
    const field = fields.find((name) => {
      const value = !names.has(name) || remains.has(name) ? null : node.first(name);
      const here = value && read(value, node, answerRole);
      if (!here || here.messages.length === 0) return false;
      messages.push(...here.messages);
      remains.set(name, here.rest);
      return true;
    });
    hasConversation ||= isConversation && field !== undefined;
  }
  return hasConversation
    ? found(messages, () => leftover(node, remains, { keepsEmpty: true }))
    : null;
}

/** An answer without a role, such as HoneyHive's `{content}` and the AI SDK's `{text, toolCalls}`. */
function findAnswer(node: JsonView, roleName: string): FoundMessages | null {
  if (node.first('content', 'text')?.isObject) return null;
  if (!node.first('content', 'text', 'tool_calls', 'toolCalls')) return null;
  const [message] = say(roleName, readSaid(node));
  if (!message) return null;
  const finish = node.isPreview ? null : readFinishReason(node);
  if (finish) message.finishReason = finish.text;
  return found([alreadyRead(message)], () =>
    leftover(node, alsoTaken(answerFields, finish?.field), { keepsEmpty: true }),
  );
}

const answerFields = wholly(saidFields);

/** An object of more fields is data: requests and answers have a few dozen. */
const mostFields = 1000;

/** How a payload is read. */
export interface FindOptions {
  /** Role of content without a role, for example a model's output. Default: no role. */
  readonly answerRole?: string | null;
}

/**
 * The messages in a payload: a list of them, one message, or an object that keeps them where one of the {@link formats}
 * does. Null for a payload without any.
 */
export function findMessages(
  payload: JsonView,
  { answerRole = null }: FindOptions = {},
): FoundMessages | null {
  const node = payload.openString() ?? payload;
  const listed = findList(node);
  if (listed) return found(listed);
  if (!node.isObject || node.count > mostFields) return null;
  if (isMessage(node)) return found([new Unread(node)]);
  return (
    findInObject(node, answerRole) ?? (answerRole === null ? null : findAnswer(node, answerRole))
  );
}

/** The same, read. */
export function readMessages(payload: JsonView, options?: FindOptions): MessageList | null {
  const conversation = findMessages(payload, options);
  return (
    conversation && {
      messages: conversation.messages.map((message) => message.read()),
      rest: conversation.rest(),
    }
  );
}
