import type { PartReader } from './chat-format.ts';
import { readToolCall, readToolInvocation, readToolResult } from './tool-parts.ts';

export const readText: PartReader = (part) => {
  const text = part.stringAt('text', 'content') ?? part.get('text')?.stringAt('value') ?? null;
  return text === null ? null : { kind: 'text', text };
};

export const readRefusal: PartReader = (part) => ({
  kind: 'refusal',
  text: part.stringAt('refusal', 'text') ?? '',
});

/** OpenAI's item has a list of summaries and one of contents, each with a text. */
export const readThinking: PartReader = (part) => {
  const text = part.stringAt('thinking', 'reasoning', 'text', 'content');
  if (text !== null) return { kind: 'thinking', text };
  const pieces = [...(part.get('summary')?.items ?? []), ...(part.get('content')?.items ?? [])];
  return { kind: 'thinking', text: pieces.map((piece) => piece.stringAt('text')).join('\n\n') };
};

/** What the provider encrypted. */
export const readHiddenThinking: PartReader = () => ({ kind: 'thinking', text: '' });

export const readCall: PartReader = (part) => readToolCall(part);
export const readResult: PartReader = (part, readContent) => readToolResult(part, readContent);
export const readInvocation: PartReader = (part, readContent) =>
  readToolInvocation(part, readContent);

/** What a tool gave back, in the object that a part holds under a key. */
export const readFieldResult =
  (key: string): PartReader =>
  (part, readContent) =>
    readToolResult(part.get(key) ?? part, readContent);
