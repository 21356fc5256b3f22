import { limits } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import type { JsonBounds } from './json-reader.ts';

const depthMessage = `nested deeper than ${limits.jsonDepth} levels`;

/** What a body of the operation may hold. */
export function jsonBoundsOf(
  { access, lists = [] }: Pick<Operation, 'access' | 'lists'>,
  maxItems: number,
): JsonBounds {
  return {
    // Two levels belong to the request itself: the body and a list or wrapper in it.
    depth: limits.jsonDepth + 2,
    depthMessage,
    values: limits.jsonValues,
    itemValues: access === 'ingest' ? limits.eventValues : limits.queryValues,
    itemBytes: limits.eventBytes,
    keys: limits.objectKeys,
    isFinite: true,
    items: lists.length === 0 ? null : { keys: lists, depth: 2, max: maxItems, noun: 'events' },
  };
}

/** What a request of OTLP in JSON may hold: a level of a value takes three, and a request has six around an item. */
export const otlpBounds = (key: string, noun: string, maxItems: number): JsonBounds => ({
  depth: 3 * limits.jsonDepth + 20,
  depthMessage,
  values: limits.jsonValues,
  itemValues: limits.eventValues,
  itemBytes: limits.eventBytes,
  keys: limits.objectKeys,
  // What JSON has no number for is kept as text.
  isFinite: false,
  items: { keys: [key], depth: 6, max: maxItems, noun },
});

/** For JSON text inside of a body. */
export const textBounds: JsonBounds = jsonBoundsOf({ access: 'ingest' }, 0);
