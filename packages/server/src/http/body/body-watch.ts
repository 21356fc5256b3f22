import type { Clock } from '../../clock.ts';
import type { IncomingBody } from '../incoming.ts';

/** How long a body may take. */
export interface Patience {
  /** Longest time without a byte. */
  readonly idleMs: number;
  /** Longest time in all. */
  readonly totalMs: number;
}

/** For a request with a key. The total is that of the server. */
export const patience: Patience = { idleMs: 20_000, totalMs: 300_000 };
/** For a body that needs no key, or that is read only to be dropped. */
export const impatience: Patience = { idleMs: 10_000, totalMs: 10_000 };

/** Gives up on bodies that do not come. */
export interface BodyWatch {
  /** @returns ends the watch; it ends on its own once the body is complete or the connection is closed */
  watch(request: IncomingBody, patience: Patience, giveUp: () => void): () => void;
  close(): void;
}

interface Watched {
  readonly request: IncomingBody;
  readonly patience: Patience;
  readonly giveUp: () => void;
  readonly startMs: number;
  bytesRead: number;
  progressMs: number;
}

const checkMs = 1_000;

/** One timer for all of them: most bodies are there before it ticks. */
export function createBodyWatch(clock: Pick<Clock, 'monotonicMs' | 'every'>): BodyWatch {
  const all = new Set<Watched>();
  const check = (watched: Watched, now: number): void => {
    const { request, patience: most } = watched;
    if (request.complete || request.socket.destroyed) {
      all.delete(watched);
      return;
    }
    if (request.socket.bytesRead !== watched.bytesRead) {
      watched.bytesRead = request.socket.bytesRead;
      watched.progressMs = now;
    }
    if (now - watched.progressMs < most.idleMs && now - watched.startMs < most.totalMs) return;
    all.delete(watched);
    watched.giveUp();
  };
  const stop = clock.every(checkMs, () => {
    const now = clock.monotonicMs();
    for (const watched of all) check(watched, now);
  });
  return {
    watch(request, most, giveUp) {
      const startMs = clock.monotonicMs();
      const watched: Watched = {
        request,
        patience: most,
        giveUp,
        startMs,
        bytesRead: request.socket.bytesRead,
        progressMs: startMs,
      };
      all.add(watched);
      return () => void all.delete(watched);
    },
    close: stop,
  };
}
