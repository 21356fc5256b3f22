import { Zstd } from '@hpcc-js/wasm-zstd';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

const zstd = await Zstd.load();

/** How bodies are packed, by the name that `content-encoding` has for it. */
export const packers: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  identity: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes, { level: 9 }),
  'x-gzip': (bytes) => gzipSync(bytes, { level: 1 }),
  deflate: (bytes) => deflateSync(bytes),
  'deflate, raw': (bytes) => deflateRawSync(bytes),
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } }),
  zstd: (bytes) => Buffer.from(zstd.compress(bytes)),
};

/** A body that is small to send and costly to read, or as costly as one may be. */
export interface Bomb {
  readonly name: string;
  readonly route: string;
  readonly type: string;
  /** @param size about so many bytes */
  readonly make: (size: number) => Buffer;
}

const fill = (head: string, unit: string, tail: string) => (size: number) =>
  Buffer.from(head + unit.repeat(Math.floor(size / unit.length)) + tail);

const keys = (count: number, prefix: string) =>
  Array.from({ length: count }, (_each, index) => `"${prefix}${index.toString(36)}":0`).join(',');

/** Objects with as many keys as one may have. */
const fullObjects = (count: number) =>
  Array.from({ length: count }, (_each, index) => `{${keys(9_990, `${index}_`)}}`).join(',');

const json = (name: string, route: string, make: Bomb['make']): Bomb => ({
  name,
  route,
  type: 'application/json',
  make,
});
const inputs = '{"event":{"event_type":"tool","inputs":{"a":';

/** Attributes of OTLP as JSON, in one span. */
const span =
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0123456789abcdef0123456789abcdef","spanId":"0123456789abcdef","name":"n","attributes":[';
const spanEnd = ']}]}]}]}';

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
const message = (field: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(content.length)]), content]);
/** A request of OTLP with one span with these attributes. */
const exported = (attributes: Buffer): Buffer =>
  message(
    1,
    message(
      2,
      message(
        2,
        Buffer.concat([
          message(1, Buffer.alloc(16, 1)),
          message(2, Buffer.alloc(8, 1)),
          message(5, Buffer.from('n')),
          attributes,
        ]),
      ),
    ),
  );
const repeat = (bytes: Buffer, size: number): Buffer =>
  Buffer.alloc(Math.floor(size / bytes.length) * bytes.length, bytes);
const protobuf = (name: string, make: Bomb['make']): Bomb => ({
  name,
  route: 'POST /v1/traces',
  type: 'application/x-protobuf',
  make,
});
const attribute = (value: Buffer) =>
  message(9, Buffer.concat([message(1, Buffer.from('gen_ai.prompt')), message(2, value)]));

/** For operations that need a key. */
export const bombs: readonly Bomb[] = [
  json('a batch of empty objects', 'POST /events/batch', fill('{"events":[', '{},', '{}]}')),
  json('a batch of lists', 'POST /v1/events/batch', fill('{"events":[', '[[],[]],', '0]}')),
  json('a batch of many values in each event', 'POST /events/batch', (size) =>
    fill(
      '{"events":[',
      `{"event_type":"tool","inputs":{"a":[${'{},'.repeat(9_999)}0]}},`,
      '0]}',
    )(Math.min(size, 5_900_000)),
  ),
  json('an event of empty objects', 'POST /events', fill(`${inputs}[`, '{},', '{}]}}}')),
  json('an event of as many objects as it may hold', 'POST /events', () =>
    fill(`${inputs}[`, '{},', '{}]}}}')(3 * 199_900),
  ),
  json('an event with as many keys as it may have', 'POST /events', () =>
    Buffer.from(`${inputs}[${fullObjects(19)}]}}}`),
  ),
  json('an event with as many unknown keys as it may have', 'POST /events', () =>
    Buffer.from(`{"event":{"event_type":"tool",${keys(9_990, 'k')}}}`),
  ),
  json('an event of numbers', 'POST /events', fill(`${inputs}[`, '0,', '0]}}}')),
  json('an event of digits', 'POST /events', fill(inputs, '1', '}}}')),
  json('an event of white space', 'POST /events', fill(`${inputs}1`, ' ', '}}}')),
  json('an event of text', 'POST /events', fill(`${inputs}"`, 'x', '"}}}')),
  json('an event of escapes', 'POST /events', fill(`${inputs}"`, String.raw`\u0001\\`, '"}}}')),
  json('an event of line ends', 'POST /events', fill(`${inputs}"`, String.raw`\n\t`, '"}}}')),
  json('an event of other alphabets', 'POST /events', fill(`${inputs}"`, '漢字😀', '"}}}')),
  json('children without number', 'POST /events', () =>
    fill('{"event":{"event_type":"tool","children_ids":[', '1,', '1]}}')(2 * 199_900),
  ),
  json('an abyss', 'POST /events', (size) =>
    Buffer.from(`${inputs}${'['.repeat(size / 2)}${']'.repeat(size / 2)}}}}`),
  ),
  json('an abyss of objects', 'POST /events/batch', (size) =>
    Buffer.from(`{"events":[${'{"a":'.repeat(size / 6)}1${'}'.repeat(size / 6)}]}`),
  ),
  json('a key for everything', 'POST /events', (size) =>
    Buffer.from(`{"event":{"event_type":"tool","inputs":{${keys(size / 10, 'k')}}}}`),
  ),
  json('JSON in text', 'POST /events', fill('{"event":"{\\"inputs\\":{\\"a\\":[', '{},', '0]}}"}')),
  json(
    'a change of many values',
    'PUT /events',
    fill('{"event_id":"x","metadata":{"a":[', '[],', '0]}}'),
  ),
  json('a query of many values', 'POST /v1/explore/rows', fill('{"filters":[', '{},', '0]}')),
  json('a key of many values', 'POST /v1/keys', fill('{"name":[', '{},', '0]}')),
  json('a project of many values', 'POST /projects', fill('{"project":{"name":[', '0,', '0]}}')),
  json('ids without number', 'POST /v1/explore/delete', fill('{"ids":[', '0,', '0]}')),
  json(
    'spans of nothing',
    'POST /v1/traces',
    fill('{"resourceSpans":[{"scopeSpans":[{"spans":[', '{},', '0]}]}]}'),
  ),
  json('a resource that counts for each of its spans', 'POST /v1/traces', (size) =>
    fill(
      `{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"stringValue":"${'x'.repeat(size / 4)}"}}]},"scopeSpans":[{"spans":[`,
      '{"traceId":"0123456789abcdef0123456789abcdef","spanId":"0123456789abcdef","name":"n"},',
      '0]}]}]}',
    )(800_000),
  ),
  json('resources of nothing', 'POST /v1/traces', fill('{"resourceSpans":[', '{},', '0]}')),
  json(
    'a span of values',
    'POST /v1/traces',
    fill(`${span}{"key":"a","value":{"arrayValue":{"values":[`, '{},', `0]}}}${spanEnd}`),
  ),
  json(
    'a span of attributes',
    'POST /v1/traces',
    fill(span, '{"key":"a","value":{"intValue":1}},', `0${spanEnd}`),
  ),
  json(
    'a span of JSON in text',
    'POST /v1/traces',
    fill(`${span}{"key":"gen_ai.prompt","value":{"stringValue":"[`, '{},', `0]"}}${spanEnd}`),
  ),
  protobuf('messages of nothing', (size) => repeat(Buffer.from([0x0a, 0x00]), size)),
  protobuf('spans of nothing', (size) =>
    message(1, message(2, repeat(Buffer.from([0x12, 0x00]), size))),
  ),
  protobuf('a span of values', (size) =>
    exported(attribute(message(5, repeat(Buffer.from([0x0a, 0x00]), size)))),
  ),
  protobuf('a span of as many values as it may hold', () =>
    exported(attribute(message(5, repeat(Buffer.from([0x0a, 0x00]), 2 * 199_000)))),
  ),
  protobuf('a span of as many texts as it may hold', () =>
    exported(attribute(message(5, repeat(message(1, message(1, Buffer.from('x'))), 5 * 199_000)))),
  ),
  protobuf('a span of attributes', (size) => exported(repeat(Buffer.from([0x4a, 0x00]), size))),
  protobuf('a span of JSON in text', (size) =>
    exported(attribute(message(1, Buffer.from(`[${'{},'.repeat(size / 3)}0]`)))),
  ),
  protobuf('a span of zeros', (size) => exported(attribute(message(7, Buffer.alloc(size))))),
];

/** For operations that need none. */
export const keylessBombs: readonly Bomb[] = [
  json('objects', 'POST /ui/session', fill('{"api_key":[', '{},', '{}]}')),
  json('an abyss', 'POST /ui/session/code', (size) =>
    Buffer.from(`{"code":${'['.repeat(size / 2)}${']'.repeat(size / 2)}}`),
  ),
  json('keys', 'POST /ui/session', (size) => Buffer.from(`{${keys(size / 10, 'k')}}`)),
  json('text', 'POST /ui/session/code', fill('{"code":"', 'x', '"}')),
];
