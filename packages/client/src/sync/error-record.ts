import * as errors from '../errors/errors.ts';

/** An error, or what was thrown instead of one, as it travels between threads. */
export type ErrorRecord =
  | { readonly kind: 'value'; readonly value: unknown }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      /** Its own fields, such as `code`. */
      readonly fields: Readonly<Record<string, unknown>>;
      /** null when it has none. */
      readonly cause: ErrorRecord | null;
    };

const maxDepth = 8;

export function toErrorRecord(thrown: unknown, depth = 0): ErrorRecord {
  if (!(thrown instanceof Error)) return { kind: 'value', value: toPlain(thrown) };
  const { name, message, stack = '', cause } = thrown;
  const fields = Object.entries(thrown).map(([key, value]) => [key, toPlain(value)]);
  const hasCause = cause !== undefined && depth < maxDepth;
  return {
    kind: 'error',
    name,
    message,
    stack,
    fields: Object.fromEntries(fields) as Record<string, unknown>,
    cause: hasCause ? toErrorRecord(cause, depth + 1) : null,
  };
}

/** The value when it can travel; else what its text is. */
function toPlain(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch (refusal) {
    return refusal instanceof Error ? String(value) : undefined;
  }
}

const ownClasses: ReadonlyMap<string, { readonly prototype: Error }> = new Map(
  Object.entries(errors),
);
const builtIn: ReadonlyMap<string, { readonly prototype: Error }> = new Map(
  Object.entries({ EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }),
);

/** The error in this thread: of the same class, with the same fields. */
export function fromErrorRecord(record: ErrorRecord): unknown {
  if (record.kind === 'value') return record.value;
  const { name, message, stack, fields, cause } = record;
  const error = new Error(message, cause === null ? undefined : { cause: fromErrorRecord(cause) });
  const known = ownClasses.get(name) ?? builtIn.get(name);
  if (known !== undefined) Object.setPrototypeOf(error, known.prototype);
  else Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
  return Object.assign(error, fields);
}
