import type { PartReader } from './chat-format.ts';
import { formats } from './formats/formats.ts';
import type { JsonView } from './json-view.ts';
import type { MessagePart } from './message.ts';

const readers = new Map<string, PartReader>(
  formats.flatMap(({ parts = {} }) => Object.entries(parts)),
);
const families = formats.flatMap(({ partFamilies = [] }) => partFamilies);
const readersByField = formats.flatMap(({ partsByField = {} }) => Object.entries(partsByField));

function findReader(part: JsonView): PartReader | undefined {
  const type = part.stringAt('type');
  if (type === null) return readersByField.find(([field]) => part.first(field))?.[1];
  return readers.get(type) ?? families.find(([pattern]) => pattern.test(type))?.[1];
}

/** Parts can be nested, in hostile input without limit. Parts nested deeper than any provider does stay JSON. */
const deepestPart = 100;

/** One part of a message. Unknown parts become JSON: nothing is dropped. */
export function readPart(part: JsonView): MessagePart[] {
  const text = part.string;
  if (text !== null) return text === '' ? [] : [{ kind: 'text', text }];
  const read = part.depth > deepestPart ? null : (findReader(part)?.(part, readContent) ?? null);
  if (read !== null) return Array.isArray(read) ? read : [read];
  return [{ kind: 'json', label: part.stringAt('type') ?? '', source: part.source }];
}

/** The content of a message: a string, a list of parts, or one part. */
export function readContent(content: JsonView | null): MessagePart[] {
  if (!content || content.isNull) return [];
  return content.items?.flatMap(readPart) ?? readPart(content);
}
