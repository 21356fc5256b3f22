import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { openMetadataStore } from '../../store/metadata/metadata-store.ts';
import { EventStream } from './event-stream.ts';
import { createLiveStreams } from './live-streams.ts';
import { createRejections } from './rejections.ts';

const folder = await mkdtemp(join(tmpdir(), 'honeyhive-live-'));
const metadata = await openMetadataStore(folder);
const input = { name: 'k', access: 'read', projectId: null } as const;
const { record: key } = await metadata.createKey(input, 1);
afterAll(async () => {
  await metadata.close();
  await rm(folder, { recursive: true, force: true });
});

/** A clock whose intervals run when the test says so. */
function createTestClock() {
  const runs = new Map<number, () => void>();
  const clock = {
    ...systemClock,
    every(intervalMs: number, run: () => void) {
      runs.set(intervalMs, run);
      return () => void runs.delete(intervalMs);
    },
  };
  return { clock, runs };
}

const textOf = (body: unknown): string => String((body as EventStream['body']).read() ?? '');

test('a silent stream gives a sign of life every 15 seconds', () => {
  const { clock, runs } = createTestClock();
  const live = createLiveStreams(clock, metadata);

  const { body } = live.open(
    { gone: new AbortController().signal, forMs: null, keyId: key.id },
    () => () => undefined,
  );
  textOf(body);
  runs.get(15_000)?.();

  expect(textOf(body)).toBe(': still here\n\n');
});

test('a stream stops being fed when its reader goes, or when all are closed', () => {
  const { clock, runs } = createTestClock();
  const live = createLiveStreams(clock, metadata);
  const stopped: string[] = [];
  const open = (name: string) => {
    const reader = new AbortController();
    const { body } = live.open(
      { gone: reader.signal, forMs: null, keyId: key.id },
      () => () => stopped.push(name),
    );
    return { reader, body: body as EventStream['body'] };
  };
  const [first, second] = [open('first'), open('second')];

  first.reader.abort();
  expect(stopped).toEqual(['first']);
  live.close();

  expect(stopped).toEqual(['first', 'second']);
  expect([first.body.writableEnded, second.body.writableEnded, runs.size]).toEqual([true, true, 0]);
  expect(() => open('late')).toThrow('shutting down');
});

test('there are only so many streams', () => {
  const live = createLiveStreams(createTestClock().clock, metadata);
  const open = () =>
    live.open(
      { gone: new AbortController().signal, forMs: null, keyId: key.id },
      () => () => undefined,
    );

  for (let index = 0; index < 200; index += 1) open();

  expect(open).toThrow('Too many streams');
});

test('a stream that nobody reads is busy once half a megabyte waits', async () => {
  const stream = new EventStream();
  expect(stream.isBusy).toBe(false);

  for (let index = 0; index < 600; index += 1)
    stream.send('dropped', { count: 1, reason: 'x'.repeat(1_000) as 'too_many' });
  expect(stream.isBusy).toBe(true);
  stream.body.resume();

  await expect.poll(() => stream.isBusy).toBe(false);
});

test('rejections are few for each owner, short, and without keys', () => {
  const rejections = createRejections();
  const view = { projectId: 'p', isOrganisation: false };
  const rejection = {
    time: 1,
    method: 'POST',
    path: `/hh_secret${'x'.repeat(500)}`,
    status: 400,
    code: 'invalid_request',
    message: 'got hh_secret_key',
    userAgent: null,
  };
  for (let time = 1; time <= 80; time += 1)
    rejections.report({ projectId: 'p' }, { ...rejection, time });
  rejections.report({ projectId: 'other' }, rejection);
  rejections.report('organisation', rejection);

  const seen = rejections.recent(view, 0);

  expect(seen.map(({ time }) => time)).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 31),
  );
  expect(seen[0]).toMatchObject({ path: '/hh_…', message: 'got hh_…' });
  expect(rejections.recent({ ...view, isOrganisation: true }, 0)).toHaveLength(51);
  expect(rejections.recent(view, 80)).toHaveLength(1);
});
