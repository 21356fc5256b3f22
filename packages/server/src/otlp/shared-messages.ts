import { WireType } from '@bufbuild/protobuf/wire';
import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { field, list, nested, unread } from './message-table.ts';
import type { Field, MessageTable } from './message-table.ts';

/**
 * Fields and messages that all signals of OTLP have, as tables. Names are those of the JSON form, ids become hex as
 * there.
 * Source: opentelemetry-proto, `common/v1/common.proto`, `resource/v1/resource.proto`.
 */

const { Varint, Bit64, Bit32, LengthDelimited } = WireType;

export const toBuffer = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, length);

export const text = (name: string): Field =>
  field(name, LengthDelimited, (reader) => reader.string());
export const hex = (name: string): Field =>
  field(name, LengthDelimited, (reader) => toBuffer(reader.bytes()).toString('hex'));
const base64 = (name: string): Field =>
  field(name, LengthDelimited, (reader) => toBuffer(reader.bytes()).toString('base64'));
const flag = (name: string): Field => field(name, Varint, (reader) => reader.bool());
export const count = (name: string): Field => field(name, Varint, (reader) => reader.uint32());
export const word = (name: string): Field => field(name, Varint, (reader) => reader.int32());
export const bits = (name: string): Field => field(name, Bit32, (reader) => reader.fixed32());
const double = (name: string): Field => field(name, Bit64, (reader) => reader.double());
const long = (name: string): Field => field(name, Varint, (reader) => reader.int64());
/** Nanoseconds: as a number they are exact to less than a microsecond. */
export const nanoseconds = (name: string): Field => field(name, Bit64, readFixed64);
export const message = (name: string, table: MessageTable): Field =>
  field(name, LengthDelimited, nested(table));

const readFixed64 = (reader: BinaryReader): number => {
  const low = reader.fixed32();
  return reader.fixed32() * 2 ** 32 + low;
};

export const table = (fields: () => Readonly<Record<number, Field>>): MessageTable => {
  let byNumber: ReadonlyMap<number, Field> | null = null;
  return () =>
    (byNumber ??= new Map(
      Object.entries(fields()).map(([number, each]) => [Number(number), each]),
    ));
};

const keyValue = table(() => ({ 1: text('key'), 2: message('value', anyValue) }));
const arrayValue = table(() => ({ 1: list(message('values', anyValue)) }));
const keyValueList = table(() => ({ 1: list(message('values', keyValue)) }));
export const anyValue: MessageTable = table(() => ({
  1: text('stringValue'),
  2: flag('boolValue'),
  3: long('intValue'),
  4: double('doubleValue'),
  5: message('arrayValue', arrayValue),
  6: message('kvlistValue', keyValueList),
  7: base64('bytesValue'),
}));

export const attributes = list(message('attributes', keyValue));
export const droppedAttributes = count('droppedAttributesCount');

const resource = table(() => ({ 1: attributes, 2: droppedAttributes }));
const scope = table(() => ({
  1: text('name'),
  2: text('version'),
  3: attributes,
  4: droppedAttributes,
}));

/**
 * The message of an export: items by scope, and those by resource. An item is parsed later, when it is asked for.
 *
 * @param names of the three lists, the outermost first
 */
export function exportOf(
  [resources, scopes, items]: readonly [string, string, string],
  item: MessageTable,
): MessageTable {
  const ofScope = table(() => ({
    1: message('scope', scope),
    2: list(field(items, LengthDelimited, unread(item))),
    3: text('schemaUrl'),
  }));
  const ofResource = table(() => ({
    1: message('resource', resource),
    2: list(message(scopes, ofScope)),
    3: text('schemaUrl'),
  }));
  return table(() => ({ 1: list(message(resources, ofResource)) }));
}
