import type { Clock } from '../clock.ts';
import type { AlertTarget } from '../domain/alert-target.ts';
import type { NewAttempt } from '../deliveries/delivery-store.ts';
import { unanswered } from './send-outcome.ts';
import type { SendOutcome } from './send-outcome.ts';

/** An attempt as it went, and as it is stored. */
export interface Attempt {
  readonly outcome: SendOutcome;
  readonly record: NewAttempt;
}

const unreadable =
  'the destination was stored with another secrets key: set its url or addresses again';

/** @param target null: it cannot be opened, so that nothing is sent */
export async function toAttempt(
  clock: Pick<Clock, 'now' | 'monotonicMs'>,
  target: AlertTarget | null,
  send: (target: AlertTarget) => Promise<SendOutcome>,
): Promise<Attempt> {
  const [at, startMs] = [clock.now(), clock.monotonicMs()];
  const outcome = target === null ? unanswered(unreadable) : await send(target);
  const { status, body, error } = outcome;
  const durationMs = Math.round(clock.monotonicMs() - startMs);
  return { outcome, record: { at, durationMs, status, body, error } };
}
