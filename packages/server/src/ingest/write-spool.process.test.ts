import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StoreUnavailable } from '../domain/event-store.ts';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import type { Committer } from './committer.ts';
import { createSpoolingCommitter } from './spooling-committer.ts';
import { WriteSpool } from './write-spool.ts';
import type { SpoolRecord } from './write-spool.ts';
import type { Write, WriteOutcome } from './write.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'honeyhive-spool-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const clock = { now: Date.now, sleep: () => Promise.resolve() };
const open = (maxBytes = 1_000_000): Promise<WriteSpool> =>
  WriteSpool.open(dir, { maxBytes, clock });

const create = (eventId: string): Write => ({
  kind: 'create',
  event: buildStoredEvent({ projectId: 'p', eventId, metadata: '{"text":"a\\nb \u{1f600}"}' }),
  sent: { event_type: 'model', event_name: 'x\n' },
});
const patch: Write = {
  kind: 'patch',
  eventId: 'e',
  scope: { kind: 'project', projectId: 'p' },
  patch: { merge: { metadata: { n: 1.5 } } },
  now: 5,
  clientTimeNs: 12_345_678_901_234_567_890n,
};
const recordOf = (...writes: Write[]): SpoolRecord => ({ writes, bytes: 10 });

async function readAll(spool: WriteSpool): Promise<SpoolRecord[]> {
  const all: SpoolRecord[] = [];
  for (let next = await spool.next(); next !== null; next = await spool.next()) {
    all.push(...(next.records ?? []));
    await spool.drop(next.file);
  }
  return all;
}

test('records are there after a restart, in their order, as they were', async () => {
  const spool = await open();
  const records = [recordOf(create('a'), patch), recordOf(create('b')), recordOf(create('c'))];
  await Promise.all(records.slice(0, 2).map((record) => spool.append(record)));
  await spool.append(records[2] ?? recordOf());

  const again = await open();
  expect(again.stats()).toMatchObject({ requests: 3, bytes: spool.stats().bytes });
  await again.append(recordOf(create('d')));

  expect(await readAll(again)).toEqual([...records, recordOf(create('d'))]);
  expect(again.isEmpty).toBe(true);
  expect(again.stats()).toMatchObject({ requests: 0, bytes: 0, oldestMs: 0 });
  expect(await readdir(dir)).toEqual([]);
});

test('what was not written as a whole was not acknowledged, and is removed', async () => {
  const spool = await open();
  await spool.append(recordOf(create('a')));
  await writeFile(join(dir, '000000000002-1.json.new'), '{"writes":[{"kind":"cre');

  expect(await readAll(await open())).toEqual([recordOf(create('a'))]);
  expect(await readdir(dir)).toEqual([]);
});

test('a full spool refuses, and takes again when there is room', async () => {
  const spool = await open(2_000);
  await spool.append(recordOf(create('a')));

  await expect(async () => spool.append(recordOf(create('b'), create('c')))).rejects.toThrow(
    /spool is full: \d+ of 2000 bytes/,
  );
  await readAll(spool);

  await spool.append(recordOf(create('b')));
  expect(spool.stats().requests).toBe(1);
});

test('a folder that cannot be written to is an error, and leaves nothing counted', async () => {
  const spool = await open();
  await rm(dir, { recursive: true });

  await expect(spool.append(recordOf(create('a')))).rejects.toThrow(StoreUnavailable);

  expect(spool.stats()).toMatchObject({ requests: 0, bytes: 0 });
  expect(spool.isEmpty).toBe(true);
});

class Away extends StoreUnavailable {
  override readonly isForAll = true;
}

/** A committer over a store that is away as often as it is said, and knows some ids as others'. */
function openCommitter(spool: WriteSpool, { awayFor = 0 } = {}) {
  const stored: string[] = [];
  const faults: unknown[] = [];
  let refused = 0;
  let left = awayFor;
  const inner: Committer = {
    async submit(writes) {
      if (left > 0) {
        left -= 1;
        throw new Away('away');
      }
      return writes.map((write): WriteOutcome => {
        const id = 'event' in write ? write.event.eventId : 'eventId' in write ? write.eventId : '';
        if (id === 'of another') return { kind: 'conflict', sessionId: 'x' };
        stored.push(id);
        return { kind: 'held' };
      });
    },
    stats: () => {
      throw new Error('not asked for');
    },
    close: () => Promise.resolve(),
  };
  const committer = createSpoolingCommitter(inner, {
    spool,
    clock,
    onRefused: (count) => (refused += count),
    onFault: (fault) => faults.push(fault),
    onChange: () => undefined,
  });
  return { committer, stored, faults, countRefused: () => refused };
}

test('what comes while others wait waits behind them; deletions are refused meanwhile', async () => {
  const spool = await open();
  const { committer, stored, countRefused } = openCommitter(spool, { awayFor: 4 });
  const first = await committer.submit([create('a')], 1);
  const second = await committer.submit([create('of another'), create('b')], 1);
  const deletion: Write = { kind: 'delete', eventId: 'a', scope: patch.scope, now: 1 };

  await expect(committer.submit([deletion], 1)).rejects.toThrow(/a deletion cannot wait/);
  await vi.waitFor(() => expect(spool.isEmpty).toBe(true));
  const last = await committer.submit([create('c')], 1);

  expect([first, second].flat()).toEqual(Array.from({ length: 3 }, () => ({ kind: 'queued' })));
  expect(last).toEqual([{ kind: 'held' }]);
  expect(stored).toEqual(['a', 'b', 'c']);
  expect(countRefused()).toBe(1);
});

test('what waits at the start is stored; a damaged file is set aside, and counted', async () => {
  const before = await open();
  await before.append(recordOf(create('a'), create('b')));
  await before.append(recordOf(create('c')));
  const [name = ''] = (await readdir(dir)).toSorted();
  const text = await readFile(join(dir, name), 'utf8');
  await writeFile(join(dir, name), text.slice(0, -20));
  await chmod(join(dir, name), 0o600);

  const spool = await open();
  const { stored, faults, countRefused } = openCommitter(spool);
  await vi.waitFor(() => expect(spool.isEmpty).toBe(true));

  expect(stored).toEqual(['c']);
  expect(countRefused()).toBe(1);
  expect(faults).toEqual([expect.objectContaining({ message: `a damaged file: ${name}` })]);
  expect(await readdir(dir)).toEqual([`${name}.damaged`]);
});
