import type { Message, MessagePart } from '../message.ts';
import { readMessages } from '../find-messages.ts';
import { ValueView } from '../value-view.ts';

/** The messages of a payload. */
export const read = (value: unknown, answerRole?: string) =>
  readMessages(new ValueView(value), { answerRole: answerRole ?? null });

/** A part in short, so that a conversation fits into a table. */
function short(part: MessagePart): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'thinking':
    case 'refusal':
      return `${part.kind}(${part.text})`;
    case 'image':
      return `image(${Object.values(part.media).join(' ')})`;
    case 'file':
      return `file(${part.name} ${part.mediaType} ${Object.values(part.media ?? {}).join(' ')})`;
    case 'tool_call':
      return `call(${part.callId} ${part.name} ${Object.values(part.input ?? {}).join()})`;
    case 'tool_result': {
      const mark = part.isError ? 'error' : 'result';
      return `${mark}(${part.callId} ${part.name} ${part.parts.map(short).join('|')})`;
    }
    case 'json':
      return `json(${part.label} ${part.source})`;
  }
}
/** Messages in short, a line for each. */
export const shortly = (messages: readonly Message[] | undefined) =>
  messages?.map(({ role, parts, finishReason, choice }) => {
    const number = choice ? ` ${choice.number} of ${choice.count}` : '';
    const end = finishReason === undefined ? '' : ` [${finishReason}]`;
    return `${role}${number}: ${parts.map(short).join(' + ')}${end}`;
  });
