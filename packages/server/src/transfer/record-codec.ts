import { crc32 } from 'node:zlib';
import { TransferError } from './transfer-error.ts';
import { readFields, writeFields } from './record-fields.ts';
import type { TransferLine } from './transfer-record.ts';

/** Every line ends with a checksum of all that is before it, so that damage is found before it is stored. */
const ending = /,"crc32":"([0-9a-f]{8})"\}$/;

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** One line of JSON, with its line break. */
export function encodeLine(line: TransferLine): string {
  const text = `{"type":"${line.type}","data":${JSON.stringify(writeFields(line))}`;
  return `${text},"crc32":"${checksum(text)}"}\n`;
}

/**
 * Reads a line without its line break.
 *
 * @throws {TransferError} naming the line and what is wrong with it
 */
export function decodeLine(text: string, number: number): TransferLine {
  const end = ending.exec(text);
  if (!end) throw new TransferError('it is not a line of an export, or it is truncated', number);
  if (checksum(text.slice(0, end.index)) !== end[1])
    throw new TransferError('it is damaged: its checksum is another', number);
  try {
    const { type, data } = JSON.parse(text) as { type: unknown; data: unknown };
    const line = readFields(String(type), data);
    if (line) return line;
    throw new TypeError(`records of the type ${JSON.stringify(type)} are not known`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TransferError(reason, number, { cause });
  }
}
