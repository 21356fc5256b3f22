import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { fromJson, toJsonList } from './attributes.ts';
import type { Messages } from './chat-messages.ts';
import type { SpanEvent } from './span.ts';

/** The conversation that the events of a span tell. */
export interface MessageEvents {
  readonly asked: Messages | null;
  readonly answered: Messages | null;
  /** All events, those that were messages without their attributes. */
  readonly events: readonly SpanEvent[];
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
  const { message, ...rest } = openTexts(attributes);
  if (isJsonObject(message)) return [{ role: 'assistant', ...message, ...rest }];
  return [
    {
      role: 'assistant',
      ...(message === undefined ? {} : { content: message }),
      ...rest,
    },
  ];
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
  const read = (readers: Readonly<Record<string, ReadEvent>>): Messages | null => {
    const messages = events.flatMap((event) =>
      Object.hasOwn(readers, event.name)
        ? (readers[event.name]?.(event.attributes, event) ?? [])
        : [],
    );
    return messages.length === 0 ? null : messages;
  };
  const isMessage = ({ name }: SpanEvent): boolean =>
    /^gen_ai\.(choice|\w+\.message)$/.test(name) && (name in askedBy || name in answeredBy);
  return {
    asked: read(askedBy),
    answered: read(answeredBy),
    events: events.map((event) => (isMessage(event) ? { ...event, attributes: {} } : event)),
  };
}

const openTexts = (attributes: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, fromJson(value)]));
