import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { StoreUnavailable } from '../domain/event-store.ts';
import type { Write } from './write.ts';

/** The writes of a request. */
export interface SpoolRecord {
  readonly writes: readonly Write[];
  /** Size of the request. */
  readonly bytes: number;
}

/** Records of one file. */
export interface SpoolFile {
  readonly name: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly records: number;
  /** When it was written, epoch milliseconds. */
  readonly atMs: number;
}

/** What waits in the spool. */
export interface SpoolStats {
  readonly requests: number;
  readonly bytes: number;
  readonly maxBytes: number;
  /** How long the oldest has waited, milliseconds; 0 when none waits. */
  readonly oldestMs: number;
}

/** A file that is larger is only made for one request that is. */
const maxFileBytes = 8 * 1024 ** 2;
const fileName = /^(\d{12})-(\d+)\.json$/;

interface Pending {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes on the disk that the store has yet to take, in order. Each file is written whole, synced, and has its name
 * only then: after a crash it is there, or nothing of it was acknowledged.
 */
export class WriteSpool {
  readonly #dir: string;
  readonly #maxBytes: number;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #files: SpoolFile[];
  #pending: Pending[] = [];
  #flushing: Promise<void> | null = null;
  #bytes = 0;
  #lastNumber: number;

  private constructor(
    dir: string,
    { maxBytes, clock }: { readonly maxBytes: number; readonly clock: Pick<Clock, 'now'> },
    files: readonly SpoolFile[],
  ) {
    this.#dir = dir;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
    this.#files = [...files];
    this.#bytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#lastNumber = Number(files.at(-1)?.name.slice(0, 12) ?? 0);
  }

  /** Opens the folder, or makes it. One process at a time may have it open. */
  static async open(
    dir: string,
    options: { readonly maxBytes: number; readonly clock: Pick<Clock, 'now'> },
  ): Promise<WriteSpool> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const files: SpoolFile[] = [];
    for (const name of (await readdir(dir)).toSorted()) {
      const records = fileName.exec(name)?.[2];
      const path = join(dir, name);
      // Of a write that was never acknowledged.
      if (name.endsWith('.json.new')) await rm(path);
      if (records === undefined) continue;
      const { size, mtimeMs } = await stat(path);
      files.push({ name, bytes: size, records: Number(records), atMs: mtimeMs });
    }
    return new WriteSpool(dir, options, files);
  }

  /** Whether nothing waits, neither on the disk nor to be written there. */
  get isEmpty(): boolean {
    return this.#files.length === 0 && this.#pending.length === 0 && this.#flushing === null;
  }

  /**
   * Resolves when the record is on the disk.
   *
   * @throws {StoreUnavailable} the spool is full, or cannot be written to
   */
  append(record: SpoolRecord): Promise<void> {
    const text = encode(record);
    const bytes = Buffer.byteLength(text);
    if (this.#bytes + bytes > this.#maxBytes)
      throw new StoreUnavailable(
        `The store is away and the spool is full: ${this.#bytes} of ${this.#maxBytes} bytes wait to be stored.`,
      );
    this.#bytes += bytes;
    return new Promise((resolve, reject) => {
      this.#pending.push({ text, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /**
   * The oldest file, or the one that is being written, with its records, `null` if it is damaged; null when nothing
   * waits.
   */
  async next(): Promise<{
    readonly file: SpoolFile;
    readonly records: SpoolRecord[] | null;
  } | null> {
    if (this.#files.length === 0) await this.#flushing;
    const [file] = this.#files;
    if (file === undefined) return null;
    const text = await readFile(join(this.#dir, file.name), 'utf8');
    try {
      return { file, records: text.trimEnd().split('\n').map(decode) };
    } catch {
      return { file, records: null };
    }
  }

  /** Leaves a damaged file under another name, for people. */
  async setAside(file: SpoolFile): Promise<void> {
    const path = join(this.#dir, file.name);
    await rename(path, `${path}.damaged`);
    this.#forget(file);
  }

  /** The records of the file are stored. */
  async drop(file: SpoolFile): Promise<void> {
    await rm(join(this.#dir, file.name));
    this.#forget(file);
  }

  #forget(file: SpoolFile): void {
    this.#files.splice(this.#files.indexOf(file), 1);
    this.#bytes -= file.bytes;
  }

  stats(): SpoolStats {
    const [oldest] = this.#files;
    return {
      requests: this.#files.reduce((sum, { records }) => sum + records, this.#pending.length),
      bytes: this.#bytes,
      maxBytes: this.#maxBytes,
      oldestMs: oldest === undefined ? 0 : Math.max(0, this.#clock.now() - oldest.atMs),
    };
  }

  /** What arrives while one file is written is in the next. */
  async #flush(): Promise<void> {
    while (this.#pending.length > 0) {
      const group = takeGroup(this.#pending);
      this.#pending = this.#pending.slice(group.length);
      const text = `${group.map((each) => each.text).join('\n')}\n`;
      const size = group.reduce((sum, each) => sum + Buffer.byteLength(each.text), 0);
      try {
        const file = await this.#write(text, group.length);
        this.#bytes += file.bytes - size;
        this.#files.push(file);
        for (const { resolve } of group) resolve();
      } catch (cause) {
        this.#bytes -= size;
        const error = new StoreUnavailable('The store is away, and the spool cannot be written.', {
          cause,
        });
        for (const { reject } of group) reject(error);
      }
    }
    this.#flushing = null;
  }

  async #write(text: string, records: number): Promise<SpoolFile> {
    this.#lastNumber += 1;
    const name = `${String(this.#lastNumber).padStart(12, '0')}-${records}.json`;
    const path = join(this.#dir, name);
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    const folder = await open(this.#dir);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
    return { name, bytes: Buffer.byteLength(text), records, atMs: this.#clock.now() };
  }
}

/** As many as a file may have, one at least. */
function takeGroup(pending: readonly Pending[]): readonly Pending[] {
  let bytes = 0;
  const end = pending.findIndex(({ text }) => {
    bytes += text.length;
    return bytes > maxFileBytes;
  });
  return end === -1 ? pending : pending.slice(0, Math.max(1, end));
}

/** JSON in one line. The time of a client is the only value that JSON has no form for. */
const encode = ({ writes, bytes }: SpoolRecord): string =>
  JSON.stringify({
    bytes,
    writes: writes.map((write) =>
      write.kind === 'patch' && write.clientTimeNs !== null
        ? { ...write, clientTimeNs: String(write.clientTimeNs) }
        : write,
    ),
  });

function decode(line: string): SpoolRecord {
  const { writes, bytes } = JSON.parse(line) as SpoolRecord;
  return {
    bytes,
    writes: writes.map((write) =>
      write.kind === 'patch' && write.clientTimeNs !== null
        ? { ...write, clientTimeNs: BigInt(write.clientTimeNs) }
        : write,
    ),
  };
}
