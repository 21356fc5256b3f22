import { expect, onTestFinished, test } from 'vitest';
import { buildStoredEvent } from '../../testing/build-event.ts';
import { openTestEngine } from '../../testing/open-test-engine.ts';
import { createEventStore } from '../event-store.ts';
import { readRows } from '../engine/row-binary.ts';
import { syncWrites } from './sync-writes.ts';

const engine = await openTestEngine();

/** How often the engine has asked the system to bring a file or a folder to the disk. */
async function countSyncs(): Promise<number> {
  const sql = `SELECT toUInt64(sum(value)) FROM system.events WHERE event IN ('FileSync', 'DirectorySync')`;
  const [count] = readRows(await engine.query({ sql }), (cursor) => cursor.uint64());
  return count ?? 0;
}

/**
 * Merges are always brought to the disk, and the table of schema steps has one to do: until the end of the test, none
 * is made.
 */
async function stopMerges(): Promise<void> {
  await engine.command({ sql: 'SYSTEM STOP MERGES' });
  onTestFinished(() => engine.command({ sql: 'SYSTEM START MERGES' }));
  const running = { sql: 'SELECT count() FROM system.merges' };
  await expect
    .poll(async () => readRows(await engine.query(running), (cursor) => cursor.uint64()))
    .toEqual([0]);
}

let inserts = 0;
async function syncsOfInsert(): Promise<number> {
  const before = await countSyncs();
  inserts += 1;
  await createEventStore(engine).insert([buildStoredEvent({ eventId: `e${inserts}` })]);
  return (await countSyncs()) - before;
}

test('an insert is brought to the disk when it is asked for, and only then', async () => {
  await stopMerges();
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

  await engine.command({ sql: 'OPTIMIZE TABLE events FINAL' });

  expect(await countSyncs()).toBeGreaterThan(before);
});
