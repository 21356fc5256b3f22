import { HoneyHiveConfigError } from '../errors/errors.ts';
import { toMs } from './config.ts';
import { unknownName } from './unknown-name.ts';
import { optionReaders } from './option-types.ts';

/** Options of `flush()`. */
export interface FlushOptions {
  /** Seconds to wait at most. Default: `timeout` of the client. */
  readonly timeout?: number | undefined;
}

/**
 * Milliseconds to wait at most; null when the options do not say.
 *
 * @throws {HoneyHiveConfigError} with every problem there is
 */
export function readFlushTimeoutMs(options: FlushOptions = {}): number | null {
  const { timeout, ...others } = options;
  const problems = Object.keys(others).map((name) => unknownName(name, ['timeout']));
  const reading = timeout === undefined ? null : optionReaders.seconds(timeout);
  if (reading !== null && 'problem' in reading) problems.push(`timeout ${reading.problem}`);
  if (problems.length > 0) throw new HoneyHiveConfigError(problems, 'invalid_options');
  return reading !== null && 'value' in reading ? toMs(reading.value) : null;
}
