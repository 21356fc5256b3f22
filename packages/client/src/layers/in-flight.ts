import { HoneyHiveClosedError } from '../errors/errors.ts';
import type { Layer } from '../wire/pipeline.ts';

/** Counts the calls that are in flight, so that closing can wait for them. */
export interface InFlight {
  /** Refuses calls after {@link InFlight.drain}. */
  readonly layer: Layer;
  /** Refuse what comes from now on; settles when all that came before is done. */
  drain(): Promise<void>;
}

export function createInFlight(): InFlight {
  let count = 0;
  let isOpen = true;
  let onIdle: (() => void) | undefined;

  const leave = () => {
    count -= 1;
    if (count === 0) onIdle?.();
  };

  return {
    layer: (next) => async (request, signal) => {
      if (!isOpen) {
        throw new HoneyHiveClosedError(`${request.operation}: the client was closed before`);
      }
      count += 1;
      try {
        return await next(request, signal);
      } finally {
        leave();
      }
    },
    drain() {
      isOpen = false;
      if (count === 0) return Promise.resolve();
      return new Promise((resolve) => {
        onIdle = resolve;
      });
    },
  };
}
