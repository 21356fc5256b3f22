import { HoneyHiveProtocolError } from '../errors/errors.ts';
import { assumeShape } from '../json/assume-shape.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';

/** A response that was read as JSON, with what is needed to complain about it. */
export interface Answer {
  readonly operation: string;
  readonly status: number;
  readonly requestId: string | null;
  /** Parsed; undefined when the body was not JSON. */
  readonly json: unknown;
}

type Kind = 'string' | 'number' | 'object' | 'array';

/** Fields that must be there, and of which kind. */
export type Shape = Readonly<Record<string, Kind>>;

/**
 * The answer as an object that has the fields of `shape`; other fields are as the service sent them.
 *
 * @throws {HoneyHiveProtocolError} naming the field that is missing or of another kind
 */
export function decodeObject<Output>(answer: Answer, shape: Shape): Output {
  return decodeAt(answer, { value: answer.json, path: '', shape });
}

/** Like {@link decodeObject}, of one field of the answer. */
export function decodeField<Output>(answer: Answer, name: string, shape: Shape): Output {
  const { [name]: value } = decodeObject<JsonObject>(answer, { [name]: 'object' });
  return decodeAt(answer, { value, path: name, shape });
}

/** Like {@link decodeObject}, of each item of a list. */
export function decodeItems<Output>(
  answer: Answer,
  list: { readonly value: unknown; readonly path: string },
  shape: Shape,
): Output[] {
  if (!Array.isArray(list.value)) throw violation(answer, list.path, 'an array');
  return list.value.map((value: unknown, index) =>
    decodeAt(answer, { value, path: `${list.path}[${index}]`, shape }),
  );
}

function decodeAt<Output>(
  answer: Answer,
  at: { readonly value: unknown; readonly path: string; readonly shape: Shape },
): Output {
  const { value, path, shape } = at;
  if (!isObject(value)) throw violation(answer, path, 'an object');
  for (const [name, kind] of Object.entries(shape)) {
    if (kindOf(value[name]) === kind) continue;
    const article = kind === 'object' || kind === 'array' ? 'an' : 'a';
    throw violation(answer, path === '' ? name : `${path}.${name}`, `${article} ${kind}`);
  }
  return assumeShape<Output>(value);
}

/** What to throw when the other side broke the contract. */
export function violation(answer: Answer, path: string, expected: string): HoneyHiveProtocolError {
  const { operation, requestId, status } = answer;
  const where = path === '' ? 'the response' : `${path} of the response`;
  const what =
    answer.json === undefined ? 'the response is not JSON' : `${where} is not ${expected}`;
  return new HoneyHiveProtocolError(
    `${operation}: ${what} (status ${status}); check that baseUrl is that of a honeyhive service`,
    { path, expected, requestId },
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
