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

/** What is still to be written: text, a value, or a list from one of its items on. */
type Part = string | { readonly value: unknown } | Rest;

interface Rest {
  readonly items: readonly unknown[];
  readonly next: number;
}

/** JSON text in pieces: each item of a list of objects is a separate one. Iterative, for any depth. */
function* toPieces(reply: unknown): Generator<string, void> {
  const open: Part[] = [{ value: reply }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') yield next;
    else if ('items' in next) open.push(...(yield* writeItems(next)));
    else if (isListOfObjects(next.value)) open.push({ items: next.value, next: 0 });
    else if (holdsList(next.value)) open.push(...cutObject(next.value).toReversed());
    else yield toText(next.value);
  }
}

/** Up to the first item that has to be cut. @returns what comes after that, last first */
function* writeItems({ items, next }: Rest): Generator<string, Part[]> {
  for (let index = next; index < items.length; index += 1) {
    const separator = index === 0 ? '[' : ',';
    const value = items[index];
    if (isListOfObjects(value) || holdsList(value)) {
      yield separator;
      return [{ items, next: index + 1 }, { value }];
    }
    yield separator + toText(value);
  }
  yield ']';
  return [];
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isListOfObjects = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.some(isObject);

function holdsList(value: unknown): value is JsonObject {
  if (!isJsonObject(value)) return false;
  for (const key in value) if (isListOfObjects(value[key])) return true;
  return false;
}

/** `null` for what JSON does not have, as in a list. */
function toText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  return text ?? 'null';
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
