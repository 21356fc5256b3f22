import { readContent } from './content.ts';
import { readFinishReason } from './finish-reason.ts';
import type { JsonView } from './json-view.ts';
import { wholly } from './leftover.ts';
import type { Choice, Message } from './message.ts';
import {
  addAside,
  hasContent,
  isMessage,
  readFields,
  readMessage,
  readRole,
  say,
} from './message-reader.ts';

/** The choice with this index; undefined unless there are several. */
export const toChoice = (index: number, count: number): Choice | undefined =>
  count > 1 ? { number: index + 1, count } : undefined;

/** Whether the messages of a list are answers that each ended: OpenTelemetry has one for each choice. */
export const areChoices = (items: readonly JsonView[]): boolean =>
  items.every((item) => readRole(item) === 'assistant' && readFinishReason(item) !== null);

/** The answers to one call, or in a list for each of several prompts (LangChain); null for another list. */
export function readChoices(items: readonly JsonView[]): Message[] | null {
  const isNested = items.some((item) => item.isArray);
  const lists = isNested ? items.map((item) => item.items ?? [item]) : [items];
  const messages = lists.flatMap((list) =>
    list.map((item, index) => readChoice(item, toChoice(index, list.length))),
  );
  return messages.every((message) => message !== null) ? messages : null;
}

const choiceFields = wholly(['index', 'message', 'text', 'content', 'delta']);

/** One of several answers: OpenAI's choice, Gemini's candidate, LangChain's generation. */
function readChoice(node: JsonView, choice: Choice | undefined): Message | null {
  const message = readAnswerOf(node);
  if (message && choice) message.choice = choice;
  return message && addAside(message, node, choiceFields);
}

function readAnswerOf(choice: JsonView): Message | null {
  const content = choice.first('message', 'content');
  if (content && isMessage(content)) return readMessage(content);
  if (content?.isObject && hasContent(content))
    return readFields({ roleName: 'assistant', fields: content });
  const text = content?.isObject ? null : content;
  return say('assistant', readContent(text ?? choice.get('text')))[0] ?? null;
}
