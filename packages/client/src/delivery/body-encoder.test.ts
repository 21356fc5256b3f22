import { expect, test } from 'vitest';
import { createBodyEncoder } from './body-encoder.ts';

const body = new Uint8Array(2000);
const compressors = {
  gzip: () => Promise.resolve(new Uint8Array([1])),
  zstd: () => Promise.resolve(new Uint8Array([2])),
};
const encodingOf = async (encoder: ReturnType<typeof createBodyEncoder>, bytes = body) =>
  (await encoder.encode(bytes)).encoding;

test('sends gzip until the service says that it takes zstd', async () => {
  const encoder = createBodyEncoder(compressors);

  expect(await encodingOf(encoder)).toBe('gzip');
  encoder.noteAnswer({});
  encoder.noteAnswer({ 'accept-encoding': 'gzip, br' });
  expect(await encodingOf(encoder)).toBe('gzip');
  encoder.noteAnswer({ 'accept-encoding': 'gzip, deflate, br, zstd' });
  expect(await encoder.encode(body)).toEqual({ encoding: 'zstd', payload: new Uint8Array([2]) });
});

test('returns to gzip for a service that takes zstd no longer', async () => {
  const encoder = createBodyEncoder(compressors);
  encoder.noteAnswer({ 'accept-encoding': 'zstd' });

  expect(encoder.noteRefused('zstd')).toBe(true);
  expect(await encodingOf(encoder)).toBe('gzip');
  expect(encoder.noteRefused('gzip')).toBe(false);
  expect(encoder.noteRefused(null)).toBe(false);
});

test('stays with gzip where the platform has no zstd', async () => {
  const encoder = createBodyEncoder({ gzip: compressors.gzip });
  encoder.noteAnswer({ 'accept-encoding': 'zstd' });

  expect(await encodingOf(encoder)).toBe('gzip');
});

test('leaves small bodies, and all where nothing compresses, as they are', async () => {
  expect(await encodingOf(createBodyEncoder({}))).toBeNull();
  expect(await encodingOf(createBodyEncoder(compressors), new Uint8Array(100))).toBeNull();
});
