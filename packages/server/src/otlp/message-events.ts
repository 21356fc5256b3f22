import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { fromJson, toJsonList } from './attributes.ts';
import { unwrap, withContent } from './chat-messages.ts';
import type { Messages } from './chat-messages.ts';
import type { SpanEvent } from './span.ts';

/** The conversation that the events of a span tell. */
export interface MessageEvents {
  readonly asked: Messages | undefined;
  readonly answered: Messages | undefined;
  /** All events; those whose messages are used elsewhere have no attributes. */
  without(used: { readonly asked: boolean; readonly answered: boolean }): readonly SpanEvent[];
}

/** What events of a span say: a message to the model, an answer of it, or a list of either. */
type ReadEvent = (attributes: JsonObject, event: SpanEvent) => Messages;

const roleOf = ({ name }: SpanEvent): string =>
  /^gen_ai\.(\w+)\.message$/.exec(name)?.[1] ?? 'user';

/** `gen_ai.user.message` and its like: role and content as attributes, lists of calls as JSON text. */
const readMessage: ReadEvent = (attributes, event) => [
  { role: roleOf(event), ...openTexts(attributes) },
];

/** `gen_ai.choice`: the answer as JSON text under `message`, or its fields beside the reason why it ended. */
const readChoice: ReadEvent = (attributes) => {
  const opened = openTexts(attributes);
  const merged = unwrap(opened, 'message');
  if (merged !== opened || 'content' in opened || !('message' in opened))
    return [{ role: 'assistant', ...merged }];
  const { message, ...rest } = opened;
  return [{ role: 'assistant', content: message, ...rest }];
};

/** A list of messages, or one text, as an attribute of the event. */
const readContent =
  (key: string, role: string): ReadEvent =>
  (attributes) => {
    const messages = toJsonList(attributes[key]);
    if (messages?.every(isJsonObject)) return messages.filter(isJsonObject);
    return typeof attributes[key] === 'string' ? [{ role, content: attributes[key] }] : [];
  };

const askedBy: Readonly<Record<string, ReadEvent>> = {
  'gen_ai.system.message': readMessage,
  'gen_ai.user.message': readMessage,
  'gen_ai.assistant.message': readMessage,
  'gen_ai.tool.message': readMessage,
  'gen_ai.content.prompt': readContent('gen_ai.prompt', 'user'),
  'gen_ai.client.inference.operation.details': readContent('gen_ai.input.messages', 'user'),
};
const answeredBy: Readonly<Record<string, ReadEvent>> = {
  'gen_ai.choice': readChoice,
  'gen_ai.content.completion': readContent('gen_ai.completion', 'assistant'),
  'gen_ai.client.inference.operation.details': readContent('gen_ai.output.messages', 'assistant'),
};

/** Source: semantic conventions for generative AI of OpenTelemetry, up to 1.36, which had messages as events. */
export function readMessageEvents(events: readonly SpanEvent[]): MessageEvents {
  const read = (readers: Readonly<Record<string, ReadEvent>>): Messages | undefined => {
    const messages = events.flatMap((event) =>
      Object.hasOwn(readers, event.name)
        ? (readers[event.name]?.(event.attributes, event) ?? [])
        : [],
    );
    return withContent(messages);
  };
  return {
    asked: read(askedBy),
    answered: read(answeredBy),
    without: (used) =>
      events.map((event) => {
        const isUsed =
          (used.asked && event.name in askedBy) || (used.answered && event.name in answeredBy);
        return isUsed && isMessage(event) ? { ...event, attributes: {} } : event;
      }),
  };
}

/** Whether an event is one message, and nothing else. */
const isMessage = ({ name }: SpanEvent): boolean => /^gen_ai\.(choice|\w+\.message)$/.test(name);

const openTexts = (attributes: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, fromJson(value)]));

/** What a tool was called with, and what it returned, by the events of its span; undefined if none contains it. */
export interface ToolEvents {
  readonly given: unknown;
  readonly returned: unknown;
}

/**
 * Strands writes the call of a tool as a message and its result as a choice, or both as attributes of the event with
 * the details of an operation.
 */
export function readToolEvents(events: readonly SpanEvent[]): ToolEvents {
  const find = (eventName: string, key: string): unknown =>
    events
      .filter(({ name }) => name === eventName)
      .map(({ attributes }) => attributes[key])
      .find((value) => value !== undefined);
  const details = 'gen_ai.client.inference.operation.details';
  return {
    given: find(details, 'gen_ai.tool.call.arguments') ?? find('gen_ai.tool.message', 'content'),
    returned: find(details, 'gen_ai.tool.call.result') ?? find('gen_ai.choice', 'message'),
  };
}
