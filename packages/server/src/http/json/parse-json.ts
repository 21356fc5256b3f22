import { isUtf8 } from 'node:buffer';
import { systemClock } from '../../clock.ts';
import { Problem } from '../../domain/problem.ts';
import { JsonReader } from './json-reader.ts';
import type { JsonBounds } from './json-reader.ts';
import { isKeepable } from '../keepable.ts';

/** Bodies up to this are parsed at once: whatever is in them takes a few milliseconds. */
const plainBytes = 16 * 1024;

/** What a value takes in memory beside its text: 16 to 56 bytes. */
const valueBytes = 32;

/** Called with the memory that the values need, before it is allocated. */
type Grow = (bytes: number) => void;

/**
 * JSON in UTF-8, within the bounds; large bodies are read in turns of the event loop.
 *
 * @throws {Problem} that says where it is broken, or which limit it exceeds
 */
export async function parseJson(body: Buffer, bounds: JsonBounds, grow: Grow): Promise<unknown> {
  const bytes = withoutMark(body);
  if (bytes.length === 0) throw broken('expected a JSON object, got nothing.');
  if (!isUtf8(bytes)) throw broken('is not valid UTF-8.');
  if (bytes.length <= plainBytes) return parseJsonText(bytes.toString('utf8'), bounds, grow);
  await systemClock.nextTurn();
  return readInTurns(bytes, bounds, grow);
}

const byteOrderMark = Buffer.from('\uFEFF');

/** RFC 8259 §8.1: a parser may ignore a byte order mark, which editors and PowerShell put before what they save. */
const withoutMark = (bytes: Buffer): Buffer =>
  bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark)
    ? bytes.subarray(byteOrderMark.length)
    : bytes;

/** The same, of JSON text that stood in a body. */
export async function parseJsonText(
  text: string,
  bounds: JsonBounds,
  grow: Grow,
): Promise<unknown> {
  if (text.length <= plainBytes) {
    const value = parseText(text);
    if (isKeepable(value, text, bounds)) return value;
  }
  return readInTurns(Buffer.from(text), bounds, grow);
}

async function readInTurns(bytes: Buffer, bounds: JsonBounds, grow: Grow): Promise<unknown> {
  const reader = new JsonReader(bytes, bounds);
  const reading = reader.read();
  let counted = 0;
  for (let step = reading.next(); ; step = reading.next()) {
    grow((reader.valueCount - counted) * valueBytes);
    counted = reader.valueCount;
    if (step.done === true) return step.value;
    await systemClock.nextTurn();
  }
}

function parseText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? `: ${cause.message.slice(0, 200)}` : '.';
    throw broken(`is not JSON${reason}`, cause);
  }
}

const broken = (message: string, cause?: unknown): Problem =>
  new Problem('invalid_json', `body: ${message}`, {
    issues: [{ field: 'body', message }],
    cause,
  });
