import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { systemClock } from '../../clock.ts';
import { openEmbeddedEngine } from '../events/engine/embedded-engine.ts';
import type { EventEngine } from '../events/engine/engine.ts';
import { openRemoteEngine } from '../events/engine/remote-engine.ts';
import { currentSchema } from '../events/schema/current-schema.ts';
import { createEventLedger, eventMigrations } from '../events/schema/migrations.ts';
import { migrate } from '../migration.ts';
import { openTestTarget } from './test-target.ts';

/** An engine with the schema of events in its own folder, for all tests of a file; closed and removed after them. */
export async function openTestEngine(): Promise<EventEngine> {
  const path = await mkdtemp(join(tmpdir(), 'honeyhive-engine-'));
  const target = await openTestTarget();
  const config = {
    readerCount: 1,
    limits: { timeoutMs: 60_000, memoryBytes: 1024 ** 3, resultBytes: 1024 ** 3 },
    maxWaiting: 8,
    maxWaitMs: 60_000,
    clock: systemClock,
  };
  const engine =
    target === null
      ? await openEmbeddedEngine({ ...config, path })
      : await openRemoteEngine({ ...config, target });
  await migrate(eventMigrations, createEventLedger(engine, systemClock.now), { currentSchema });
  afterAll(async () => {
    await engine.close();
    await rm(path, { recursive: true, force: true });
  });
  return engine;
}
