import {
  appendFileSync,
  closeSync,
  fdatasync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { decodeSegment, encodeSettled } from '../segment-codec.ts';
import type { Snapshot } from '../snapshot.ts';

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

  /** The events that are not settled. */
  read(): Snapshot[] {
    const file = readFileSync(this.#path);
    const pending = decodeSegment(file.toString());
    this.live = pending.length;
    this.bytes = file.length;
    return pending;
  }

  /** @returns whether it is written */
  append(lines: Uint8Array): boolean {
    try {
      // Events are nobody else's to read.
      this.#file ??= openSync(this.#path, 'a', 0o600);
      if (this.#isTorn) appendFileSync(this.#file, '\n');
      appendFileSync(this.#file, lines);
      this.#isTorn = false;
      this.bytes += lines.length;
      return true;
    } catch {
      // The disk is full, the folder is gone: delivery goes on without it.
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

  #close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
