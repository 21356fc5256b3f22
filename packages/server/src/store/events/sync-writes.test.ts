import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { buildStoredEvent } from '../testing/build-event.ts';
import { openEmbeddedEngine } from './embedded-engine.ts';
import type { EventEngine } from './engine.ts';
import { createEventStore } from './event-store.ts';
import { createEventLedger, eventMigrations } from './migrations.ts';
import { migrate } from '../migration.ts';
import { readRows } from './row-binary.ts';
import { syncWrites } from './sync-writes.ts';

let path = '';
let engine: EventEngine;

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'honeyhive-sync-'));
  engine = await openEmbeddedEngine({
    path,
    readerCount: 1,
    limits: { timeoutMs: 60_000, memoryBytes: 1024 ** 3, resultBytes: 1024 ** 3 },
    maxWaiting: 8,
    maxWaitMs: 10_000,
    clock: systemClock,
  });
  await migrate(eventMigrations, createEventLedger(engine, systemClock.now));
});
afterAll(async () => {
  await engine.close();
  await rm(path, { recursive: true, force: true });
});

/** How often the engine has asked the system to bring a file or a folder to the disk. */
async function countSyncs(): Promise<number> {
  const sql = `SELECT toUInt64(sum(value)) FROM system.events WHERE event IN ('FileSync', 'DirectorySync')`;
  const [count] = readRows(await engine.query({ sql }), (cursor) => cursor.uint64());
  return count ?? 0;
}

let inserts = 0;
async function syncsOfInsert(): Promise<number> {
  const before = await countSyncs();
  inserts += 1;
  await createEventStore(engine).insert([buildStoredEvent({ eventId: `e${inserts}` })]);
  return (await countSyncs()) - before;
}

test('an insert is brought to the disk when it is asked for, and only then', async () => {
  const byDefault = await syncsOfInsert();
  await syncWrites(engine, true);
  const on = await syncsOfInsert();
  await syncWrites(engine, false);

  expect(byDefault).toBe(0);
  expect(on).toBeGreaterThanOrEqual(2);
  expect(await syncsOfInsert()).toBe(0);
});

test('a merge is brought to the disk before what it replaced is deleted, whatever is asked for', async () => {
  await syncWrites(engine, true);
  await syncWrites(engine, false);
  await syncsOfInsert();
  await syncsOfInsert();
  const before = await countSyncs();

  await engine.command({ sql: 'OPTIMIZE TABLE honeyhive.events FINAL' });

  expect(await countSyncs()).toBeGreaterThan(before);
});
