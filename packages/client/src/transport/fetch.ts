import { HoneyHiveProtocolError } from '../errors/errors.ts';
import type { TransportConfig } from '../options/config.ts';
import { listenForAbort } from '../runtime/abort-listener.ts';
import type { Cancellation } from '../runtime/cancellation.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Send, WireRequest, WireResponse } from '../wire/pipeline.ts';
import { toFailure, toTimeout } from './failure.ts';
import type { TryPhase } from './failure.ts';
import type { Failure } from './failure.ts';
import { orAborted } from './or-aborted.ts';
import { readText } from './response-text.ts';
import type { Transport } from './transport.ts';

/** `fetch` of the platform, or anything that does the same: the binding of a service, say. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What the transport takes from around it. */
export interface FetchDeps {
  readonly clock: Clock;
  readonly fetch: Fetch;
}

/** What limits one attempt. */
type Limits = Pick<TransportConfig, 'baseUrl' | 'readTimeoutMs'>;

/** Sends with `fetch`, which keeps connections, resolves names and trusts certificates as it likes. */
export function createFetchTransport(config: Limits, deps: FetchDeps): Transport {
  const { origin } = new URL(config.baseUrl);
  const { readTimeoutMs: readMs } = config;
  // fetch does not say which of the three it waits for.
  const limits = { connectMs: readMs, writeMs: readMs, readMs };

  const send: Send = async (request, signal) => {
    const startedAtMs = deps.clock.monotonicMs();
    const attempt = openAttempt(config.readTimeoutMs, signal, deps.clock);
    try {
      return await orAborted(exchange(request, { config, deps, attempt }), attempt.signal);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const elapsedMs = deps.clock.monotonicMs() - startedAtMs;
      const { operation } = request;
      const failure: Failure = { cause: causeOf(error), operation, origin, elapsedMs, limits };
      const stalledIn = attempt.stalledIn();
      throw stalledIn === null
        ? toFailure(failure)
        : toTimeout(stalledIn, { ...failure, cause: undefined });
    } finally {
      attempt.close();
    }
  };
  // There is nothing of ours to close.
  return { send, close: async () => undefined };
}

/** Ends one attempt when nothing arrives for too long. */
interface Attempt {
  /** Aborts with the caller's signal, too. */
  readonly signal: AbortSignal;
  /** Something arrived: the time counts from here. */
  readonly touch: () => void;
  /** Where it was aborted; null if it was not. */
  readonly stalledIn: () => TryPhase | null;
  readonly close: () => void;
}

function openAttempt(limitMs: number, outer: Cancellation, clock: Clock): Attempt {
  const controller = new AbortController();
  let phase: TryPhase = 'headers';
  let stalledIn: TryPhase | null = null;
  const onStall = () => {
    stalledIn = phase;
    controller.abort();
  };
  let cancel = clock.after(limitMs, onStall);
  const stopListening = listenForAbort(outer, () => controller.abort(outer.reason));
  return {
    signal: controller.signal,
    touch() {
      phase = 'body';
      cancel();
      cancel = clock.after(limitMs, onStall);
    },
    stalledIn: () => stalledIn,
    close() {
      cancel();
      stopListening();
    },
  };
}

async function exchange(
  request: WireRequest,
  { config, deps, attempt }: { config: Limits; deps: FetchDeps; attempt: Attempt },
): Promise<WireResponse> {
  const response = await deps.fetch(config.baseUrl + request.path, {
    method: request.method,
    headers: request.headers,
    body: request.body,
    signal: attempt.signal,
    // To follow one would take the key to another place.
    redirect: 'manual',
  });
  attempt.touch();
  if (response.type === 'opaqueredirect') throw toRedirected(request.operation, config.baseUrl);
  const headers = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await readText(response, attempt.touch) };
}

/** Browsers do not say where a redirect leads, nor which one it is. */
const toRedirected = (operation: string, baseUrl: string): HoneyHiveProtocolError =>
  new HoneyHiveProtocolError(
    `${operation}: ${baseUrl} redirects elsewhere; check that baseUrl is that of a honeyhive service`,
    { path: '', expected: 'an answer' },
  );

/** Node's `fetch` says what happened only in the cause of its error. */
const causeOf = (error: unknown): unknown =>
  error instanceof TypeError && error.cause !== undefined ? error.cause : error;
