import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { Leases } from '../state/leases.ts';

export interface WordIndexDeps {
  readonly events: Pick<EventStore, 'indexWords'>;
  readonly committer: { readonly stats: () => { readonly committedEvents: number } };
  readonly leases: Leases;
  readonly clock: Clock;
  readonly logger: Logger;
}

const everyMs = 60_000;

/** How much longer than it works it rests: while events come in, they come first. */
const restParts = { idle: 3, busy: 9 };
/** The end of the process waits for a rest. */
const longestRestMs = 1_000;

/**
 * Indexes the words of hours for searches of text, now and every minute, in one server at a time.
 *
 * @returns stops it; resolves when the hours that it is at are done
 */
export function indexWords(deps: WordIndexDeps): () => Promise<void> {
  const { clock, leases, logger } = deps;
  let isStopped = false;
  let round: Promise<unknown> | null = null;
  const start = (): void => {
    round ??= leases
      .run('words', (lost) =>
        deps.events.indexWords({
          isStopped: () => isStopped || lost.aborted,
          rest: (work) => workAndRest(deps, work),
        }),
      )
      .catch((error: unknown) => logger.error({ err: error }, 'words could not be indexed'))
      .finally(() => {
        round = null;
      });
  };
  const cancel = clock.every(everyMs, start);
  start();
  return async () => {
    isStopped = true;
    cancel();
    await round;
  };
}

async function workAndRest(
  { clock, committer }: WordIndexDeps,
  work: () => Promise<void>,
): Promise<void> {
  const before = committer.stats().committedEvents;
  const startMs = clock.monotonicMs();
  await work();
  const tookMs = clock.monotonicMs() - startMs;
  const isBusy = committer.stats().committedEvents !== before;
  await clock.sleep(Math.min(longestRestMs, tookMs * (isBusy ? restParts.busy : restParts.idle)));
}
