import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';

export interface ReleaseDeps {
  readonly events: Pick<EventStore, 'releaseMemory'>;
  readonly readGate: {
    readonly stats: () => {
      readonly startedOfRequests: number;
      readonly runningOfRequests: number;
    };
  };
  readonly committer: { readonly stats: () => { readonly committedEvents: number } };
  readonly clock: Pick<Clock, 'every'>;
  /** Collects the garbage of this process. */
  readonly collectGarbage: () => Promise<void>;
  readonly logger: Logger;
}

/**
 * No request read or stored anything for so long, or up to twice as long: nobody waits for the collection. Alerts are
 * evaluated meanwhile.
 */
const everyMs = 60_000;

/**
 * Returns memory to the system once after each period of work: decompressed blocks, marks and the garbage of V8, which
 * all stay until something else needs their room. What hours come to stays cached.
 *
 * @returns stops it; resolves when what it is at is done
 */
export function releaseMemory(deps: ReleaseDeps): () => Promise<void> {
  const { events, clock, collectGarbage, logger } = deps;
  let seen = measureWork(deps);
  let released = '';
  let running: Promise<void> = Promise.resolve();
  const release = async (): Promise<void> => {
    try {
      await events.releaseMemory();
      await collectGarbage();
    } catch (error) {
      logger.warn({ err: error }, 'memory could not be released');
    }
  };
  const cancel = clock.every(everyMs, () => {
    const work = measureWork(deps);
    const isIdle = work === seen && !isReading(deps);
    seen = work;
    if (!isIdle || work === released) return;
    released = work;
    running = release();
  });
  return async () => {
    cancel();
    await running;
  };
}

const isReading = ({ readGate }: ReleaseDeps): boolean => readGate.stats().runningOfRequests > 0;

/** What was done since the start: the same as long as nothing is. */
const measureWork = ({ readGate, committer }: ReleaseDeps): string =>
  `${readGate.stats().startedOfRequests} reads, ${committer.stats().committedEvents} events`;
