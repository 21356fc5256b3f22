import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { fromJson, toJsonList, toJsonObject, toText } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import {
  readJsonMessages,
  takeIndexed,
  takeJsonMessages,
  takeOpenInference,
  withContent,
} from './chat-messages.ts';
import type { Messages } from './chat-messages.ts';
import type { Buckets } from './fields.ts';
import { mergeFree } from './merge-free.ts';
import { readMessageEvents, readToolEvents } from './message-events.ts';
import { inputNames, outputNames, putPayload, readLists, takePayload } from './payload.ts';
import type { SpanEvent } from './span.ts';

/** The places of a span that may contain its inputs or its outputs. */
type Place = 'messages' | 'openInference' | 'events' | 'payload' | 'toolEvents' | 'answers';

/**
 * Where inputs and outputs are looked for, by the event type. A tool is called with arguments, not with messages.
 * OpenInference writes only the first message of an agent, and all of it in `input.value`.
 */
const placesByType: Readonly<Record<string, readonly Place[]>> = {
  tool: ['payload', 'toolEvents', 'messages', 'openInference', 'events'],
  chain: ['messages', 'events', 'payload', 'openInference', 'answers'],
};
const placesOfModel: readonly Place[] = ['messages', 'openInference', 'events', 'payload'];

/**
 * Inputs and outputs of a span, as messages where it has some. The first place that says something is used; what
 * others say stays in the attributes.
 *
 * @returns the events of the span; those that became messages have no attributes any more
 */
export function readContent(
  attributes: Attributes,
  { eventType, events }: { eventType: string; events: readonly SpanEvent[] },
  buckets: Buckets,
): readonly SpanEvent[] {
  const { inputs, outputs } = buckets;
  readLists(attributes, inputs, outputs);
  const places = placesByType[eventType] ?? placesOfModel;
  const said = readMessageEvents(events);
  const tool = readToolEvents(events);
  const asked = places.find((place) => {
    if (place === 'payload') return takePayload(inputs, attributes, inputNames);
    if (place === 'toolEvents') return putToolEvent(inputs, tool.given);
    return putAsked(inputs, () => (place === 'events' ? said.asked : askedAt[place]?.(attributes)));
  });
  const answered = places.find((place) => {
    if (place === 'payload') return takePayload(outputs, attributes, outputNames);
    if (place === 'toolEvents') return putToolEvent(outputs, tool.returned);
    return putAnswer(outputs, () =>
      place === 'events' ? said.answered : answeredAt[place]?.(attributes),
    );
  });
  return said.without({ asked: asked === 'events', answered: answered === 'events' });
}

type Take = (attributes: Attributes) => Messages | undefined;

const askedAt: Partial<Record<Place, Take>> = {
  messages: (attributes) =>
    takeJsonMessages(attributes, 'gen_ai.input.messages') ??
    takeIndexed(attributes, 'gen_ai.prompt.') ??
    takeRun(attributes) ??
    takeJsonMessages(attributes, 'ai.prompt.messages') ??
    takePrompt(attributes) ??
    attributes.takeFirst(['langfuse.observation.input'], readChat),
  openInference: (attributes) => takeOpenInference(attributes, 'llm.input_messages.'),
};

const answeredAt: Partial<Record<Place, Take>> = {
  messages: (attributes) =>
    takeJsonMessages(attributes, 'gen_ai.output.messages') ??
    takeIndexed(attributes, 'gen_ai.completion.') ??
    takeResponse(attributes),
  openInference: (attributes) => takeOpenInference(attributes, 'llm.output_messages.'),
  answers: (attributes) =>
    attributes.takeFirst([run], (value) => {
      const messages = readJsonMessages(value);
      return messages?.some(isAsked) ? undefined : messages;
    }),
};

function putAsked(inputs: Record<string, unknown>, take: () => Messages | undefined): boolean {
  const messages = inputs['chat_history'] === undefined ? take() : undefined;
  if (messages !== undefined) inputs['chat_history'] = messages;
  return messages !== undefined;
}

/** One answer is the outputs; of several, or where the outputs have its fields already, the outputs have the list. */
function putAnswer(outputs: Record<string, unknown>, take: () => Messages | undefined): boolean {
  const messages = outputs['chat_history'] === undefined ? take() : undefined;
  const [only, ...more] = messages ?? [];
  if (only === undefined) return false;
  const isList = more.length > 0 || Object.keys(only).some((key) => key in outputs);
  mergeFree(outputs, isList ? { chat_history: messages } : { role: 'assistant', ...only });
  return true;
}

/** The events keep what they say, so nothing is lost where a field is taken. */
function putToolEvent(bucket: Record<string, unknown>, value: unknown): boolean {
  const opened = isJsonObject(value) ? value : toText(value) && fromJson(value);
  if (opened === undefined) return false;
  putPayload(bucket, opened);
  return true;
}

const readChat = (value: unknown): Messages | undefined => {
  const messages = readJsonMessages(value);
  return messages?.every(({ role }) => typeof role === 'string') ? messages : undefined;
};

/** The attribute in which Pydantic AI has all messages of a run, those of the model included. */
const run = 'pydantic_ai.all_messages';

const isAsked = ({ role }: JsonObject): boolean => role !== 'assistant' && role !== 'model';

/** What the model was asked: all up to the last message that is not its own. The others stay. */
function takeRun(attributes: Attributes): Messages | undefined {
  const read = attributes.takeFirst([run], (value) => {
    const messages = readJsonMessages(value) ?? [];
    const end = messages.findLastIndex(isAsked) + 1;
    const asked = withContent(messages.slice(0, end));
    return asked && { asked, rest: messages.slice(end) };
  });
  if (read !== undefined && read.rest.length > 0) attributes.giveBack(run, read.rest);
  return read?.asked;
}

/** The prompt of a whole call of the AI SDK. */
function takePrompt(attributes: Attributes): Messages | undefined {
  const read = attributes.takeFirst(['ai.prompt'], (value) => {
    const prompt = toJsonObject(value);
    return prompt && readPrompt(prompt);
  });
  if (read === undefined) return undefined;
  if (Object.keys(read.rest).length > 0) attributes.giveBack('ai.prompt', read.rest);
  return read.messages;
}

/** `system` is a text, a message or a list of them; `prompt` and `messages` are a text or a list. */
function readPrompt(prompt: JsonObject) {
  const rest = { ...prompt };
  const messages = ['system', 'messages', 'prompt'].flatMap((name) => {
    const read = readPromptField(name, prompt[name]);
    if (read !== undefined) delete rest[name];
    return read ?? [];
  });
  return messages.length === 0 ? undefined : { messages, rest };
}

function readPromptField(name: string, value: unknown): readonly JsonObject[] | undefined {
  if (typeof value === 'string')
    return [{ role: name === 'system' ? 'system' : 'user', content: value }];
  const items = isJsonObject(value) ? [value] : (toJsonList(value) ?? []);
  const messages = items.filter(isJsonObject);
  return messages.length === 0 || messages.length < items.length ? undefined : messages;
}

/** The answer of a step or a call of the AI SDK. */
function takeResponse(attributes: Attributes): Messages | undefined {
  const text = attributes.takeText('ai.response.text', 'ai.response.object');
  const reasoning = attributes.takeText('ai.response.reasoning');
  const calls = attributes.takeFirst(['ai.response.toolCalls'], toJsonList);
  if (text === undefined && calls === undefined && reasoning === undefined) return undefined;
  return [
    {
      role: 'assistant',
      content: text ?? '',
      ...(reasoning === undefined ? {} : { reasoning }),
      ...(calls === undefined ? {} : { tool_calls: calls }),
    },
  ];
}
