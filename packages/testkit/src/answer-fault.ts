import { errorCodes, errorsOf, liveEvents } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import type { Answer } from './call.ts';

/** Headers that the table does not list, because any answer may have them. */
const commonHeaders: ReadonlySet<string> = new Set([
  'access-control-allow-origin',
  'access-control-expose-headers',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cross-origin-resource-policy',
  'date',
  'keep-alive',
  'accept-encoding',
  'ratelimit',
  'ratelimit-policy',
  'transfer-encoding',
  'vary',
  'x-content-type-options',
  'x-request-id',
]);

/** Headers of errors alone. */
const errorHeaders: ReadonlySet<string> = new Set([
  'allow',
  'content-range',
  'retry-after',
  'www-authenticate',
]);

/**
 * What is wrong with an answer, or null when it is exactly as the table has it: a status that is listed there, no
 * header and no key beyond those listed. Clients are not as strict: a newer service may send more.
 */
export function faultOfAnswer(operation: Operation, answer: Answer): string | null {
  const isError = answer.status >= 400;
  return (
    faultOfStatus(operation, answer.status) ??
    faultOfHeaders(operation, answer, isError) ??
    (isError || answer.body === undefined ? null : faultOfBody(operation, answer.body))
  );
}

function faultOfStatus(operation: Operation, status: number): string | null {
  const { status: usual = 200, otherStatuses = {} } = operation;
  const listed = [
    usual,
    ...Object.keys(otherStatuses).map(Number),
    ...errorsOf(operation).map((code) => errorCodes[code].status),
  ];
  return listed.includes(status) ? null : `${operation.id} does not list the status ${status}`;
}

function faultOfHeaders(operation: Operation, answer: Answer, isError: boolean): string | null {
  const listed = isError ? errorHeaders : new Set(Object.keys(operation.headers ?? {}));
  const extra = Object.keys(answer.headers).filter(
    (name) => !commonHeaders.has(name) && !listed.has(name),
  );
  return extra.length === 0 ? null : `${operation.id} does not list the header ${extra.join(', ')}`;
}

/** The same of the data of an event of a stream. */
export function faultOfLiveEvent(name: string, data: unknown): string | null {
  const known = Object.entries(liveEvents).find(([listed]) => listed === name);
  return known === undefined
    ? `no stream lists the event ${name}`
    : faultOfBody({ id: name, response: known[1] }, data);
}

function faultOfBody(
  { id, response }: Pick<Operation, 'id' | 'response'>,
  body: unknown,
): string | null {
  try {
    const parsed = response.safeParse(body);
    if (!parsed.success) return `${id}: ${parsed.error.message}`;
    const extra = findUnlisted(body, parsed.data, '');
    return extra === null ? null : `${id} does not list the key ${extra}`;
  } catch (error) {
    // A tree may be deeper than recursion can follow.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Path of a key that the schema left out, because it does not know it; null if absent. */
function findUnlisted(sent: unknown, known: unknown, path: string): string | null {
  if (!isObject(sent) || !isObject(known)) return null;
  for (const [key, value] of Object.entries(sent)) {
    // A key of free-form data that zod leaves out of its copy.
    if (key === '__proto__') continue;
    const at = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(known, key)) return at;
    const inside = findUnlisted(value, known[key], at);
    if (inside !== null) return inside;
  }
  return null;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
