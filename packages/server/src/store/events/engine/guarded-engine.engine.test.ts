import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../clock.ts';
import { openEmbeddedEngine } from './embedded-engine.ts';
import { DiskFull, GuardedEngine, leastFreeBytes, readFreeBytes } from './guarded-engine.ts';
import { loadAgain } from './load-again.ts';
import { readRows } from './row-binary.ts';

const table = 'guarded.rows';
let path = '';
let engine: GuardedEngine;
/** What the disk has left, look by look; the last one stays. */
let room: number[] = [];
let loads: boolean[] = [];
/** Looks at the disk, as is done now and then. */
let look: () => void;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'honeyhive-guard-'));
  room = [Number.MAX_SAFE_INTEGER];
  loads = [];
  const embedded = await openEmbeddedEngine({
    path,
    readerCount: 2,
    limits: { timeoutMs: 10_000, memoryBytes: 64 * 1024 ** 2, resultBytes: 1024 ** 2 },
    maxWaiting: 10,
    maxWaitMs: 10_000,
    clock: systemClock,
  });
  engine = new GuardedEngine(embedded, {
    readFreeBytes: () => (room.length > 1 ? room.shift() : room[0]) ?? 0,
    async loadAgain(canMerge) {
      loads.push(canMerge);
      await loadAgain({ path, table, clock: systemClock }, canMerge);
    },
    clock: {
      monotonicMs: systemClock.monotonicMs,
      every(_intervalMs, run) {
        look = run;
        return () => undefined;
      },
    },
  });
  await engine.command({ sql: 'CREATE DATABASE guarded' });
  await engine.command({
    sql: `CREATE TABLE ${table} (id UInt64) ENGINE = MergeTree ORDER BY id SETTINGS old_parts_lifetime = 60`,
  });
});

afterEach(async () => {
  await engine.close();
  await rm(path, { recursive: true, force: true });
});

const insert = (id: number): Promise<void> =>
  engine.insert({ table, columns: ['id'], tsv: Buffer.from(`${id}\n`) });

const readIds = async (): Promise<number[]> =>
  readRows(await engine.query({ sql: `SELECT id FROM ${table} ORDER BY id` }), (cursor) =>
    cursor.uint64(),
  );

/** As the engine leaves a part that it wrote on a full disk. */
async function emptyActiveParts(): Promise<void> {
  const sql = "SELECT path FROM system.parts WHERE database = 'guarded' AND active";
  const paths = readRows(await engine.query({ sql }), (cursor) => cursor.string());
  expect(paths).toHaveLength(1);
  for (const folder of paths)
    for (const name of await readdir(folder)) await truncate(join(folder, name), 0);
}

test('the free space of a disk is reported in bytes', () => {
  expect(readFreeBytes(path)).toBeGreaterThan(0);
});

test('an insert without room is refused, and nothing is stored', async () => {
  await insert(1);
  room = [leastFreeBytes - 1];

  await expect(insert(2)).rejects.toThrow(DiskFull);

  expect(await readIds()).toEqual([1]);
  expect(loads).toEqual([false]);
});

test('an insert while the disk ran full is not acknowledged, whatever the engine says', async () => {
  room = [leastFreeBytes, leastFreeBytes - 1];

  await expect(insert(1)).rejects.toThrow(/the disk is full/);
});

test('what a merge on a full disk emptied is there when the table was loaded for lack of room', async () => {
  for (const id of [1, 2, 3]) await insert(id);
  await engine.command({ sql: `OPTIMIZE TABLE ${table} FINAL` });
  await emptyActiveParts();
  room = [0];

  await expect(insert(4)).rejects.toThrow(DiskFull);

  expect(await readIds()).toEqual([1, 2, 3]);
});

test('what a merge emptied unnoticed is there for the query that finds it', async () => {
  for (const id of [1, 2, 3]) await insert(id);
  await engine.command({ sql: `OPTIMIZE TABLE ${table} FINAL` });
  await emptyActiveParts();

  const answers = await Promise.all([readIds(), readIds(), readIds()]);

  expect(answers).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect(loads).toEqual([true]);
});

test('a query during which the disk ran full is asked again, of the table as it was loaded then', async () => {
  for (const id of [1, 2, 3]) await insert(id);
  await engine.command({ sql: `OPTIMIZE TABLE ${table} FINAL` });
  room = [0];

  expect(await readIds()).toEqual([1, 2, 3]);
  expect(await readIds()).toEqual([1, 2, 3]);

  expect(loads).toEqual([false]);
});

test('a disk that runs full while nobody reads or writes is noticed, and nothing is merged then', async () => {
  await insert(1);
  engine.watch();
  room = [0];

  look();
  look();

  expect(await readIds()).toEqual([1]);
  expect(loads).toEqual([false]);
});

test('a disk is usable again with some more room than makes it full, and is looked through then', async () => {
  room = [0];
  await expect(insert(1)).rejects.toThrow(DiskFull);
  room = [leastFreeBytes];
  await expect(insert(2)).rejects.toThrow(DiskFull);
  room = [2 * leastFreeBytes];

  await insert(3);

  expect(await readIds()).toEqual([3]);
  expect(loads).toEqual([false, true]);
});
