import { HoneyHiveError } from '../errors/errors.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import type { LogConfig } from '../options/logger.ts';
import type { Redact } from '../policy/redact.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Layer, WireRequest, WireResponse } from '../wire/pipeline.ts';

/** What the layers take from around them. */
export interface ObserveDeps {
  readonly clock: Clock;
  /** Takes keys out of what is logged. */
  readonly redact: Redact;
}

/** Watches calls and their tries. */
export interface Observer {
  /** Around the retries: one line for each call. */
  readonly call: Layer;
  /** Inside them: what each attempt sent and got. */
  readonly attempt: Layer;
}

const longestBody = 10_000;
// Named one by one: whatever else a caller adds may be a secret.
const shownHeaders = ['accept', 'content-type', 'idempotency-key', 'user-agent'];

/** Says something to the logger; never fails. */
type Tell = (level: 'debug' | 'info' | 'warn', message: string, fields: JsonObject) => void;

/** What both layers need. */
interface Watch {
  readonly log: LogConfig;
  readonly clock: Clock;
  readonly tell: Tell;
  /** Tries so far. The retries send the very request that they were given. */
  readonly tries: WeakMap<WireRequest, number>;
}

/** Tells a logger what is sent, what comes back, how long it took and after how many tries; never keys. */
export function observe(log: LogConfig, { clock, redact }: ObserveDeps): Observer {
  const watch = { log, clock, tell: createTell(log, redact), tries: new WeakMap() };
  return { call: log.isVerbose ? watchCall(watch) : (next) => next, attempt: watchAttempt(watch) };
}

function createTell({ logger }: LogConfig, redact: Redact): Tell {
  return (level, message, fields) => {
    try {
      const shown: unknown = JSON.parse(redact(JSON.stringify(fields)));
      logger[level](redact(message), isObject(shown) ? shown : {});
    } catch {
      // A logger that throws must not fail the call it logs.
    }
  };
}

const watchCall =
  ({ clock, tell, tries }: Watch): Layer =>
  (next) =>
  async (request, signal) => {
    const { operation } = request;
    const elapsed = stopwatch(clock);
    tries.set(request, 0);
    const summary = () => ({ ...elapsed(), attempts: tries.get(request) ?? 0 });
    try {
      const response = await next(request, signal);
      tell('info', `${operation} answered ${response.status}`, {
        ...toFields(response),
        ...summary(),
      });
      return response;
    } catch (error) {
      tell('warn', `${operation} failed`, { ...summary(), error: describe(error) });
      throw error;
    }
  };

const watchAttempt =
  (watch: Watch): Layer =>
  (next) =>
  async (request, signal) => {
    const { log, clock, tell, tries } = watch;
    const attempt = (tries.get(request) ?? 0) + 1;
    tries.set(request, attempt);
    tellRequest(watch, request, attempt);
    const elapsed = stopwatch(clock);
    try {
      const response = await next(request, signal);
      tellResponse(watch, request, { response, attempt, ...elapsed() });
      return response;
    } catch (error) {
      const fields = { attempt, ...elapsed(), error: describe(error) };
      if (log.isVerbose) tell('warn', `${request.method} ${request.path} failed`, fields);
      throw error;
    }
  };

function tellRequest({ log, tell }: Watch, request: WireRequest, attempt: number): void {
  if (!log.isDebug && !log.withRequests) return;
  tell('debug', `${request.method} ${request.path}`, {
    attempt,
    ...(log.isDebug ? { headers: pick(request.headers) } : {}),
    ...(log.withRequests ? { body: toText(request) } : {}),
  });
}

interface Ended {
  readonly response: WireResponse;
  readonly attempt: number;
  readonly durationMs: number;
}

function tellResponse({ log, tell }: Watch, { method, path }: WireRequest, ended: Ended): void {
  const { response, ...rest } = ended;
  const isFailure = response.status >= 400 && log.isVerbose;
  if (!isFailure && !log.isDebug && !log.withResponses) return;
  tell(isFailure ? 'warn' : 'debug', `${method} ${path} answered ${response.status}`, {
    ...rest,
    ...toFields(response),
    ...(log.withResponses ? { body: response.body.slice(0, longestBody) } : {}),
  });
}

function stopwatch(clock: Clock): () => { readonly durationMs: number } {
  const startedAtMs = clock.monotonicMs();
  return () => ({ durationMs: Math.round(clock.monotonicMs() - startedAtMs) });
}

function toFields({ status, headers }: WireResponse) {
  const requestId = headers['x-request-id'];
  return { status, ...(requestId === undefined ? {} : { requestId }) };
}

function describe(error: unknown): unknown {
  if (error instanceof HoneyHiveError) return { code: error.code, message: error.message };
  return error instanceof Error ? { name: error.name } : typeof error;
}

function toText({ body, headers }: WireRequest): string | null {
  if (body === null || typeof body === 'string') return body?.slice(0, longestBody) ?? null;
  return headers['content-encoding'] === undefined
    ? new TextDecoder().decode(body.subarray(0, longestBody))
    : `${body.length} bytes, compressed`;
}

const pick = (headers: WireRequest['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => shownHeaders.includes(name)));
