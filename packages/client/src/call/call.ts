import { refuse } from '../errors/refusal.ts';
import { parseJson } from '../json/parse-json.ts';
import { readCallOptions } from '../options/call-options.ts';
import type { CallConfig } from '../options/call-options.ts';
import type { CallOptions } from '../options/options.ts';
import type { Redact } from '../policy/redact.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Answer } from '../wire/decode.ts';
import type { Replay, Send, WireRequest, WireResponse } from '../wire/pipeline.ts';
import { toQuery } from '../wire/query.ts';
import type { QueryParameters } from '../wire/query.ts';
import { version } from '../wire/version.ts';
import { toApiError } from './api-error.ts';

/** One request as the methods of the client ask for it. */
export interface CallInput {
  /** Name of the method, for messages. */
  readonly operation: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query?: QueryParameters | undefined;
  /** Sent as JSON; without it the request has no body. */
  readonly json?: unknown;
  /** Key of `json` that the input stands in: left out of the fields that errors name. */
  readonly wrapper?: string;
  /** JSON already, as text or compressed; instead of `json`. */
  readonly payload?: string | Uint8Array;
  readonly replay: Replay;
  readonly needsKey: boolean;
  /** Responses that are an answer in spite of their status. */
  readonly isAnswer?: (response: WireResponse) => boolean;
}

/** What came back: 2xx, or what the caller takes for an answer. */
export interface Received extends Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends a request and settles with the answer; rejects with one of this package's errors. */
export type Call = (input: CallInput, options: CallOptions | undefined) => Promise<Received>;

/** What a call takes from around it. */
export interface CallDeps {
  readonly send: Send;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly timeoutMs: number;
  /** Of every request; they win over those of the client. */
  readonly headers: Readonly<Record<string, string>>;
}

const ownHeaders = {
  accept: 'application/json',
  'user-agent': `honeyhive-ts/${version}`,
  'hh-client-package': 'honeyhive',
  'hh-client-version': version,
  'hh-client-language': 'typescript',
} as const;

export function createCall(deps: CallDeps): Call {
  const { send, clock, redact } = deps;
  // A copy to which names are added costs a microsecond for each: the copy has them all.
  const bodiless = { ...ownHeaders, ...deps.headers, 'hh-client-timestamp': '' };
  const common = { ...bodiless, 'content-type': 'application/json' };
  const stamp = createTimestamps(clock);

  return async (input, options) => {
    const settings = readCallOptions(options, deps.timeoutMs);
    const body = input.payload ?? toBody(input.operation, input.json);
    const headers = {
      ...(body === null ? bodiless : common),
      'hh-client-timestamp': stamp(),
      ...settings.headers,
    };
    const startedAtMs = clock.monotonicMs();
    const request = toRequest(input, settings, { headers, body, startedAtMs });
    const response = await send(request, settings.signal);
    const isAnswer =
      (response.status >= 200 && response.status < 300) || input.isAnswer?.(response) === true;
    if (isAnswer) return toReceived(input.operation, response);
    const { operation, wrapper } = input;
    throw toApiError({ ...response, operation, wrapper }, { now: clock.now(), redact });
  };
}

function toRequest(
  input: CallInput,
  settings: CallConfig,
  { headers, body, startedAtMs }: Pick<WireRequest, 'headers' | 'body' | 'startedAtMs'>,
): WireRequest {
  return {
    operation: input.operation,
    method: input.method,
    path: input.query === undefined ? input.path : withQuery(input.path, toQuery(input.query)),
    headers,
    body,
    replay: input.replay === 'unsafe' && settings.isReplayable ? 'safe' : input.replay,
    needsKey: input.needsKey,
    startedAtMs,
    timeoutMs: settings.timeoutMs,
    isAnswer: input.isAnswer,
  };
}

const withQuery = (path: string, query: string): string =>
  path + (path.includes('?') ? query.replace('?', '&') : query);

function toBody(operation: string, json: unknown): string | null {
  if (json === undefined) return null;
  try {
    return JSON.stringify(json) ?? null;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `the input cannot be written as JSON: ${reason}`;
    throw refuse(operation, [{ field: '', message }], cause);
  }
}

function toReceived(operation: string, response: WireResponse): Received {
  const { status, headers, body } = response;
  const requestId = headers['x-request-id'] ?? null;
  return { operation, status, requestId, headers, body, json: parseJson(body) };
}

/**
 * Wall-clock nanoseconds, as `hh-client-timestamp` has them; each one later than the one before.
 *
 * Services order updates of one event by it: a retry keeps the time of its first attempt.
 */
function createTimestamps(clock: Clock): () => string {
  let lastMs = 0;
  let count = 0;
  return () => {
    const nowMs = clock.now();
    count = nowMs > lastMs ? 0 : count + 1;
    lastMs = Math.max(lastMs, nowMs);
    return `${lastMs}${String(count).padStart(6, '0')}`;
  };
}
