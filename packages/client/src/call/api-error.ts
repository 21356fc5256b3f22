import { parseRetryAfter } from 'honeyhive-facts';
import {
  HoneyHiveAPIError,
  HoneyHiveAuthenticationError,
  HoneyHiveNotFoundError,
  HoneyHiveRateLimitError,
  HoneyHiveValidationError,
} from '../errors/errors.ts';
import type { ApiErrorOptions, Issue } from '../errors/errors.ts';
import { isObject } from '../json/json-object.ts';
import { parseJson } from '../json/parse-json.ts';
import type { Redact } from '../policy/redact.ts';

/** A response that is not an answer. */
export interface ErrorResponse {
  readonly operation: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Key of the request's body that the input stood in, which the caller knows nothing of. */
  readonly wrapper?: string | undefined;
}

const longestMessage = 1000;
const retryableStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

const nextSteps: Readonly<Record<number, string>> = {
  401: 'check apiKey or HH_API_KEY',
  403: 'use a key that may do this',
  404: 'check the id or name, and that the key belongs to its project',
  407: 'check the user and password in proxyUrl',
  413: 'send less in one request',
};

/**
 * The error to throw for a response that is not an answer.
 *
 * @param around `now` in epoch milliseconds; `redact` takes keys out of what the service sent back
 */
export function toApiError(
  response: ErrorResponse,
  around: { readonly now: number; readonly redact: Redact },
): HoneyHiveAPIError {
  const { status, headers } = response;
  const text = around.redact(response.body);
  // An error of a proxy is a page or a line of text: it is kept as that.
  const body = parseJson(text);
  const fields = isObject(body) ? body : {};
  const code = fields['errorCode'];
  const options: ApiErrorOptions = {
    statusCode: status,
    response: { status, headers: redactAll(headers, around.redact), body: body ?? text },
    errorCode: typeof code === 'string' ? code : undefined,
    issues: readIssues(fields['issues'], response.wrapper),
    requestId: headers['x-request-id'] ?? null,
    retryable: retryableStatuses.has(status),
  };
  const message = around.redact(describe(response, fields));
  if (status !== 429) return new (classOf(status))(message, options);
  const waitMs = parseRetryAfter(headers['retry-after'], around.now);
  const retryAfter = waitMs === null ? null : waitMs / 1000;
  return new HoneyHiveRateLimitError(message, { ...options, retryAfter });
}

function classOf(status: number): typeof HoneyHiveAPIError {
  if (status === 401 || status === 403) return HoneyHiveAuthenticationError;
  if (status === 404) return HoneyHiveNotFoundError;
  return status === 400 || status === 422 ? HoneyHiveValidationError : HoneyHiveAPIError;
}

function describe(response: ErrorResponse, fields: Readonly<Record<string, unknown>>): string {
  const { operation, status, headers } = response;
  const reported = [fields['message'], fields['error']].find((text) => typeof text === 'string');
  const said = typeof reported === 'string' && reported !== '' ? `: ${toClause(reported)}` : '';
  const id = headers['x-request-id'];
  const request = status >= 500 && id !== undefined ? ` (request ${id})` : '';
  const step = status >= 300 && status < 400 ? redirectStep(headers) : nextSteps[status];
  return `${operation}: the service answered ${status}${said}${request}${step === undefined ? '' : `; ${step}`}`;
}

/** Without the full stop: more follows. */
const toClause = (sentence: string): string => sentence.slice(0, longestMessage).replace(/\.$/, '');

const redirectStep = (headers: Readonly<Record<string, string>>): string =>
  `it sends callers to ${headers['location'] ?? 'another address'}; set baseUrl to that`;

function readIssues(value: unknown, wrapper: string | undefined): Issue[] {
  if (!Array.isArray(value)) return [];
  const prefix = `${wrapper ?? ''}.`;
  return value.filter(isObject).map(({ field, message }) => ({
    field:
      typeof field === 'string' ? field.slice(field.startsWith(prefix) ? prefix.length : 0) : '',
    message: typeof message === 'string' ? message : '',
  }));
}

const redactAll = (headers: Readonly<Record<string, string>>, redact: Redact) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redact(value)]));
