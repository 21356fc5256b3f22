import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { Committer } from './committer.ts';

export interface ResumeDeps {
  readonly events: Pick<EventStore, 'readUnfinishedTraces'>;
  readonly committer: Pick<Committer, 'submit'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Moves the rest of the traces that a process was moving to another session when it ended. */
export async function resumeMoves({ events, committer, clock, logger }: ResumeDeps): Promise<void> {
  try {
    const traces = await events.readUnfinishedTraces();
    const now = clock.now();
    for (const each of traces) await committer.submit([{ kind: 'moveTrace', ...each, now }], 0);
  } catch (err) {
    logger.warn({ err }, 'events of some traces could not be moved to their session');
  }
}
