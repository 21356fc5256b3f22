import { accessSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Drop } from '../../errors/drop.ts';
import { HoneyHiveConfigError } from '../../errors/errors.ts';
import type { SpoolConfig } from '../../options/delivery-config.ts';
import type { Entry } from '../entry.ts';
import { encodeEvents } from '../segment-codec.ts';
import type { Spool, SpoolDeps, SpoolTaker } from '../spool.ts';
import { ForeignFileError, checkFolder } from './own-file.ts';
import { parseFileName, toFileName, toOrder } from './segment-name.ts';
import type { SegmentName } from './segment-name.ts';
import { isRunning, nameOwner, nobody } from './segment-owner.ts';
import { Segment } from './segment.ts';

/** A file is begun after this much, so that those before it can be deleted. */
const fullSegmentBytes = 4 * 1024 * 1024;
/** What waits for the end of the turn takes memory. */
const maxWaitingBytes = 256 * 1024;
const syncIntervalMs = 1000;

/** A spool of files in a folder, which several processes may share. */
export class FolderSpool implements Spool {
  readonly #dir: string;
  readonly #maxBytes: number;
  readonly #deps: SpoolDeps;
  readonly #owner = nameOwner();
  readonly #segments = new Map<Segment, SegmentName>();
  readonly #places = new Map<Entry, Segment>();
  readonly #onExit = (): void => this.flush();
  #current: Segment | null = null;
  #begun = 0;
  #waiting: Entry[] = [];
  #waitingBytes = 0;
  #changed = new Set<Segment>();
  #unspooled = 0;
  /** Names of files that others may have written: counted and reported once, and never sent. */
  readonly #refused = new Set<string>();
  #isTurnSet = false;
  #isSyncSet = false;

  /** @throws {HoneyHiveConfigError} when the folder cannot be made or written to, or when others can write to it */
  constructor({ dir, maxBytes }: SpoolConfig, deps: SpoolDeps) {
    this.#dir = resolve(dir);
    this.#maxBytes = maxBytes;
    this.#deps = deps;
    openFolder(this.#dir);
    process.on('exit', this.#onExit);
  }

  get unspooled(): number {
    return this.#unspooled;
  }

  get refusedFiles(): number {
    return this.#refused.size;
  }

  holds(entry: Entry): boolean {
    return this.#places.has(entry);
  }

  append(entry: Entry): void {
    const bytes = entry.bytes + 1;
    if (this.#countBytes() + this.#waitingBytes + bytes > this.#maxBytes) {
      this.#unspooled += 1;
      return;
    }
    this.#waiting.push(entry);
    this.#waitingBytes += bytes;
    if (this.#waitingBytes >= maxWaitingBytes) this.flush();
    else this.#takeTurn();
  }

  settle(entry: Entry, drop: Drop | null): void {
    const segment = this.#places.get(entry);
    if (segment === undefined) return;
    this.#places.delete(entry);
    if (drop?.reason === 'closed') return;
    segment.noteSettled(entry.eventId);
    this.#changed.add(segment);
    this.#takeTurn();
  }

  adopt(taker: SpoolTaker): void {
    for (const name of this.#listOrphans()) {
      const file = toFileName(name);
      if (this.#refused.has(file)) continue;
      try {
        // The others stay where they are until this one is done: they keep their order.
        if (!this.#adoptFile(name, taker)) return;
      } catch (error) {
        // Otherwise another process was faster, or the file cannot be read: it is not ours.
        if (error instanceof ForeignFileError) this.#refuse(file, error.message);
      }
    }
  }

  /** @returns whether there was room for it */
  #adoptFile(name: SegmentName, taker: SpoolTaker): boolean {
    const segment = new Segment(join(this.#dir, toFileName(name)), false);
    if (!taker.hasRoom(segment.measure())) return false;
    const own = { ...name, owner: this.#owner };
    // Of several processes that try, one succeeds.
    segment.rename(join(this.#dir, toFileName(own)));
    this.#segments.set(segment, own);
    for (const event of segment.read()) this.#places.set(taker.take(event), segment);
    if (segment.live === 0) this.#remove(segment);
    return true;
  }

  #refuse(file: string, fault: string): void {
    this.#refused.add(file);
    const path = join(this.#dir, file);
    this.#deps.warn(
      `spool file not sent, because ${fault}: ${path}. Delete it if it is not yours.`,
    );
  }

  flush(): void {
    this.#isTurnSet = false;
    this.#writeWaiting();
    const changed = this.#changed;
    this.#changed = new Set();
    let isAnyGone = false;
    for (const segment of changed) {
      if (segment.live > 0) segment.writeSettled();
      else {
        this.#remove(segment);
        isAnyGone = true;
      }
    }
    if (isAnyGone) this.#deps.onFileGone();
  }

  close(): void {
    this.flush();
    process.off('exit', this.#onExit);
    for (const [segment, name] of this.#segments) {
      try {
        segment.rename(join(this.#dir, toFileName({ ...name, owner: nobody })));
      } catch {
        // Somebody has cleared the folder: there is nothing to give away.
      }
    }
    this.#segments.clear();
  }

  #writeWaiting(): void {
    // Those that are settled already have nothing to survive for.
    const entries = this.#waiting.filter(({ outcome }) => outcome === null);
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (entries.length === 0) return;
    const segment = this.#open();
    if (!segment.append(encodeEvents(entries))) {
      this.#unspooled += entries.length;
      this.#changed.add(segment);
      return;
    }
    segment.live += entries.length;
    for (const entry of entries) this.#places.set(entry, segment);
    this.#planSync();
  }

  /** The file to append to. */
  #open(): Segment {
    if (this.#current !== null && this.#current.bytes < fullSegmentBytes) return this.#current;
    const order = toOrder(this.#deps.now(), ++this.#begun);
    const name = { order, owner: this.#owner, id: this.#deps.newId() };
    this.#current = new Segment(join(this.#dir, toFileName(name)), true);
    this.#segments.set(this.#current, name);
    return this.#current;
  }

  #remove(segment: Segment): void {
    if (this.#current === segment) this.#current = null;
    this.#segments.delete(segment);
    try {
      segment.remove();
    } catch {
      // It stays, and what is in it is sent once more, by the next process: the same events.
    }
  }

  #listOrphans(): SegmentName[] {
    return listFiles(this.#dir)
      .toSorted()
      .map(parseFileName)
      .filter((name) => name !== null)
      .filter(({ owner }) => owner !== this.#owner && !isRunning(owner));
  }

  #countBytes(): number {
    let bytes = 0;
    for (const segment of this.#segments.keys()) bytes += segment.bytes;
    return bytes;
  }

  #takeTurn(): void {
    if (this.#isTurnSet) return;
    this.#isTurnSet = true;
    this.#deps.timers.soon(() => this.flush());
  }

  #planSync(): void {
    if (this.#isSyncSet) return;
    this.#isSyncSet = true;
    this.#deps.timers.after(syncIntervalMs, () => {
      this.#isSyncSet = false;
      for (const segment of this.#segments.keys()) segment.sync();
    });
  }
}

/** @throws {HoneyHiveConfigError} */
function openFolder(dir: string): void {
  const fault = prepareFolder(dir);
  if (fault === null) return;
  throw new HoneyHiveConfigError([fault], 'invalid_options');
}

/** What is wrong with the folder, and what to do about it; null when it can be used. */
function prepareFolder(dir: string): string | null {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const fault = checkFolder(dir);
    if (fault !== null) {
      return `spool.dir must be a folder that nobody else can write to, because what is in it is sent with your key; ${dir}: ${fault}. Run \`chmod 700\` on it, or name a folder within it that does not exist yet`;
    }
    accessSync(dir, constants.R_OK | constants.W_OK);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `spool.dir must be a folder to write to; ${reason}`;
  }
}

function listFiles(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    // Gone since it was opened.
    return [];
  }
}
