import { HoneyHiveAbortedError, HoneyHiveTimeoutError } from '../errors/errors.ts';
import { listenForAbort } from '../runtime/abort-listener.ts';
import { Canceller } from '../runtime/cancellation.ts';
import type { Cancellation } from '../runtime/cancellation.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Layer, WireRequest } from '../wire/pipeline.ts';

/**
 * Ends a call when its time is up or the caller's signal aborts.
 *
 * What the inner layers get is one signal, whose reason is the error to throw.
 */
export const deadline =
  (clock: Clock): Layer =>
  (next) =>
  async (request, signal) => {
    if (signal.aborted) throw toAborted(request, signal);
    const canceller = new Canceller();
    const cancelTimer = clock.after(remainingMs(request, clock), () =>
      canceller.abort(toTimeout(request, clock)),
    );
    const stopListening = listenForAbort(signal, () => canceller.abort(toAborted(request, signal)));
    try {
      return await next(request, canceller);
    } finally {
      cancelTimer();
      stopListening();
    }
  };

const remainingMs = ({ startedAtMs, timeoutMs }: WireRequest, clock: Clock): number =>
  Math.max(0, startedAtMs + timeoutMs - clock.monotonicMs());

const toAborted = ({ operation }: WireRequest, signal: Cancellation): HoneyHiveAbortedError =>
  new HoneyHiveAbortedError(`${operation}: aborted by the caller`, { cause: signal.reason });

const toTimeout = (
  { operation, startedAtMs, timeoutMs }: WireRequest,
  clock: Clock,
): HoneyHiveTimeoutError =>
  new HoneyHiveTimeoutError(
    `${operation}: no answer within ${timeoutMs} ms, retries included; raise timeout, or check the service`,
    { which: 'total', limitMs: timeoutMs, elapsedMs: clock.monotonicMs() - startedAtMs },
  );
