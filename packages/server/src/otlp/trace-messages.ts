import { WireType } from '@bufbuild/protobuf/wire';
import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { field, list, nested, unread } from './message-table.ts';
import type { Field, MessageTable } from './message-table.ts';

/**
 * The messages of a trace export, as tables. Names are those of the JSON form, ids become hex as there.
 * Source: opentelemetry-proto, `trace/v1/trace.proto`, `common/v1/common.proto`, `resource/v1/resource.proto`.
 */

const { Varint, Bit64, Bit32, LengthDelimited } = WireType;

const toBuffer = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, length);

const text = (name: string): Field =>
  field(name, LengthDelimited, (reader) => toBuffer(reader.bytes()).toString('utf8'));
const hex = (name: string): Field =>
  field(name, LengthDelimited, (reader) => toBuffer(reader.bytes()).toString('hex'));
const base64 = (name: string): Field =>
  field(name, LengthDelimited, (reader) => toBuffer(reader.bytes()).toString('base64'));
const flag = (name: string): Field => field(name, Varint, (reader) => reader.bool());
const count = (name: string): Field => field(name, Varint, (reader) => reader.uint32());
const word = (name: string): Field => field(name, Varint, (reader) => reader.int32());
const bits = (name: string): Field => field(name, Bit32, (reader) => reader.fixed32());
const double = (name: string): Field => field(name, Bit64, (reader) => reader.double());
const long = (name: string): Field => field(name, Varint, (reader) => reader.int64());
/** Nanoseconds: as a number they are exact to less than a microsecond. */
const nanoseconds = (name: string): Field => field(name, Bit64, readFixed64);
const message = (name: string, table: MessageTable): Field =>
  field(name, LengthDelimited, nested(table));

const readFixed64 = (reader: BinaryReader): number => {
  const low = reader.fixed32();
  return reader.fixed32() * 2 ** 32 + low;
};

const table = (fields: () => Readonly<Record<number, Field>>): MessageTable => {
  let byNumber: ReadonlyMap<number, Field> | null = null;
  return () =>
    (byNumber ??= new Map(
      Object.entries(fields()).map(([number, each]) => [Number(number), each]),
    ));
};

const keyValue = table(() => ({ 1: text('key'), 2: message('value', anyValue) }));
const arrayValue = table(() => ({ 1: list(message('values', anyValue)) }));
const keyValueList = table(() => ({ 1: list(message('values', keyValue)) }));
const anyValue: MessageTable = table(() => ({
  1: text('stringValue'),
  2: flag('boolValue'),
  3: long('intValue'),
  4: double('doubleValue'),
  5: message('arrayValue', arrayValue),
  6: message('kvlistValue', keyValueList),
  7: base64('bytesValue'),
}));

const attributes = list(message('attributes', keyValue));
const droppedAttributes = count('droppedAttributesCount');

const resource = table(() => ({ 1: attributes, 2: droppedAttributes }));
const scope = table(() => ({
  1: text('name'),
  2: text('version'),
  3: attributes,
  4: droppedAttributes,
}));
const spanEvent = table(() => ({
  1: nanoseconds('timeUnixNano'),
  2: text('name'),
  3: attributes,
  4: droppedAttributes,
}));
const link = table(() => ({
  1: hex('traceId'),
  2: hex('spanId'),
  3: text('traceState'),
  4: attributes,
  5: droppedAttributes,
  6: bits('flags'),
}));
const status = table(() => ({ 2: text('message'), 3: word('code') }));
const span = table(() => ({
  1: hex('traceId'),
  2: hex('spanId'),
  3: text('traceState'),
  4: hex('parentSpanId'),
  5: text('name'),
  6: word('kind'),
  7: nanoseconds('startTimeUnixNano'),
  8: nanoseconds('endTimeUnixNano'),
  9: attributes,
  10: droppedAttributes,
  11: list(message('events', spanEvent)),
  12: count('droppedEventsCount'),
  13: list(message('links', link)),
  14: count('droppedLinksCount'),
  15: message('status', status),
  16: bits('flags'),
}));
const scopeSpans = table(() => ({
  1: message('scope', scope),
  2: list(field('spans', LengthDelimited, unread(span))),
  3: text('schemaUrl'),
}));
const resourceSpans = table(() => ({
  1: message('resource', resource),
  2: list(message('scopeSpans', scopeSpans)),
  3: text('schemaUrl'),
}));

/** `ExportTraceServiceRequest`. */
export const exportRequest = table(() => ({ 1: list(message('resourceSpans', resourceSpans)) }));
