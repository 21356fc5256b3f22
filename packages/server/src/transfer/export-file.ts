import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exportLines } from './export-lines.ts';
import type { ExportPosition, ExportSource } from './export-lines.ts';
import { readState, statePath, writeState } from './export-state.ts';
import type { ExportState } from './export-state.ts';
import { packingOf } from './packing.ts';
import type { Packing } from './packing.ts';
import { encodeLine } from './record-codec.ts';
import { formatVersion } from './record-fields.ts';
import { TransferError } from './transfer-error.ts';
import type { RecordCounts } from './transfer-record.ts';

/** Characters that are compressed and synced together; an interrupted export resumes after the last chunk. */
const pieceChars = 4 * 1024 ** 2;

/** Why an earlier attempt is not gone on with. */
export type RestartReason =
  /** It was an export of something else, or by another version. */
  | 'other'
  /** The data are not what they were. */
  | 'changed'
  /** Its file is shorter than it was, or gone. */
  | 'damaged';

/** How an export begins. */
export type ExportStart =
  | { readonly kind: 'new' }
  | { readonly kind: 'restart'; readonly reason: RestartReason }
  /** Continues with an earlier attempt, which wrote so much. */
  | { readonly kind: 'continued'; readonly counts: RecordCounts };

export interface ExportFileOptions {
  /**
   * Whether what an earlier attempt wrote is left alone; else the export continues with it when it can. @default false
   */
  readonly restarts?: boolean;
  /** Called before anything is written, with how it starts and the number of events, including deleted ones. */
  readonly onStart?: (start: ExportStart, eventCount: number) => void;
}

/**
 * Writes an export to a file that gets its name only when it is complete and synced. Interrupted at any point, it
 * resumes when run again, if the data have not changed; the file is then identical.
 *
 * @returns how many records of each kind are in the file
 * @throws {TransferError} the file exists, its name is of another kind, or the store is damaged
 */
export async function writeExport(
  path: string,
  source: ExportSource,
  { restarts = false, onStart = () => undefined }: ExportFileOptions = {},
): Promise<RecordCounts> {
  const packing = packingOf(path);
  if (await isThere(path)) throw new TransferError(`${path} exists already: choose another name`);
  const partial = `${path}.partial`;
  const state = statePath(partial);
  const { fingerprint, eventCount } = await readFingerprint(source);
  const identity = { subject: subjectOf(source), fingerprint };
  const found = restarts ? null : await readState(state);
  const reason = found && reasonToBeginAnew(found, { ...identity, size: await sizeOf(partial) });
  const from = reason === null ? found : null;
  onStart(toStart(from, reason), eventCount);
  if (from === null) await rm(state, { force: true });
  const counts = await writePartial(partial, from, ({ file, bytes }) =>
    writePieces(source, from?.position ?? null, {
      pieces: new PieceWriter(file, packing, bytes),
      keep: (position, end) => writeState(state, { ...identity, bytes: end, position }),
    }),
  );
  await rename(partial, path);
  await syncFolder(dirname(path));
  await rm(state, { force: true });
  return counts;
}

/** Opens what an earlier attempt left behind, cut to what is whole of it, or an empty file. */
async function writePartial<Result>(
  path: string,
  from: ExportState | null,
  write: (opened: { readonly file: FileHandle; readonly bytes: number }) => Promise<Result>,
): Promise<Result> {
  const bytes = from?.bytes ?? 0;
  const file = await open(path, from ? 'r+' : 'w', 0o600);
  try {
    await file.truncate(bytes);
    return await write({ file, bytes });
  } finally {
    await file.close();
  }
}

/** What a file has to be an export of, for another attempt to continue with it. */
const subjectOf = ({ project, writtenBy }: ExportSource): string =>
  JSON.stringify([formatVersion, writtenBy, project?.id ?? null]);

/** Of everything that is exported. */
async function readFingerprint({
  events,
  metadata,
  project,
}: ExportSource): Promise<{ readonly fingerprint: string; readonly eventCount: number }> {
  const hash = createHash('sha256');
  const projectIds: string[] = [];
  for await (const record of metadata.readRecords(project?.id ?? null)) {
    if (record.type === 'project') projectIds.push(record.record.id);
    hash.update(encodeLine(record));
  }
  const ofEvents = await events.readFingerprint(projectIds);
  hash.update(JSON.stringify(ofEvents));
  return { fingerprint: hash.digest('hex'), eventCount: ofEvents.count };
}

function reasonToBeginAnew(
  state: ExportState,
  now: { readonly subject: string; readonly fingerprint: string; readonly size: number },
): RestartReason | null {
  if (state.subject !== now.subject) return 'other';
  if (state.fingerprint !== now.fingerprint) return 'changed';
  return now.size < state.bytes ? 'damaged' : null;
}

function toStart(from: ExportState | null, reason: RestartReason | null): ExportStart {
  if (from) return { kind: 'continued', counts: from.position.counts };
  return reason === null ? { kind: 'new' } : { kind: 'restart', reason };
}

interface Writing {
  readonly pieces: PieceWriter;
  readonly keep: (position: ExportPosition, bytes: number) => Promise<void>;
}

async function writePieces(
  source: ExportSource,
  from: ExportPosition | null,
  { pieces, keep }: Writing,
): Promise<RecordCounts> {
  const lines = exportLines(source, from);
  for (;;) {
    const next = await lines.next();
    if (next.done === true) {
      await pieces.flush();
      return next.value;
    }
    const { text, position } = next.value;
    if (pieces.add(text)) {
      const bytes = await pieces.flush();
      if (position) await keep(position, bytes);
    }
  }
}

/** Packs lines piece by piece; each piece is on the disk when it is written. */
class PieceWriter {
  readonly #file: FileHandle;
  readonly #packing: Packing;
  #bytes: number;
  #lines: string[] = [];
  #chars = 0;

  /** @param bytes where the next piece goes */
  constructor(file: FileHandle, packing: Packing, bytes: number) {
    this.#file = file;
    this.#packing = packing;
    this.#bytes = bytes;
  }

  /** @returns whether there is enough for a piece */
  add(line: string): boolean {
    this.#lines.push(line);
    this.#chars += line.length;
    return this.#chars >= pieceChars;
  }

  /** Writes what was added. @returns the bytes of the file */
  async flush(): Promise<number> {
    if (this.#chars > 0) {
      const packed = await this.#packing.pack(Buffer.from(this.#lines.join('')));
      this.#lines = [];
      this.#chars = 0;
      for (let start = 0; start < packed.length;) {
        const { bytesWritten } = await this.#file.write(packed, start, undefined, this.#bytes);
        start += bytesWritten;
        this.#bytes += bytesWritten;
      }
    }
    await this.#file.datasync();
    return this.#bytes;
  }
}

/** The name of a file is in its folder, which is brought to the disk on its own. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path, constants.F_OK).then(
    () => true,
    () => false,
  );

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    // Not there.
    () => 0,
  );
