import {
  appendFileSync,
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { decodeSegment, encodeSettled } from '../segment-codec.ts';
import type { Snapshot } from '../snapshot.ts';
import { openOwnFile } from './own-file.ts';

const appending = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;

/** One file of a spool: events and what became of them, appended. */
export class Segment {
  /** Events in it that are not settled. */
  live = 0;
  bytes = 0;
  #path: string;
  #settled: string[] = [];
  #file: number | null = null;
  /** Whether the file may end within a line. */
  #isTorn: boolean;

  /** @param isNew false: the file is there, and was written by another process */
  constructor(path: string, isNew: boolean) {
    this.#path = path;
    this.#isTorn = !isNew;
  }

  /**
   * Bytes in the file.
   *
   * @throws {ForeignFileError} when others may have written it
   */
  measure(): number {
    const file = openOwnFile(this.#path, constants.O_RDONLY);
    try {
      return fstatSync(file).size;
    } finally {
      closeSync(file);
    }
  }

  /**
   * The events that are not settled.
   *
   * @throws {ForeignFileError} when others may have written it
   */
  read(): Snapshot[] {
    const file = this.#readAll();
    const pending = decodeSegment(file.toString());
    this.live = pending.length;
    this.bytes = file.length;
    return pending;
  }

  /** @returns whether it is written */
  append(lines: Uint8Array): boolean {
    try {
      this.#file ??= openOwnFile(this.#path, appending);
      if (this.#isTorn) appendFileSync(this.#file, '\n');
      appendFileSync(this.#file, lines);
      this.#isTorn = false;
      this.bytes += lines.length;
      return true;
    } catch {
      // The disk is full, the folder is gone or another's: delivery continues without it.
      this.#isTorn = true;
      return false;
    }
  }

  noteSettled(eventId: string): void {
    this.live -= 1;
    this.#settled.push(eventId);
  }

  /** Write down what is settled; one that cannot be written is sent again, and is the same event. */
  writeSettled(): void {
    if (this.#settled.length > 0) this.append(Buffer.from(encodeSettled(this.#settled)));
    this.#settled = [];
  }

  /** Have the disk itself take what was written. Does not wait. */
  sync(): void {
    if (this.#file !== null) fdatasync(this.#file, () => undefined);
  }

  remove(): void {
    this.#close();
    rmSync(this.#path, { force: true });
  }

  /** @throws when the file is no longer there */
  rename(path: string): void {
    this.#close();
    renameSync(this.#path, path);
    this.#path = path;
  }

  #readAll(): Buffer {
    const file = openOwnFile(this.#path, constants.O_RDONLY);
    try {
      return readFileSync(file);
    } finally {
      closeSync(file);
    }
  }

  #close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
