import { Fields } from '../domain/fields.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { recordCodecs, recordTypes } from '../metadata-codecs.ts';
import type { MetadataRecord, RecordsByType, RecordType } from '../metadata-codecs.ts';
import { fromEvent, toEvent } from '../domain/event-line.ts';
import { noRecords } from './transfer-record.ts';
import type {
  ExportHeader,
  RecordCounts,
  TransferLine,
  TransferRecord,
} from './transfer-record.ts';

/** What names the format in the first line. */
const formatName = 'honeyhive-export';
/** Raised when a file of the new form would be misread by older versions. */
export const formatVersion = 1;

interface LineCodec<Value> {
  toLine(record: Value): JsonObject;
  fromLine(fields: Fields): Value;
}

const codecs: { readonly [Type in RecordType]: LineCodec<RecordsByType[Type]> } = recordCodecs;

/** The fields of a line. */
export function writeFields(line: TransferLine): JsonObject {
  switch (line.type) {
    case 'header':
      return writeHeader(line.header);
    case 'event':
      return fromEvent(line.event);
    case 'end':
      return { counts: line.counts };
    default:
      return writeRecord(line);
  }
}

/**
 * The line of a kind; null for a kind that does not exist.
 *
 * @throws {TypeError} naming the field that is wrong
 */
export function readFields(type: string, data: unknown): TransferLine | null {
  const known = recordTypes.find((one) => one === type);
  if (known) return readRecord(known, new Fields(data));
  switch (type) {
    case 'header':
      return { type, header: readHeader(new Fields(data)) };
    case 'event':
      return { type, event: toEvent(new Fields(data)) };
    case 'end':
      return { type, counts: readCounts(new Fields(new Fields(data).object('counts'))) };
    default:
      return null;
  }
}

function writeRecord<Type extends RecordType>({ type, record }: MetadataRecord<Type>): JsonObject {
  const codec: LineCodec<RecordsByType[Type]> = codecs[type];
  return codec.toLine(record);
}

function readRecord<Type extends RecordType>(type: Type, fields: Fields): MetadataRecord<Type> {
  const codec: LineCodec<RecordsByType[Type]> = codecs[type];
  return { type, record: codec.fromLine(fields) };
}

const writeHeader = ({ scope, writtenBy, createdAt }: ExportHeader): JsonObject => ({
  format: formatName,
  version: formatVersion,
  scope,
  written_by: writtenBy,
  created_at: createdAt,
});

function readHeader(fields: Fields): ExportHeader {
  fields.choice('format', [formatName]);
  const version = fields.integer('version');
  if (version !== formatVersion) {
    throw new TypeError(
      `the file has version ${version} of the format, this honeyhive reads version ${formatVersion}: import it with the honeyhive that wrote it, or a newer one`,
    );
  }
  return {
    scope: fields.choice('scope', ['installation', 'project']),
    writtenBy: fields.text('written_by'),
    createdAt: fields.integer('created_at'),
  };
}

/** Kinds of records that earlier versions did not write, and did not count. */
const addedTypes: ReadonlySet<TransferRecord['type']> = new Set(['view', 'alert']);

export function readCounts(fields: Fields): RecordCounts {
  const counts = { ...noRecords };
  for (const type of [...recordTypes, 'event'] as const)
    if (fields.has(type) || !addedTypes.has(type)) counts[type] = fields.integer(type);
  return counts;
}
