import { HoneyHiveConfigError } from '../errors/errors.ts';
import { toMs } from './config.ts';
import { parseHeaderFields } from './header-fields.ts';
import { unknownName } from './nearest-name.ts';
import { optionReaders } from './option-types.ts';
import type { CallOptions } from './options.ts';
import type { Reading } from './reading.ts';

/** The options of one call, complete. */
export interface CallConfig {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isReplayable: boolean;
}

const known = ['signal', 'timeout', 'headers', 'idempotencyKey'] satisfies (keyof CallOptions)[];
/** One for all calls: each signal, with its listener, costs as much as a tenth of a call. */
const sharedSignal = /* @__PURE__ */ makeSharedSignal();

function makeSharedSignal(): AbortSignal | null {
  try {
    return new AbortController().signal;
  } catch {
    // Cloudflare's workers make signals only for the request that is being served, each its own.
    return null;
  }
}

const neverAborted = (): AbortSignal => sharedSignal ?? new AbortController().signal;

/**
 * Check the options of one call.
 *
 * @throws {HoneyHiveConfigError} with every problem there is
 */
export function readCallOptions(
  options: CallOptions | undefined,
  defaultTimeoutMs: number,
): CallConfig {
  const given = options ?? {};
  const problems = Object.keys(given)
    .filter((name) => !known.some((key) => key === name))
    .map((name) => unknownName(name, known));
  const check = <Value>(name: keyof CallOptions, reading: Reading<Value> | null): Value | null => {
    if (reading === null || 'value' in reading) return reading?.value ?? null;
    problems.push(`${name} ${reading.problem}`);
    return null;
  };
  const { signal = neverAborted(), timeout, headers, idempotencyKey } = given;
  if (!(signal instanceof AbortSignal)) problems.push('signal must be an AbortSignal');
  const seconds = check('timeout', timeout === undefined ? null : optionReaders.seconds(timeout));
  const fields = check('headers', readHeaders(headers));
  const key = check(
    'idempotencyKey',
    idempotencyKey === undefined ? null : optionReaders.secret(idempotencyKey),
  );
  if (problems.length > 0) throw new HoneyHiveConfigError(problems, 'invalid_options');
  return {
    signal,
    timeoutMs: seconds === null ? defaultTimeoutMs : toMs(seconds),
    headers: key === null ? (fields ?? {}) : { ...fields, 'idempotency-key': key },
    isReplayable: key !== null,
  };
}

function readHeaders(headers: unknown): Reading<Readonly<Record<string, string>>> | null {
  if (headers === undefined) return null;
  const fields = parseHeaderFields(headers);
  return 'headers' in fields ? { value: fields.headers } : fields;
}
