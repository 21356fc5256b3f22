import { expect, test } from 'vitest';
import { openTestEngine } from '../../testing/open-test-engine.ts';
import { dropCaches } from './drop-caches.ts';
import { readRows } from './row-binary.ts';

const engine = await openTestEngine();

/** Bytes that the engine keeps of what it read. */
async function readCached(): Promise<ReadonlyMap<string, number>> {
  const sql =
    "SELECT metric, toUInt64(value) FROM system.metrics WHERE metric IN ('UncompressedCacheBytes', 'MarkCacheBytes', 'PrimaryIndexCacheBytes') ORDER BY metric";
  return new Map(
    readRows(await engine.query({ sql }), (cursor) => [cursor.string(), cursor.uint64()]),
  );
}

test('drops what was read, and reads the same again', async () => {
  await engine.command({ sql: 'CREATE DATABASE caches' });
  await engine.command({
    sql: 'CREATE TABLE caches.numbers ORDER BY number AS SELECT number, toString(number) AS text FROM numbers(50000)',
  });
  const count = async (): Promise<number[]> =>
    readRows(
      await engine.query({ sql: "SELECT count() FROM caches.numbers WHERE text LIKE '%77%'" }),
      (cursor) => cursor.uint64(),
    );
  const before = await count();
  await count();
  const cached = await readCached();
  expect(cached.get('UncompressedCacheBytes')).toBeGreaterThan(0);
  expect(cached.get('MarkCacheBytes')).toBeGreaterThan(0);

  await dropCaches(engine);

  expect([...(await readCached()).values()].every((bytes) => bytes === 0)).toBe(true);
  expect(await count()).toEqual(before);
});
