import { HoneyHiveRateLimitError } from '../errors/errors.ts';
import { createSlidingWindow } from '../policy/sliding-window.ts';
import type { RateLimit } from '../policy/sliding-window.ts';
import { listenForAbort } from '../runtime/abort-listener.ts';
import type { Cancellation } from '../runtime/cancellation.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Layer, WireRequest } from '../wire/pipeline.ts';

/** Maximum number of waiting calls; further ones are rejected with `retryAfter`. */
const maxWaiting = 10_000;

/**
 * Starts calls in arrival order, never more than the limit in any window.
 *
 * A call that could not start before its deadline is rejected immediately: waiting would only delay others. Each
 * attempt counts as a call.
 */
export function rateLimit(limit: RateLimit, clock: Clock): Layer {
  const gate = createGate(limit, clock);
  return (next) => async (request, signal) => {
    const { waitMs, waiting } = gate.forecast();
    const leftMs = request.startedAtMs + request.timeoutMs - clock.monotonicMs();
    if (waitMs >= leftMs || waiting >= maxWaiting) throw toRefusal(request, limit, waitMs);
    await gate.enter(signal);
    return next(request, signal);
  };
}

interface Gate {
  /** How long a new call would wait, and behind how many. */
  forecast(): { readonly waitMs: number; readonly waiting: number };
  /** Settles when it is the caller's turn; rejects with the signal's reason. */
  enter(signal: Cancellation): Promise<void>;
}

function createGate(limit: RateLimit, clock: Clock): Gate {
  const window = createSlidingWindow(limit);
  // In arrival order; an aborted call leaves no gap.
  const waiting = new Set<() => void>();
  let cancelTimer: (() => void) | null = null;

  const admitDue = () => {
    cancelTimer = null;
    for (const begin of waiting) {
      const nowMs = clock.monotonicMs();
      const waitMs = window.waitMs(nowMs, 0);
      if (waitMs > 0) {
        // Timers may fire a fraction early.
        cancelTimer = clock.after(Math.ceil(waitMs), admitDue);
        return;
      }
      waiting.delete(begin);
      window.admit(nowMs);
      begin();
    }
  };

  return {
    forecast: () => ({
      waitMs: window.waitMs(clock.monotonicMs(), waiting.size),
      waiting: waiting.size,
    }),
    enter: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const begin = () => {
          stopListening();
          resolve();
        };
        const stopListening = listenForAbort(signal, () => {
          // Aborted in the same turn in which it was let in: too late to give the place back.
          if (!waiting.delete(begin)) return;
          if (waiting.size === 0) cancelTimer?.();
          if (waiting.size === 0) cancelTimer = null;
          reject(signal.reason);
        });
        waiting.add(begin);
        if (cancelTimer === null) admitDue();
        return undefined;
      }),
  };
}

function toRefusal(
  { operation }: WireRequest,
  { calls, windowMs }: RateLimit,
  waitMs: number,
): HoneyHiveRateLimitError {
  const seconds = Math.ceil(waitMs) / 1000;
  return new HoneyHiveRateLimitError(
    `${operation}: not sent; the client's own limit of ${calls} calls in ${windowMs / 1000} s leaves no room for ${seconds} s; call less often, or raise rateLimitCalls or timeout`,
    {
      statusCode: 429,
      response: null,
      errorCode: 'rate_limited',
      retryable: true,
      retryAfter: seconds,
    },
  );
}
