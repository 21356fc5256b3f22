import { isJsonObject } from '../../domain/json-text.ts';
import { Problem } from '../../domain/problem.ts';
import { textBounds } from '../json/json-bounds.ts';
import { parseJsonText } from '../json/parse-json.ts';

/** A body without its wrapper, and the path under which its fields stand. */
export interface Unwrapped {
  readonly value: unknown;
  readonly path: readonly string[];
}

/**
 * Takes `{"event": {…}}` and `{"event": "{…}"}` apart. A bare body stays as it is.
 * Source: docs/contract.md, "Collisions".
 */
export async function unwrap(
  body: unknown,
  wrapper: string | undefined,
  grow: (bytes: number) => void,
): Promise<Unwrapped> {
  if (wrapper === undefined || !isJsonObject(body) || !Object.hasOwn(body, wrapper))
    return { value: body, path: [] };
  const inner = body[wrapper];
  const value = typeof inner === 'string' ? await parseText(inner, wrapper, grow) : inner;
  if (!isJsonObject(value)) return { value, path: [wrapper] };
  // A project beside the wrapper names the project of what is in it.
  const beside = body['project'];
  const lifted =
    wrapper !== 'project' && typeof beside === 'string' && value['project'] === undefined;
  return { value: lifted ? { ...value, project: beside } : value, path: [wrapper] };
}

async function parseText(
  text: string,
  at: string,
  grow: (bytes: number) => void,
): Promise<unknown> {
  try {
    return await parseJsonText(text, textBounds, grow);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // Not JSON text: the shape check that follows says that an object was expected.
    if (error.code === 'invalid_json') return text;
    throw within(at, error);
  }
}

/** A problem of a value, as one of the body that it stands in. */
function within(at: string, problem: Problem): Problem {
  const issues = problem.issues.map(({ field, message }) => ({
    field: field === 'body' ? at : `${at}.${field}`,
    message,
  }));
  const [first] = issues;
  const message = first ? `${first.field}: ${first.message}` : problem.message;
  return new Problem(problem.code, message, { issues, cause: problem });
}
