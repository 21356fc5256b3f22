import type { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { Problem } from '../domain/problem.ts';

/** A message as it is read out of protobuf: in the form that its JSON has. */
export type RawMessage = Record<string, unknown>;

/** What reading one request may cost, whatever it says. */
export interface ReadBudget {
  /** Messages that may still be read. */
  messagesLeft: number;
}

/** How far the reading of a message has come; one object for all messages inside it, of which there may be many. */
interface Reading {
  readonly budget: ReadBudget;
  /** Messages that may still nest. */
  depthLeft: number;
}

type ReadValue = (reader: BinaryReader, reading: Reading) => unknown;

/** One field of a message. */
export interface Field {
  readonly name: string;
  readonly wireType: WireType;
  readonly read: ReadValue;
  readonly isList: boolean;
}

/** The fields of a message, by number. A function, since messages may hold themselves. */
export type MessageTable = () => ReadonlyMap<number, Field>;

export const field = (name: string, wireType: WireType, read: ReadValue): Field => ({
  name,
  wireType,
  read,
  isList: false,
});

export const list = (one: Field): Field => ({ ...one, isList: true });

/** More nested than this is no request that means anything; each level of a value takes two. */
const maxDepth = 220;

/** @throws {Problem} `too_large` when the bytes hold more messages than the budget allows */
export const readRoot = (reader: BinaryReader, table: MessageTable, budget: ReadBudget) => {
  const reading = { budget, depthLeft: maxDepth };
  spend(reading);
  return readFields(reader, reader.len, { table, reading });
};

/** A message inside another, with its length before it. */
export function nested(table: MessageTable): ReadValue {
  return (reader, reading) => {
    const length = reader.uint32();
    const end = reader.pos + length;
    if (end > reader.len) throw new RangeError('a message is longer than what holds it');
    spend(reading);
    // A value of two bytes may come 200,000 times in a span.
    if (length === 0) return {};
    reading.depthLeft -= 1;
    const message = readFields(reader, end, { table, reading });
    reading.depthLeft += 1;
    return message;
  };
}

/** A message that is only found, and read later: a request may hold more of them than should be read at once. */
export class UnreadMessage {
  readonly bytes: Uint8Array;
  readonly table: MessageTable;

  constructor(bytes: Uint8Array, table: MessageTable) {
    this.bytes = bytes;
    this.table = table;
  }
}

/** The same, to be read later with {@link readRoot}. */
export const unread =
  (table: MessageTable): ReadValue =>
  (reader, reading) => {
    spend(reading);
    return new UnreadMessage(reader.bytes(), table);
  };

interface Inside {
  readonly table: MessageTable;
  readonly reading: Reading;
}

function readFields(reader: BinaryReader, end: number, { table, reading }: Inside): RawMessage {
  const fields = table();
  const message: RawMessage = {};
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const known = fields.get(number);
    if (known?.wireType === wireType) put(message, known, known.read(reader, reading));
    // What we do not know is of a later version of the protocol, which has to be read past.
    else reader.skip(wireType, number);
  }
  if (reader.pos !== end) throw new RangeError('a field is longer than the message that holds it');
  return message;
}

function spend({ budget, depthLeft }: Reading): void {
  if (depthLeft === 0) throw new RangeError(`messages nest deeper than ${maxDepth} levels`);
  budget.messagesLeft -= 1;
  if (budget.messagesLeft >= 0) return;
  const message = 'more attributes and values than one request may hold. Send it in several.';
  throw new Problem('too_large', `body: ${message}`, { issues: [{ field: 'body', message }] });
}

function put(message: RawMessage, { name, isList }: Field, value: unknown): void {
  if (!isList) {
    message[name] = value;
    return;
  }
  const known = message[name];
  if (Array.isArray(known)) known.push(value);
  else message[name] = [value];
}
