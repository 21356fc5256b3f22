import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { EventStore } from '../../domain/event-store.ts';
import { openEventStore } from '../events/open-event-store.ts';
import { openTestTarget } from './test-target.ts';

/** An event store in its own folder, for all tests of a file; closed and removed after them. */
export async function openTestStore(): Promise<EventStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-store-'));
  const target = await openTestTarget();
  // A machine under load is slow: how long a query may take is for the tests of that.
  const store = await openEventStore({
    dataDir,
    target,
    queryTimeoutMs: 60_000,
    maxWaitMs: 60_000,
  });
  afterAll(async () => {
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  return store;
}
