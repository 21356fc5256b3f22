import type { Clock } from '../clock.ts';
import { StoreUnavailable } from '../domain/event-store.ts';
import type { EventStore } from '../domain/event-store.ts';
import { tombstone } from './tombstone.ts';

/** Why nothing can be stored. */
export interface WriteFailure {
  readonly message: string;
  /** Monotonic milliseconds of the first write that was refused. */
  readonly sinceMs: number;
}

/** Whether the store accepts writes, as of the last write. */
export interface WriteHealth {
  noteStored(): void;
  /** Errors that say nothing of the store are left aside. */
  noteFailed(error: unknown): void;
  /**
   * Why nothing can be stored, null when it can. Before the first write and after a failure it tries, so that nobody
   * has to lose one to find out.
   */
  check(): Promise<WriteFailure | null>;
}

export interface WriteHealthDeps {
  readonly events: Pick<EventStore, 'insert'>;
  readonly clock: Clock;
  /** Called with the error when writes begin to fail, and with null when they work again. */
  readonly onChange: (failure: WriteFailure | null) => void;
}

export function createWriteHealth({ events, clock, onChange }: WriteHealthDeps): WriteHealth {
  let failure: WriteFailure | null = null;
  /** Nobody has written yet: a disk may be full, or read-only, from the start. */
  let isUntried = true;
  let trying: Promise<void> | null = null;

  const noteStored = (): void => {
    isUntried = false;
    if (failure === null) return;
    failure = null;
    onChange(null);
  };
  const noteFailed = (error: unknown): void => {
    if (!(error instanceof StoreUnavailable)) return;
    const isNew = failure === null;
    failure = { message: error.message, sinceMs: failure?.sinceMs ?? clock.monotonicMs() };
    if (isNew) onChange(failure);
  };
  const tryToWrite = async (): Promise<void> => {
    const before = failure;
    try {
      await events.insert([probeRow(clock.now())]);
      // A write that failed meanwhile knows better.
      if (failure === before) noteStored();
    } catch (error) {
      noteFailed(error);
    }
  };
  return {
    noteStored,
    noteFailed,
    async check() {
      if (failure === null && !isUntried) return null;
      trying ??= tryToWrite().finally(() => {
        trying = null;
      });
      await trying;
      return failure;
    },
  };
}

/** A row that no project has and no read shows; the next one replaces it when parts merge. */
const probeRow = (now: number) =>
  tombstone(
    { projectId: '', sessionId: '', eventId: '', startTime: 0, isByOrganisation: true },
    now,
    now,
  );
