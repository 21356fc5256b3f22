import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packZstd } from '../../zstd.ts';
import { createBodyBudget } from './body-budget.ts';
import { createBodyWatch, patience } from './body-watch.ts';
import { chooseJson, mediaType, readBody } from './body.ts';

const maxBytes = 100;
const bounds = {
  depth: 10,
  depthMessage: 'at most 10 levels',
  values: 100,
  itemValues: 100,
  itemBytes: 1_000,
  keys: 100,
  isFinite: true,
  items: null,
};

/** A clock whose time passes when the test says so. */
function makeClock() {
  let ms = 0;
  const runs: (() => void)[] = [];
  return {
    monotonicMs: () => ms,
    every(_intervalMs: number, run: () => void) {
      runs.push(run);
      return () => undefined;
    },
    pass(more: number) {
      ms += more;
      for (const run of runs) run();
    },
  };
}

/** Begins to read a body; its parts are pushed into the request, null ends it. */
function begin(headers: Record<string, string> = {}) {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  const budget = createBodyBudget({ maxBytes: 1_000, maxKeyBytes: 1_000 });
  const clock = makeClock();
  const read = readBody(request, {
    maxBytes,
    hold: budget.open(),
    bodyWatch: createBodyWatch(clock),
    patience,
    chooseParse: chooseJson(bounds),
  });
  return { request, clock, budget, read };
}

/** Reads a body that comes in those parts. */
function readParts(parts: readonly Buffer[], headers?: Record<string, string>) {
  const begun = begin(headers);
  for (const part of parts) begun.request.push(part);
  begun.request.push(null);
  return begun;
}

const text = Buffer.from('{"name":"tool"}');

test('a body is the value of its JSON, with its size, and is held', async () => {
  const { read, budget } = readParts([text.subarray(0, 5), text.subarray(5)]);

  expect(await read).toEqual({ value: { name: 'tool' }, bytes: text.length });
  expect(budget.stats().bytes).toBeGreaterThanOrEqual(text.length);
});

test.each([
  ['gzip', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['br', brotliCompressSync(text)],
  ['zstd', await packZstd(text)],
  [' GZIP ', gzipSync(text)],
  ['identity', text],
])('a body packed with %j counts as large as it was before', async (encoding, packed) => {
  const { read } = readParts([packed], { 'content-encoding': encoding });

  expect(await read).toEqual({ value: { name: 'tool' }, bytes: text.length });
});

test.each<[string, Record<string, string>, Buffer, string]>([
  ['another type', { 'content-type': 'text/html' }, text, 'unsupported_media_type'],
  ['an unknown encoding', { 'content-encoding': 'lzma' }, text, 'unsupported_media_type'],
  [
    'an encoding that objects have',
    { 'content-encoding': 'toString' },
    text,
    'unsupported_media_type',
  ],
  ['what is not packed as it says', { 'content-encoding': 'gzip' }, text, 'invalid_encoding'],
  [
    'half of what was packed',
    { 'content-encoding': 'br' },
    brotliCompressSync(text).subarray(0, 9),
    'invalid_encoding',
  ],
  ['more bytes than may be, announced', { 'content-length': '101' }, text, 'too_large'],
  ['more bytes than may be', {}, Buffer.alloc(101, ' '), 'too_large'],
  [
    'little that unpacks to more than may be',
    { 'content-encoding': 'gzip' },
    gzipSync(Buffer.alloc(101, ' ')),
    'too_large',
  ],
  ['nothing', {}, Buffer.alloc(0), 'invalid_json'],
  ['broken JSON', {}, Buffer.from('{"a":'), 'invalid_json'],
  ['bytes that are no UTF-8', {}, Buffer.from([0x22, 0xff, 0x22]), 'invalid_json'],
])('%s is refused', async (_what, headers, body, code) => {
  await expect(readParts([body], headers).read).rejects.toMatchObject({ code });
});

test('what is left of a body that is too large is read, so that the sender gets the answer', async () => {
  const { request, read } = begin();
  request.push(Buffer.alloc(101));
  await expect(read).rejects.toMatchObject({ code: 'too_large' });

  request.push(Buffer.alloc(50));
  request.push(null);

  await once(request, 'end');
});

test('a body that breaks off is refused', async () => {
  const { request, read } = begin();
  request.push(text.subarray(0, 5));

  request.emit('aborted');

  await expect(read).rejects.toMatchObject({ code: 'invalid_request' });
});

test('a body that does not arrive times out, and its connection closes', async () => {
  const { clock, read } = begin({ 'content-length': '50' });

  clock.pass(patience.idleMs);

  await expect(read).rejects.toMatchObject({
    code: 'request_timeout',
    headers: { connection: 'close' },
  });
});

test.each([
  [undefined, ''],
  ['application/json', 'application/json'],
  [' Application/JSON ; charset=utf-8', 'application/json'],
])('the type in %j is %j', (header, type) => {
  expect(mediaType(header)).toBe(type);
});
