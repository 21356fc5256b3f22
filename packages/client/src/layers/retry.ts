import { decideRetry } from '../policy/retry-policy.ts';
import type { Outcome, RetryDecision, RetryPolicy } from '../policy/retry-policy.ts';
import type { Clock, Random } from '../runtime/clock.ts';
import type { Layer, WireRequest, WireResponse } from '../wire/pipeline.ts';

/** What the layer takes from around it. */
export interface RetryDeps {
  readonly clock: Clock;
  readonly random: Random;
}

/** Tries again where {@link decideRetry} says so; else passes on how the last attempt ended. */
export const retry =
  (policy: RetryPolicy, { clock, random }: RetryDeps): Layer =>
  (next) =>
  async (request, signal) => {
    const decide = (outcome: Outcome, attempt: number): RetryDecision => {
      const { startedAtMs, timeoutMs, replay } = request;
      const remainingMs = startedAtMs + timeoutMs - clock.monotonicMs();
      const failed = { outcome, attempt, replay, remainingMs };
      return decideRetry(failed, policy, { now: clock.now(), random });
    };
    for (let attempt = 1; ; attempt += 1) {
      let decision: RetryDecision;
      try {
        const response = await next(request, signal);
        if (isDone(request, response) || signal.aborted) return response;
        decision = decide(toOutcome(response), attempt);
        if (!decision.retry) return response;
      } catch (error) {
        if (signal.aborted) throw error;
        decision = decide({ kind: 'failure', error }, attempt);
        if (!decision.retry) throw error;
      }
      await clock.sleep(decision.delayMs, signal);
    }
  };

const isDone = (request: WireRequest, response: WireResponse): boolean =>
  (response.status >= 200 && response.status < 300) || request.isAnswer?.(response) === true;

const toOutcome = ({ status, headers }: WireResponse): Outcome => ({
  kind: 'response',
  status,
  retryAfter: headers['retry-after'],
});
