import type { Drop } from '../errors/drop.ts';
import { HoneyHiveAPIError, HoneyHiveConfigError, HoneyHiveError } from '../errors/errors.ts';
import type { BatchResult } from '../generated/types.ts';
import { parseRetryAfter } from '../policy/retry-after.ts';

/** What to do with a batch after a try. */
export type Verdict =
  /** The service has answered for each event: those named are dropped, the others stored. */
  | { readonly kind: 'settled'; readonly drops: ReadonlyMap<number, Drop> }
  /** Send halves. `isTooLarge`: and smaller batches from now on. */
  | { readonly kind: 'split'; readonly isTooLarge: boolean }
  /** Keep all, wait, send again. null: as long as the backoff says. */
  | { readonly kind: 'again'; readonly waitMs: number | null }
  /** No event of it can be stored. */
  | { readonly kind: 'dropped'; readonly drop: Drop };

/** The batch that was tried. */
export interface Tried {
  readonly events: number;
  /** How often it was sent, this time included. */
  readonly attempts: number;
}

/** A service that is away answers 502, 503 or 504; 500 again and again may be the fault of one event. */
const attemptsBeforeSplit = 3;

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
 * What a failed try means for a batch.
 *
 * @param now epoch milliseconds
 */
export function decideAfterFailure(error: unknown, tried: Tried, now: number): Verdict {
  if (!(error instanceof HoneyHiveAPIError)) return afterNoAnswer(error);
  const { statusCode: status, message } = error;
  if (status === 413) return afterTooLarge(tried, message);
  if (status === 400 || status === 422) return afterInvalid(error, tried);
  if (status < 500 && !passing.has(status)) {
    return { kind: 'dropped', drop: { reason: 'refused', message } };
  }
  if (status === 500 && mayBePoisoned(tried)) return { kind: 'split', isTooLarge: false };
  return { kind: 'again', waitMs: parseRetryAfter(error.response?.headers['retry-after'], now) };
}

const mayBePoisoned = ({ events, attempts }: Tried): boolean =>
  events > 1 && attempts >= attemptsBeforeSplit;

function afterNoAnswer(error: unknown): Verdict {
  if (error instanceof HoneyHiveConfigError) {
    return { kind: 'dropped', drop: { reason: 'refused', message: error.message } };
  }
  const code = error instanceof HoneyHiveError ? error.code : '';
  if (code === 'aborted' || code === 'closed') {
    const message = 'the client was closed before the event was acknowledged';
    return { kind: 'dropped', drop: { reason: 'closed', message } };
  }
  return { kind: 'again', waitMs: null };
}

const afterTooLarge = ({ events }: Tried, message: string): Verdict =>
  events > 1
    ? { kind: 'split', isTooLarge: true }
    : { kind: 'dropped', drop: { reason: 'too_large', message } };

/** A service that answers 400 to a batch stored none of it; when it does not say why for each event, halves find out. */
function afterInvalid({ issues, message }: HoneyHiveAPIError, { events }: Tried): Verdict {
  if (events === 1) return { kind: 'dropped', drop: { reason: 'rejected', message } };
  const drops = new Map<number, Drop>();
  for (const issue of issues) {
    const index = Number(/^events\[(\d+)\]/.exec(issue.field)?.[1] ?? Number.NaN);
    if (!Number.isInteger(index) || drops.has(index)) continue;
    drops.set(index, { reason: 'rejected', message: `${issue.field}: ${issue.message}` });
  }
  return drops.size === events ? { kind: 'settled', drops } : { kind: 'split', isTooLarge: false };
}
