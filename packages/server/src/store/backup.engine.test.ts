import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StoredEvent } from '../domain/stored-event.ts';
import { restoreBackup, writeBackup } from './backup/backup.ts';
import { openEventStore } from './events/open-event-store.ts';
import { openMetadataStore } from '../open-metadata.ts';
import { buildStoredEvent } from './testing/build-event.ts';

const now = Date.UTC(2026, 0, 2);
const about = { writtenBy: 'test', createdAt: now };
let folder = '';
let source = '';
let key = '';
let events: StoredEvent[] = [];

const path = (name: string): string => join(folder, name);

async function readAll(dataDir: string): Promise<StoredEvent[]> {
  const store = await openEventStore({ dataDir });
  try {
    return await store.readPage('p1', null, 1_000);
  } finally {
    await store.close();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'honeyhive-backup-'));
  source = path('source & <co>');
  const metadata = await openMetadataStore(source);
  ({ key } = await metadata.createKey({ name: 'k', access: 'full', projectId: null }, now));
  await metadata.close();
  const store = await openEventStore({ dataDir: source });
  const made = Array.from({ length: 300 }, (_, index) =>
    buildStoredEvent({ eventId: `e${index}`, error: index % 2 === 0 ? null : 'failed' }),
  );
  await store.insert(made);
  await store.insert(made.slice(0, 50).map((event) => ({ ...event, version: 2, source: 'new' })));
  await store.close();
  events = await readAll(source);
  await writeBackup(source, path('backup'), about);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a restored folder has the events and the keys', async () => {
  const manifest = await restoreBackup(path('backup'), path('restored'));

  expect(manifest.events).toEqual({ count: 300, hash: expect.stringMatching(/^[0-9A-F]{16}$/) });
  expect(await readAll(path('restored'))).toEqual(events);
  const metadata = await openMetadataStore(path('restored'));
  expect(await metadata.verifyKey(key, now)).toMatchObject({ name: 'k' });
  await metadata.close();
});

test('a folder with data is not restored over', async () => {
  await expect(restoreBackup(path('backup'), source)).rejects.toThrow('has data already');
  expect(await readAll(source)).toEqual(events);
});

test('an interrupted restore can be run again', async () => {
  const target = path('interrupted');
  await mkdir(join(target, 'restoring', 'events'), { recursive: true });
  await mkdir(join(target, 'events'));

  await restoreBackup(path('backup'), target);

  expect(await readAll(target)).toEqual(events);
  expect(await readdir(target)).not.toContain('restoring');
});

test('a backup is not written over another, nor of nothing', async () => {
  await expect(writeBackup(source, path('backup'), about)).rejects.toThrow('is not empty');
  await expect(writeBackup(path('nothing'), path('new'), about)).rejects.toThrow('no data');
});

/** A copy of the backup with something done to it. */
async function damage(name: string, work: (backup: string) => Promise<void>): Promise<string> {
  const copy = path(name);
  await writeBackup(source, copy, about);
  await work(copy);
  return copy;
}

test('a backup that is not whole is refused', async () => {
  const backup = await damage('unfinished', (copy) => rm(join(copy, 'backup.json')));

  await expect(restoreBackup(backup, path('t1'))).rejects.toThrow('holds no whole backup');
});

test('a backup of a newer version is refused', async () => {
  const backup = await damage('newer', async (copy) => {
    const manifest = join(copy, 'backup.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('"version": 1', '"version": 2'));
  });

  await expect(restoreBackup(backup, path('t2'))).rejects.toThrow('the backup has version 2');
});

test('damaged metadata are refused', async () => {
  const backup = await damage('metadata', async (copy) => {
    const file = join(copy, 'metadata.db');
    await writeFile(file, (await readFile(file)).fill(255, 5_000, 5_010));
  });

  await expect(restoreBackup(backup, path('t3'))).rejects.toThrow('metadata.db is damaged');
});

test('damaged events are refused, and nothing takes their place', async () => {
  const backup = await damage('events', async (copy) => {
    const data = join(copy, 'events', 'data', 'honeyhive', 'events');
    for (const part of await readdir(data)) {
      const file = join(data, part, 'data.bin');
      const bytes = await readFile(file);
      await writeFile(file, bytes.fill(0, 100, Math.min(200, bytes.length)));
    }
  });

  await expect(restoreBackup(backup, path('t4'))).rejects.toThrow(/the engine refuses the backup/);
  expect(await readdir(path('t4'))).toEqual(['restoring']);
});
