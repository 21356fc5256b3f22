import { parseRetryAfter } from 'honeyhive-facts';
import type { Drop } from '../errors/drop.ts';
import { HoneyHiveAPIError, HoneyHiveConfigError, HoneyHiveError } from '../errors/errors.ts';
import type { BatchResult } from '../generated/types.ts';
import { isGuilty } from './suspicion.ts';
import type { Tried } from './suspicion.ts';

/** What to do with a batch after an attempt. */
export type Verdict =
  /** The service has answered for each event: those named are dropped, the others stored. */
  | { readonly kind: 'settled'; readonly drops: ReadonlyMap<number, Drop> }
  /** Send halves. `too_large`: and smaller batches from now on. `failing`: one of the events may be at fault. */
  | { readonly kind: 'split'; readonly because: 'too_large' | 'invalid' | 'failing' }
  /** Keep all, wait, send again. null: as long as the backoff says. */
  | { readonly kind: 'again'; readonly waitMs: number | null }
  /** An event on its own, which may be at fault: send it again apart from the others. */
  | { readonly kind: 'aside' }
  /** No event of it can be stored. */
  | { readonly kind: 'dropped'; readonly drop: Drop };

// The service did not look at the events, and may do so later. RFC 6585, RFC 9110, RFC 8470 (425).
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/** What the service's answer means for a batch. */
export const toVerdict = ({ errors, unsampled = [] }: BatchResult): Verdict => ({
  kind: 'settled',
  drops: new Map<number, Drop>([
    ...errors.map(({ index, message }) => [index, { reason: 'rejected', message }] as const),
    ...unsampled.map((index) => [index, sampledOut] as const),
  ]),
});

const sampledOut: Drop = {
  reason: 'sampled_out',
  message: "the project's sampling_rate does not keep the session",
};

/**
 * What a failed attempt means for a batch.
 *
 * @param now epoch milliseconds
 */
export function decideAfterFailure(error: unknown, tried: Tried, now: number): Verdict {
  if (!(error instanceof HoneyHiveAPIError)) return afterNoAnswer(error, tried);
  const { statusCode: status, message } = error;
  if (status === 413) return afterTooLarge(tried, message);
  if (status === 400 || status === 422) return afterInvalid(error, tried);
  if (status < 500 && !passing.has(status)) {
    return { kind: 'dropped', drop: { reason: 'refused', message } };
  }
  const waitMs = parseRetryAfter(error.response?.headers['retry-after'], now);
  return isSuspicious(error) ? afterSuspicious(error, tried, waitMs) : { kind: 'again', waitMs };
}

/** Statuses of a fault in the service or a proxy in front of it; 503 and similar mean unavailable or busy. */
const suspicious: ReadonlySet<number> = new Set([500, 502, 504]);

/** Whether one event may be the cause, and not only a service that is away: it may break connections, too. */
export const isSuspicious = (error: unknown): boolean =>
  !(error instanceof HoneyHiveAPIError) || suspicious.has(error.statusCode);

/**
 * Failures after which a batch is split, or an event set aside.
 *
 * 500 is no answer of a service that is away; others may be, until others are stored. An event that is
 * set aside is overtaken by those of its session: that has more time. Parts of what failed are not tried
 * twice: until the event at fault is found, they hold up their sessions.
 */
function failuresBeforeBlame(error: unknown, { events, areOthersStored, isBlamed }: Tried): number {
  if (isBlamed) return 1;
  const isBroken = error instanceof HoneyHiveAPIError && error.statusCode === 500;
  if (!isBroken && !areOthersStored) return 10;
  return events === 1 ? 5 : 3;
}

function afterSuspicious(error: unknown, tried: Tried, waitMs: number | null): Verdict {
  if (tried.failures < failuresBeforeBlame(error, tried)) return { kind: 'again', waitMs };
  if (tried.events > 1) return { kind: 'split', because: 'failing' };
  if (!isGuilty(tried.suspicion)) return { kind: 'aside' };
  const message = `the service failed on it ${tried.suspicion.tries} times while it stored others: ${messageOf(error)}`;
  return { kind: 'dropped', drop: { reason: 'failed', message } };
}

/** What an error says. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function afterNoAnswer(error: unknown, tried: Tried): Verdict {
  if (error instanceof HoneyHiveConfigError) {
    return { kind: 'dropped', drop: { reason: 'refused', message: error.message } };
  }
  const code = error instanceof HoneyHiveError ? error.code : '';
  if (code === 'aborted' || code === 'closed') {
    const message = 'the client was closed before the event was acknowledged';
    return { kind: 'dropped', drop: { reason: 'closed', message } };
  }
  return afterSuspicious(error, tried, null);
}

const afterTooLarge = ({ events }: Tried, message: string): Verdict =>
  events > 1
    ? { kind: 'split', because: 'too_large' }
    : { kind: 'dropped', drop: { reason: 'too_large', message } };

/**
 * A service that answers 400 to a batch stored none of it; when it does not say why for each event, halves find out.
 */
function afterInvalid({ issues, message }: HoneyHiveAPIError, { events }: Tried): Verdict {
  if (events === 1) return { kind: 'dropped', drop: { reason: 'rejected', message } };
  const drops = new Map<number, Drop>();
  for (const issue of issues) {
    const index = Number(/^events\[(\d+)\]/.exec(issue.field)?.[1] ?? Number.NaN);
    if (!Number.isInteger(index) || drops.has(index)) continue;
    drops.set(index, { reason: 'rejected', message: `${issue.field}: ${issue.message}` });
  }
  return drops.size === events ? { kind: 'settled', drops } : { kind: 'split', because: 'invalid' };
}
