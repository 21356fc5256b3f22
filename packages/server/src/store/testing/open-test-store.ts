import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { EventStore } from '../../domain/event-store.ts';
import { openEventStore } from '../events/event-store.ts';

/** An event store in a folder of its own, for all tests of a file; closed and removed after them. */
export async function openTestStore(): Promise<EventStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-store-'));
  const store = await openEventStore({ dataDir });
  afterAll(async () => {
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  return store;
}
