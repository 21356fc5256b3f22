import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { systemClock } from '../clock.ts';
import { turnBytes } from '../map-in-turns.ts';

/**
 * JSON text of a reply. Lists may nest deeper than `JSON.stringify` can follow, as in a tree of events; nothing else
 * does.
 */
export const toReplyText = (reply: unknown): string => [...toPieces(reply)].join('');

/** {@link toReplyText}, in turns of the event loop when it is long: then as UTF-8. */
export async function toReplyInTurns(reply: unknown): Promise<string | Buffer> {
  const parts: Buffer[] = [];
  let text = '';
  for (const piece of toPieces(reply)) {
    text += piece;
    if (text.length <= turnBytes) continue;
    parts.push(Buffer.from(text));
    text = '';
    await systemClock.nextTurn();
  }
  return parts.length === 0 ? text : Buffer.concat([...parts, Buffer.from(text)]);
}

/** Text that is done, or a value of which it is made when it is its turn. */
type Part = string | { readonly value: unknown };

/** JSON text in pieces, one for each item of a list of objects. Iterative, so depth is unlimited. */
function* toPieces(reply: unknown): Generator<string, void> {
  const open: Part[] = [{ value: reply }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') yield next;
    else if (isListOfObjects(next.value)) open.push(...cutList(next.value).toReversed());
    else if (holdsList(next.value)) open.push(...cutObject(next.value).toReversed());
    else yield toText(next.value) ?? 'null';
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isListOfObjects = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.some(isObject);

const holdsList = (value: unknown): value is JsonObject =>
  isJsonObject(value) && Object.values(value).some(isListOfObjects);

/** `undefined` for what JSON does not have, whatever the types say. */
const toText = (value: unknown): string | undefined => JSON.stringify(value);

function cutList(items: readonly unknown[]): Part[] {
  const parts: Part[] = [];
  for (const value of items) parts.push(parts.length === 0 ? '[' : ',', { value });
  return [...parts, ']'];
}

/** The lists of objects in an object, and what is between them. */
function cutObject(object: JsonObject): Part[] {
  const parts: Part[] = [];
  let own: [string, unknown][] = [];
  const separator = (): string => (parts.length === 0 ? '{' : ',');
  const endOwn = (): void => {
    const text = JSON.stringify(Object.fromEntries(own)).slice(1, -1);
    if (text !== '') parts.push(separator() + text);
    own = [];
  };
  for (const [key, value] of Object.entries(object)) {
    if (!isListOfObjects(value)) {
      own.push([key, value]);
      continue;
    }
    endOwn();
    parts.push(`${separator()}${JSON.stringify(key)}:`, { value });
  }
  endOwn();
  return [...parts, '}'];
}
