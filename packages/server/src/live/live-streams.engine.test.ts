import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from 'honeyhive-wire';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { createSignIns, signInMs } from '../auth/sign-ins.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import { EventStream } from './event-stream.ts';
import { createLiveStreams } from './live-streams.ts';
import type { Feed, StreamLimits } from './live-streams.ts';
import { openTestMetadata } from '../store/testing/open-test-metadata.ts';

const folder = await mkdtemp(join(tmpdir(), 'honeyhive-live-'));
const metadata = await openTestMetadata(folder);
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

/** Streams on that clock, and how to open one; its holder may be another one. */
function createStreams(
  clock: Clock,
  signIns: Pick<SignIns, 'find'> = createSignIns(metadata, clock, '/'),
) {
  const refused: string[] = [];
  const live = createLiveStreams({ clock, metadata, signIns, onRefused: (by) => refused.push(by) });
  const open = (holder: Partial<StreamLimits> = {}, feed: Feed = () => () => undefined) => {
    const gone = new AbortController().signal;
    const one = { gone, forMs: null, keyId: key.id, signInToken: null, projectId: 'p' };
    const { body } = live.open({ ...one, ...holder }, feed);
    return body as EventStream['body'];
  };
  return { live, open, refused };
}

const textOf = (body: unknown): string => String((body as EventStream['body']).read() ?? '');

test('a silent stream gives a sign of life every 15 seconds', () => {
  const { clock, runs } = createTestClock();

  const body = createStreams(clock).open();
  textOf(body);
  runs.get(15_000)?.();

  expect(textOf(body)).toBe(': still here\n\n');
});

test('a stream stops being fed when its reader goes, or when all are closed', () => {
  const { clock, runs } = createTestClock();
  const { live, open: openStream } = createStreams(clock);
  const stopped: string[] = [];
  const open = (name: string) => {
    const reader = new AbortController();
    const body = openStream({ gone: reader.signal }, () => () => stopped.push(name));
    return { reader, body };
  };
  const [first, second] = [open('first'), open('second')];

  first.reader.abort();
  expect(stopped).toEqual(['first']);
  live.close();

  expect(stopped).toEqual(['first', 'second']);
  expect([first.body.writableEnded, second.body.writableEnded, runs.size]).toEqual([true, true, 0]);
  expect(() => open('late')).toThrow('shutting down');
});

test('a key has so many streams, a project so many, and only when all are taken is the service full', () => {
  const { live, open, refused } = createStreams(createTestClock().clock);
  const openMany = (count: number, holderOf: (index: number) => Partial<StreamLimits>) =>
    Array.from({ length: count }, (_, index) => open(holderOf(index)));
  const refusalOf = (holder: Partial<StreamLimits>): unknown => {
    try {
      return open(holder);
    } catch (error) {
      return error;
    }
  };

  openMany(limits.streamsOfKey, () => ({ keyId: 'a' }));
  expect(refusalOf({ keyId: 'a' })).toMatchObject({ status: 429, retryAfter: 5 });
  openMany(limits.streamsOfProject - limits.streamsOfKey, (index) => ({ keyId: `b${index}` }));
  expect(refusalOf({ keyId: 'c' })).toMatchObject({ status: 429, retryAfter: 5 });
  expect(open({ keyId: 'c', projectId: 'other' })).toBeDefined();
  openMany(limits.streams - live.count(), (index) => ({
    keyId: `d${index}`,
    projectId: `p${index}`,
  }));

  expect(refusalOf({ keyId: 'e', projectId: 'fresh' })).toMatchObject({ status: 503 });
  expect(refused).toEqual(['key', 'project', 'all']);
});

test('people who signed in with the same key are distinguished', () => {
  const { live, open } = createStreams(createTestClock().clock);
  for (let index = 0; index < limits.streamsOfKey; index += 1) open({ signInToken: 'one' });

  expect(() => open({ signInToken: 'one' })).toThrow(/as many as it may/);
  open({ signInToken: 'two' });

  expect(live.count()).toBe(limits.streamsOfKey + 1);
});

test('the streams of a sign-in end with it: immediately on sign-out, and when it expires', async () => {
  const { clock, runs } = createTestClock();
  let now = clock.now();
  const signIns = createSignIns(metadata, { ...clock, now: () => now }, '/');
  const [first, second] = [await signIns.start(key), await signIns.start(key)];
  const { live, open } = createStreams(clock, signIns);
  const [ofFirst, ofSecond, ofKey] = [
    open({ signInToken: first.token }),
    open({ signInToken: second.token }),
    open(),
  ];
  const ended = () => [ofFirst, ofSecond, ofKey].map(({ writableEnded }) => writableEnded);

  live.endSignIn(first.token);
  expect(ended()).toEqual([true, false, false]);
  now += signInMs - 1;
  runs.get(750)?.();
  await expect(signIns.find(second.token)).resolves.not.toBeNull();
  expect(ended()).toEqual([true, false, false]);
  now += 1;
  runs.get(750)?.();

  await expect.poll(ended).toEqual([true, true, false]);
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
