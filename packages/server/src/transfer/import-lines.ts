import { RecordConflict } from '../domain/record-conflict.ts';
import type { MetadataRecord, RecordStore } from '../metadata-codecs.ts';
import { EventImport, maxBatchEvents } from './event-import.ts';
import type { ImportStore } from './event-import.ts';
import type { TextLine } from './line-reader.ts';
import { createRecordMapping, takeAll } from './project-choice.ts';
import type { ProjectChoice, RecordMapping } from './project-choice.ts';
import { decodeLine } from './record-codec.ts';
import { TransferError } from './transfer-error.ts';
import { noRecords } from './transfer-record.ts';
import type {
  ExportHeader,
  RecordCounts,
  TransferLine,
  TransferRecord,
} from './transfer-record.ts';

/** Where an import goes. Nobody else may write events there meanwhile. */
export interface ImportTarget {
  readonly events: ImportStore;
  readonly metadata: Pick<RecordStore, 'writeRecord'>;
  readonly onProgress: (read: RecordCounts) => void;
  /** Default: everything, as it is. */
  readonly choice?: ProjectChoice | null;
}

/** What an import did. */
export interface ImportSummary {
  readonly header: ExportHeader;
  /** Records that did not exist before, or only at an earlier version. */
  readonly stored: RecordCounts;
  /** Records that were there already. */
  readonly known: RecordCounts;
  /** Events that were left out: another event of the project has their id. */
  readonly conflicts: number;
  /** Ids of the first ten of them. */
  readonly conflictIds: readonly string[];
}

/**
 * Imports records into the stores, with their ids and versions; existing records are not changed. Interrupted at any
 * point, it resumes when run again.
 *
 * @throws {TransferError} naming the line that is wrong; what came before it is stored
 */
export async function importLines(
  lines: AsyncIterable<TextLine>,
  target: ImportTarget,
): Promise<ImportSummary> {
  const work = new ImportWork(target);
  for await (const { number, text } of lines) await work.take(decodeLine(text, number), number);
  return work.finish();
}

type Counts = Record<TransferRecord['type'], number>;

/** An update that waits for its event, and where it stands. */
interface PatchLine {
  readonly record: MetadataRecord<'patch'>;
  readonly number: number;
}

class ImportWork {
  readonly #target: ImportTarget;
  readonly #events: EventImport;
  readonly #mapping: RecordMapping;
  readonly #read: Counts = { ...noRecords };
  readonly #stored: Counts = { ...noRecords };
  readonly #known: Counts = { ...noRecords };
  #header: ExportHeader | null = null;
  #patches: PatchLine[] = [];
  #lastLine = 0;
  #isEnded = false;

  constructor(target: ImportTarget) {
    this.#target = target;
    this.#events = new EventImport(target.events);
    this.#mapping = target.choice ? createRecordMapping(target.choice) : takeAll;
  }

  async take(line: TransferLine, number: number): Promise<void> {
    this.#lastLine = number;
    if (this.#isEnded) throw new TransferError('there is more after the end', number);
    if ((line.type === 'header') !== (number === 1))
      throw new TransferError('the header has to be the first line, and only that', number);
    if (line.type === 'header') {
      this.#header = line.header;
      this.#mapping.start(line.header);
    } else if (line.type === 'end') await this.#end(line.counts, number);
    else await this.#takeRecord(line, number);
  }

  async finish(): Promise<ImportSummary> {
    if (this.#header === null) throw new TransferError('the file is empty');
    if (!this.#isEnded)
      throw new TransferError('the file is not whole: its end is missing', this.#lastLine + 1);
    this.#mapping.finish();
    await this.#events.settleUse();
    await this.#events.verify();
    const { stored, known, conflicts, conflictIds } = this.#events.tally();
    return {
      header: this.#header,
      stored: { ...this.#stored, event: stored },
      known: { ...this.#known, event: known },
      conflicts,
      conflictIds,
    };
  }

  async #takeRecord(found: TransferRecord, number: number): Promise<void> {
    this.#read[found.type] += 1;
    const record = this.#mapping.map(found);
    if (record === null) return;
    if (record.type === 'patch') {
      this.#patches.push({ record, number });
      if (this.#patches.length >= maxBatchEvents) await this.#flushPatches();
      return;
    }
    if (record.type !== 'event') return this.#writeRecord(record, number);
    const { projectId } = record.event;
    if (!this.#events.hasProject(projectId))
      throw new TransferError(`project ${projectId} of the event is not in the file`, number);
    if (await this.#events.add(record.event)) this.#target.onProgress(this.#read);
  }

  /** An update that was applied since it was held would wait for an event that has come. */
  async #flushPatches(): Promise<void> {
    const patches = this.#patches;
    this.#patches = [];
    const there = await this.#events.findThere(patches.map(({ record }) => record.record.eventId));
    for (const { record, number } of patches) {
      if (there.has(record.record.eventId)) this.#known.patch += 1;
      else await this.#writeRecord(record, number);
    }
  }

  async #writeRecord(record: MetadataRecord, number: number): Promise<void> {
    try {
      const result = await this.#target.metadata.writeRecord(record);
      if (record.type === 'project')
        await this.#events.addProject(record.record.id, result === 'stored');
      (result === 'stored' ? this.#stored : this.#known)[record.type] += 1;
    } catch (cause) {
      if (!(cause instanceof RecordConflict)) throw cause;
      throw new TransferError(cause.message, number, {
        cause,
        ...(record.type === 'project' ? { code: 'name_taken' } : {}),
      });
    }
  }

  async #end(counts: RecordCounts, number: number): Promise<void> {
    await this.#flushPatches();
    await this.#events.flush();
    for (const [type, count] of Object.entries(this.#read)) {
      const promised = new Map(Object.entries(counts)).get(type);
      if (count === promised) continue;
      throw new TransferError(
        `the file should hold ${promised} records of the type ${type}, and holds ${count}`,
        number,
      );
    }
    this.#isEnded = true;
  }
}
