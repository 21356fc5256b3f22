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
    // The levels of the request itself, so that each field of an event has as many wherever it comes: the body and the
    // event in it, and in a batch the list.
    depth: limits.jsonDepth + (lists.length === 0 ? 2 : 3),
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
