import { decideRetry } from '../policy/retry-policy.ts';
import type { Outcome, RetryPolicy } from '../policy/retry-policy.ts';
import type { Clock, Random } from '../runtime/clock.ts';
import type { Layer, Send, WireRequest, WireResponse } from '../wire/pipeline.ts';

/** What the layer takes from around it. */
export interface RetryDeps {
  readonly clock: Clock;
  readonly random: Random;
}

/** Tries again where {@link decideRetry} says so; else passes on how the last try ended. */
export const retry =
  (policy: RetryPolicy, { clock, random }: RetryDeps): Layer =>
  (next) =>
  async (request, signal) => {
    for (let attempt = 1; ; attempt += 1) {
      const tried = await tryOnce(next, request, signal);
      if (tried.outcome === null || signal.aborted) return tried.settle();
      const { startedAtMs, timeoutMs, replay } = request;
      const remainingMs = startedAtMs + timeoutMs - clock.monotonicMs();
      const decision = decideRetry(
        { outcome: tried.outcome, attempt, replay, remainingMs },
        policy,
        { now: clock.now(), random },
      );
      if (!decision.retry) return tried.settle();
      await clock.sleep(decision.delayMs, signal);
    }
  };

interface Tried {
  /** null when there is nothing to decide. */
  readonly outcome: Outcome | null;
  /** Returns or throws what the try ended with. */
  settle(): WireResponse;
}

async function tryOnce(next: Send, request: WireRequest, signal: AbortSignal): Promise<Tried> {
  try {
    const response = await next(request, signal);
    return { outcome: toOutcome(request, response), settle: () => response };
  } catch (error) {
    return {
      outcome: { kind: 'failure', error },
      settle() {
        throw error;
      },
    };
  }
}

function toOutcome(request: WireRequest, response: WireResponse): Outcome | null {
  const { status, headers } = response;
  const isDone = (status >= 200 && status < 300) || request.isAnswer?.(response) === true;
  return isDone ? null : { kind: 'response', status, retryAfter: headers['retry-after'] };
}
