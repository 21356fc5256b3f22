import type { Drop } from '../errors/drop.ts';
import type { BackgroundTimers } from '../runtime/clock.ts';
import type { Entry } from './entry.ts';
import type { Snapshot } from './snapshot.ts';

/** Events on disk until the service has acknowledged them. Nothing of it throws once it is open. */
export interface Spool {
  /** Events that are only in memory, because the files are full or cannot be written. */
  readonly unspooled: number;
  /** Files that others may have written, which are not sent. */
  readonly refusedFiles: number;
  /** Whether the event is in the files, so that it outlives the process. */
  holds(entry: Entry): boolean;
  /** Has the event written by the end of this turn of the event loop. */
  append(entry: Entry): void;
  /** @param drop null: stored. What was dropped for the end of the client stays in the files. */
  settle(entry: Entry, drop: Drop | null): void;
  /** Takes over what processes that are gone have left, oldest first. */
  adopt(taker: SpoolTaker): void;
  /** Writes what waits, at once. */
  flush(): void;
  /** Hands the remaining events to the next client that opens the folder. */
  close(): void;
}

/** Who takes over what was left. */
export interface SpoolTaker {
  hasRoom(bytes: number): boolean;
  take(event: Snapshot): Entry;
}

/** What a spool takes from around it. */
export interface SpoolDeps {
  readonly timers: BackgroundTimers;
  readonly now: () => number;
  readonly newId: () => string;
  /** Reports something that the operator has to look at. */
  warn(message: string): void;
  /** A file is gone: there may be room to take over more. */
  onFileGone(): void;
}
