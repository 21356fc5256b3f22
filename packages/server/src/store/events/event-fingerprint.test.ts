import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { migrate } from '../migration.ts';
import { buildStoredEvent } from '../testing/build-event.ts';
import { openEmbeddedEngine } from './embedded-engine.ts';
import type { EventEngine } from './engine.ts';
import { eventTable } from './event-row.ts';
import { createEventStore } from './event-store.ts';
import { createEventLedger, eventMigrations } from './migrations.ts';

let path = '';
let engine: EventEngine;

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'honeyhive-fingerprint-'));
  engine = await openEmbeddedEngine({
    path,
    readerCount: 1,
    limits: { timeoutMs: 10_000, memoryBytes: 1024 ** 3, resultBytes: 1024 ** 3 },
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

test('the fingerprint of events stays while parts merge, and changes with every write', async () => {
  const store = createEventStore(engine);
  const event = buildStoredEvent({ projectId: 'p1', eventId: 'e1' });
  const read = async (): Promise<string> =>
    JSON.stringify(await store.readFingerprint(['p1', 'p2']));
  const merge = (): Promise<void> => engine.command({ sql: `OPTIMIZE TABLE ${eventTable} FINAL` });
  const seen = [await read()];

  for (const next of [
    event,
    { ...event, version: 2 },
    { ...event, version: 3, isDeleted: true },
    buildStoredEvent({ projectId: 'p2', eventId: 'e1' }),
    buildStoredEvent({ projectId: 'p1', eventId: 'e2' }),
  ]) {
    await store.insert([next]);
    const before = await read();
    await merge();
    expect(await read()).toBe(before);
    seen.push(before);
  }
  await store.insert([buildStoredEvent({ projectId: 'p3', eventId: 'e1' })]);

  expect(new Set(seen).size).toBe(6);
  expect(await read()).toBe(seen.at(-1));
});
