import { bucketNames } from 'honeyhive-wire';
import type { StoredEvent } from '../domain/stored-event.ts';
import type { Write } from './write.ts';

/** Sessions of which it is known that they lost something: about 10 MB. */
const maxLacking = 100_000;
/** Of a write beside its texts, bytes. */
const writeBytes = 1_000;

interface AsideSession {
  readonly sinceMs: number;
  readonly writes: Write[];
  bytes: number;
}

/** What was set aside of a session. */
export interface Aside {
  readonly writes: readonly Write[];
  /** Whether more was dropped of it, and is gone. */
  readonly isLacking: boolean;
}

export interface SetAsideLimits {
  /** Of all sessions together; what was first is dropped first. */
  readonly maxBytes: number;
  /** From the first write of a session. */
  readonly maxAgeMs: number;
}

/**
 * Writes of sessions that the sample excludes, in memory and for a while: an error or feedback that comes later may
 * have the session kept.
 */
export class SetAside {
  readonly #limits: SetAsideLimits;
  /** In the order they came, so that the first is the oldest. */
  readonly #sessions = new Map<string, AsideSession>();
  readonly #lacking = new Set<string>();
  #bytes = 0;
  #knownSince: number;

  constructor(limits: SetAsideLimits, now: number) {
    this.#limits = limits;
    this.#knownSince = now;
  }

  /** Of sessions that began before, epoch milliseconds, something may have been dropped that nobody noted. */
  get knownSince(): number {
    return this.#knownSince;
  }

  add(sessionKey: string, write: Write, now: number): void {
    const session = this.#sessions.get(sessionKey) ?? { sinceMs: now, writes: [], bytes: 0 };
    const bytes = sizeOf(write);
    session.writes.push(write);
    session.bytes += bytes;
    this.#bytes += bytes;
    this.#sessions.set(sessionKey, session);
    this.#evict(now);
  }

  take(sessionKey: string, now: number): Aside {
    this.#evict(now);
    const session = this.#sessions.get(sessionKey);
    this.#remove(sessionKey, session);
    return { writes: session?.writes ?? [], isLacking: this.#lacking.has(sessionKey) };
  }

  #evict(now: number): void {
    for (const [sessionKey, session] of this.#sessions) {
      const isOld = now - session.sinceMs >= this.#limits.maxAgeMs;
      if (!isOld && this.#bytes <= this.#limits.maxBytes) return;
      this.#remove(sessionKey, session);
      this.#noteLacking(sessionKey, now);
    }
  }

  #remove(sessionKey: string, session: AsideSession | undefined): void {
    if (this.#sessions.delete(sessionKey)) this.#bytes -= session?.bytes ?? 0;
  }

  #noteLacking(sessionKey: string, now: number): void {
    this.#lacking.add(sessionKey);
    const [oldest] = this.#lacking;
    if (this.#lacking.size <= maxLacking || oldest === undefined) return;
    this.#lacking.delete(oldest);
    this.#knownSince = now;
  }
}

/** Bytes in memory, about: an event is there as it was sent, too. */
function sizeOf(write: Write): number {
  if ('patch' in write) return writeBytes + 2 * JSON.stringify(write.patch).length;
  return 'event' in write ? writeBytes + 4 * charsOf(write.event) : writeBytes;
}

const charsOf = (event: StoredEvent): number =>
  bucketNames.reduce((sum, name) => sum + event[name].length, event.error?.length ?? 0);
