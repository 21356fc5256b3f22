import { isJsonObject } from '../domain/json-text.ts';
import { requireKeepable } from './keepable.ts';

/** A body without its wrapper, and the path under which its fields stand. */
export interface Unwrapped {
  readonly value: unknown;
  readonly path: readonly string[];
}

/**
 * Takes `{"event": {…}}` and `{"event": "{…}"}` apart. A bare body stays as it is.
 * Source: contract section 3.5, "wrapped vs bare POST bodies".
 */
export function unwrap(body: unknown, wrapper: string | undefined): Unwrapped {
  if (wrapper === undefined || !isJsonObject(body) || !Object.hasOwn(body, wrapper))
    return { value: body, path: [] };
  const inner = body[wrapper];
  const value = typeof inner === 'string' ? parseText(inner, wrapper) : inner;
  if (!isJsonObject(value)) return { value, path: [wrapper] };
  // A project beside the wrapper names the project of what is in it.
  const beside = body['project'];
  const lifted =
    wrapper !== 'project' && typeof beside === 'string' && value['project'] === undefined;
  return { value: lifted ? { ...value, project: beside } : value, path: [wrapper] };
}

function parseText(text: string, at: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON text: the shape check that follows says that an object was expected.
    return text;
  }
  requireKeepable(value, text, at);
  return value;
}
