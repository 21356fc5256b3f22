import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../clock.ts';
import { testEngine } from '../../testing/engine-contract.ts';
import type { TestedEngineOptions } from '../../testing/engine-contract.ts';
import { openEmbeddedEngine } from './embedded-engine.ts';
import type { EventEngine } from './engine.ts';
import { readRows } from './row-binary.ts';

let path = '';

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'honeyhive-engine-'));
});

afterEach(() => rm(path, { recursive: true, force: true }));

const open = (options: TestedEngineOptions): Promise<EventEngine> =>
  openEmbeddedEngine({ ...options, path });

testEngine(open);

test('what was read before is not decompressed again', async () => {
  const engine = await open({
    readerCount: 1,
    limits: { timeoutMs: 60_000, memoryBytes: 1024 ** 3, resultBytes: 1024 ** 2 },
    maxWaiting: 1,
    maxWaitMs: 10_000,
    clock: systemClock,
  });
  const ask = async (sql: string): Promise<number[]> =>
    readRows(await engine.query({ sql }), (cursor) => cursor.uint64());
  const readHits = () =>
    ask("SELECT toUInt64(sum(value)) FROM system.events WHERE event = 'UncompressedCacheHits'");
  await engine.command({
    sql: 'CREATE TABLE rows (n UInt64) ENGINE = MergeTree ORDER BY n SETTINGS min_bytes_for_wide_part = 0',
  });
  await engine.command({ sql: 'INSERT INTO rows SELECT number FROM numbers(100000)' });
  const read = () => ask('SELECT sum(n) FROM rows WHERE n < 50000');

  const first = await read();
  const [before = 0] = await readHits();

  expect(await read()).toEqual(first);
  expect((await readHits())[0]).toBeGreaterThan(before);
  await engine.close();
});
