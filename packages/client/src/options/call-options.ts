import { HoneyHiveConfigError } from '../errors/errors.ts';
import { neverCancelled } from '../runtime/cancellation.ts';
import type { Cancellation } from '../runtime/cancellation.ts';
import { toMs } from './config.ts';
import { parseHeaderFields } from './header-fields.ts';
import { unknownName } from './unknown-name.ts';
import { optionReaders } from './option-types.ts';
import type { CallOptions } from './options.ts';
import type { Reading } from './reading.ts';

/** The options of one call, complete. */
export interface CallConfig {
  readonly signal: Cancellation;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isReplayable: boolean;
}

const known = ['signal', 'timeout', 'headers', 'idempotencyKey'] satisfies (keyof CallOptions)[];
const noHeaders: CallConfig['headers'] = {};

/**
 * Check the options of one call.
 *
 * @throws {HoneyHiveConfigError} with every problem there is
 */
export const readCallOptions = (
  options: CallOptions | undefined,
  defaultTimeoutMs: number,
): CallConfig =>
  options === undefined
    ? {
        signal: neverCancelled,
        timeoutMs: defaultTimeoutMs,
        headers: noHeaders,
        isReplayable: false,
      }
    : readGiven(options, defaultTimeoutMs);

function readGiven(options: CallOptions, defaultTimeoutMs: number): CallConfig {
  const problems = Object.keys(options)
    .filter((name) => !known.some((key) => key === name))
    .map((name) => unknownName(name, known));
  const check = <Value>(name: keyof CallOptions, reading: Reading<Value> | null): Value | null => {
    if (reading === null || 'value' in reading) return reading?.value ?? null;
    problems.push(`${name} ${reading.problem}`);
    return null;
  };
  const { signal, timeout, headers, idempotencyKey } = options;
  if (!isSignal(signal)) problems.push('signal must be an AbortSignal');
  const seconds = check('timeout', timeout === undefined ? null : optionReaders.seconds(timeout));
  const fields = check('headers', readHeaders(headers));
  const key = check(
    'idempotencyKey',
    idempotencyKey === undefined ? null : optionReaders.secret(idempotencyKey),
  );
  if (problems.length > 0) throw new HoneyHiveConfigError(problems, 'invalid_options');
  return {
    signal: signal ?? neverCancelled,
    timeoutMs: seconds === null ? defaultTimeoutMs : toMs(seconds),
    headers: key === null ? (fields ?? noHeaders) : { ...fields, 'idempotency-key': key },
    isReplayable: key !== null,
  };
}

const isSignal = (value: unknown): boolean => value === undefined || value instanceof AbortSignal;

function readHeaders(headers: unknown): Reading<Readonly<Record<string, string>>> | null {
  if (headers === undefined) return null;
  const fields = parseHeaderFields(headers);
  return 'headers' in fields ? { value: fields.headers } : fields;
}
