import { parseRetryAfter } from 'honeyhive-facts';
import type { LookupFunction } from 'node:net';
import { Client } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { createGuardedConnector, RefusedAddress } from './guarded-connector.ts';
import type { NetworkGuard } from './network-guard.ts';
import { unanswered } from './send-outcome.ts';
import type { SendOutcome } from './send-outcome.ts';

/** A request as it is sent: a POST. */
export interface HttpMessage {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpLimits {
  readonly connectTimeoutMs: number;
  /** From the look-up of the name to the end of what is read of the response. */
  readonly totalTimeoutMs: number;
  /** What is read of a response; the rest is not received. */
  readonly bodyBytes: number;
}

export interface HttpSenderDeps {
  readonly guard: NetworkGuard;
  readonly clock: Pick<Clock, 'now' | 'withLimit'>;
  readonly limits: HttpLimits;
  /** Looks names up. @default that of the system */
  readonly resolve?: LookupFunction;
}

class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/**
 * Sends a request to an allowed address, on its own connection. Redirects are not followed: they count as failures, as
 * all statuses outside of 200 to 299 do.
 */
export function createHttpSender({ guard, clock, limits, resolve }: HttpSenderDeps) {
  const { connectTimeoutMs } = limits;
  const connect = createGuardedConnector({ guard, connectTimeoutMs, resolve });
  return async (message: HttpMessage): Promise<SendOutcome> => {
    const url = new URL(message.url);
    const client = new Client(url.origin, { connect, pipelining: 1 });
    try {
      const sending = send(client, url, message).then((response) =>
        toOutcome(response, { limits, now: clock.now() }),
      );
      return await clock.withLimit(limits.totalTimeoutMs, sending, () => new TimedOut());
    } catch (error) {
      return unanswered(describe(error, limits));
    } finally {
      await client.destroy();
    }
  };
}

const send = (client: Client, url: URL, { headers, body }: HttpMessage) =>
  client.request({
    method: 'POST',
    path: url.pathname + url.search,
    headers: { ...headers, 'content-type': 'application/json' },
    body,
    // The limit of the whole attempt ends these, too.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

async function toOutcome(
  { statusCode: status, headers, body }: Dispatcher.ResponseData,
  { limits, now }: { readonly limits: HttpLimits; readonly now: number },
): Promise<SendOutcome> {
  const retryAfter = headers['retry-after'];
  return {
    status,
    body: await readBeginning(body, limits.bodyBytes),
    error: describeStatus(status),
    retryAfterMs: parseRetryAfter(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, now),
    isPermanent: false,
  };
}

function describeStatus(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `status ${status}: redirects are not followed`;
  return `status ${status}`;
}

/** Not received beyond that: the connection is closed. A failure after the status does not change the outcome. */
async function readBeginning(body: AsyncIterable<unknown>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      if (!Buffer.isBuffer(chunk)) continue;
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maxBytes) break;
    }
  } catch {
    // The receiver has decided: it sent its status.
  }
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** In words that hold no address and nothing of the URL. */
function describe(error: unknown, { connectTimeoutMs, totalTimeoutMs }: HttpLimits): string {
  if (error instanceof RefusedAddress) return error.message;
  if (error instanceof TimedOut) return `no complete response within ${totalTimeoutMs} ms`;
  const code = codeOf(error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return `no connection within ${connectTimeoutMs} ms`;
  return code === null ? 'the connection failed' : `the connection failed: ${code}`;
}
