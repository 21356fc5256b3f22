import { assumeRedact } from '../policy/assume-redact.ts';
import { findRedactProblem } from '../policy/event-redactor.ts';
import type { RedactOption } from '../policy/event-redactor.ts';
import { readCertificateFile } from './certificate-file.ts';
import { deliveryOptionReaders } from './delivery-option-types.ts';
import type { DeliveryOptionValues } from './delivery-option-types.ts';
import { parseHeaderFields } from './header-fields.ts';
import { isLogger, silentLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { expectedProxy, parseProxy } from './proxy.ts';
import type { Proxy } from './proxy.ts';
import type { Reader } from './reading.ts';
import { isTracer } from './tracer.ts';
import type { ClientTracer } from './tracer.ts';

/** What an option can hold, by the name of its type. */
export interface OptionValues extends DeliveryOptionValues {
  text: string;
  /** Sent as a header. */
  secret: string;
  /** Without the trailing slash. */
  url: string;
  seconds: number;
  factor: number;
  count: number;
  retries: number;
  /** 0 disables it. */
  limit: number;
  /** 0 to 1. */
  ratio: number;
  statusCodes: readonly number[];
  headers: Readonly<Record<string, string>>;
  redact: RedactOption;
  flag: boolean;
  proxy: Proxy;
  logger: Logger;
  tracer: ClientTracer;
  /** Read from the file that was named, PEM. */
  certificates: string;
}

/** A day: longer waits are mistakes of unit, milliseconds given for seconds. */
const maxSeconds = 86_400;
const maxCount = 100_000;
const maxRetries = 1000;

const readNumber =
  (expected: string, fits: (value: number) => boolean): Reader<number> =>
  (given) =>
    typeof given === 'number' && fits(given)
      ? { value: given }
      : { problem: `must be ${expected}${got(given)}` };

const isBetween = (low: number, high: number) => (value: number) => value >= low && value <= high;
const isWholeBetween = (low: number, high: number) => (value: number) =>
  Number.isInteger(value) && isBetween(low, high)(value);

// Texts may be secrets: only numbers are repeated.
const got = (given: unknown): string => {
  if (typeof given === 'number') return `; got ${given}`;
  return given === null ? '; got null' : `; got ${Array.isArray(given) ? 'a list' : typeof given}`;
};

const readText: Reader<string> = (given) =>
  typeof given === 'string' && given.trim() !== ''
    ? { value: given.trim() }
    : { problem: `must be text that is not blank${typeof given === 'string' ? '' : got(given)}` };

const readSecret: Reader<string> = (given) => {
  const read = readText(given);
  if ('problem' in read) return read;
  return /^[\x21-\x7e]+$/.test(read.value)
    ? read
    : { problem: 'must be letters, digits and signs of ASCII without spaces' };
};

const readUrl: Reader<string> = (given) => {
  const expected = 'must be an http or https URL, such as https://api.honeyhive.ai';
  if (typeof given !== 'string' || !URL.canParse(given.trim())) return { problem: expected };
  const url = new URL(given.trim());
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { problem: expected };
  if (url.username !== '' || url.password !== '') {
    return { problem: 'must not hold a user or password; use apiKey or headers' };
  }
  if (url.search !== '' || url.hash !== '') return { problem: 'must not have a query or fragment' };
  return { value: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
};

const readProxy: Reader<Proxy> = (given) => {
  const proxy = typeof given === 'string' ? parseProxy(given) : null;
  return proxy === null ? { problem: expectedProxy } : { value: proxy };
};

const readCertificates: Reader<string> = (given) => {
  const path = readText(given);
  if ('problem' in path) return path;
  const file = readCertificateFile(path.value);
  return 'reason' in file
    ? { problem: `must name a file of certificates in PEM form; ${file.reason}` }
    : { value: file.certificates };
};

const readStatusCodes: Reader<readonly number[]> = (given) => {
  const isStatus = isWholeBetween(300, 599);
  const fits =
    Array.isArray(given) && given.every((code) => typeof code === 'number' && isStatus(code));
  return fits
    ? { value: given }
    : { problem: `must be a list of HTTP statuses, 300 to 599${got(given)}` };
};

const readRatio = readNumber('a number from 0 to 1, or true or false', isBetween(0, 1));

/** How each type of option is read. */
export const optionReaders: { readonly [Type in keyof OptionValues]: Reader<OptionValues[Type]> } =
  {
    ...deliveryOptionReaders,
    text: readText,
    secret: readSecret,
    url: readUrl,
    seconds: readNumber(
      `a number of seconds above 0, at most ${maxSeconds}`,
      (value) => value > 0 && value <= maxSeconds,
    ),
    factor: readNumber(`a number of seconds from 0 to ${maxSeconds}`, isBetween(0, maxSeconds)),
    count: readNumber(`a whole number from 1 to ${maxCount}`, isWholeBetween(1, maxCount)),
    retries: readNumber(`a whole number from 0 to ${maxRetries}`, isWholeBetween(0, maxRetries)),
    limit: readNumber(`a whole number from 0 to ${maxCount}`, isWholeBetween(0, maxCount)),
    ratio: (given) => readRatio(typeof given === 'boolean' ? Number(given) : given),
    statusCodes: readStatusCodes,
    proxy: readProxy,
    logger: (given) => {
      if (given === null) return { value: silentLogger };
      return isLogger(given)
        ? { value: given }
        : { problem: 'must have the methods debug, info and warn, as console has; or be null' };
    },
    tracer: (given) =>
      isTracer(given)
        ? { value: given }
        : { problem: 'must be an OpenTelemetry tracer, which has the method startSpan' },
    certificates: readCertificates,
    flag: (given) =>
      typeof given === 'boolean'
        ? { value: given }
        : { problem: `must be true or false${got(given)}` },
    redact: (given) => {
      const problem = findRedactProblem(given);
      return problem === null ? { value: assumeRedact(given) } : { problem };
    },
    headers: (given) => {
      const fields = parseHeaderFields(given);
      return 'headers' in fields ? { value: fields.headers } : fields;
    },
  };

const numeric: ReadonlySet<keyof OptionValues> = new Set([
  'seconds',
  'factor',
  'count',
  'retries',
  'limit',
]);

const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
]);

/** What the text of an environment variable stands for. */
export function fromEnvironment(type: keyof OptionValues, text: string): unknown {
  if (type === 'flag') return flags.get(text.trim().toLowerCase()) ?? text;
  return numeric.has(type) ? Number(text) : text;
}
