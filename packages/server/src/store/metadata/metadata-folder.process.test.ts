import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import Database from 'libsql';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MetadataStore } from '../../open-metadata.ts';
import { NewerSchemaError } from '../migration.ts';
import { metadataMigrations } from './migrations.ts';
import { openMetadataStore } from '../../open-metadata.ts';

const now = Date.UTC(2026, 0, 2);
let dataDir = '';
let store: MetadataStore;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-metadata-'));
  store = await openMetadataStore(dataDir);
});

afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the folder', () => {
  test('is for its owner alone', async () => {
    for (const name of await readdir(dataDir)) {
      expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);
    }
  });

  test('names the same organisation every time', async () => {
    const again = await openMetadataStore(dataDir);

    expect(again.organisationId).toBe(store.organisationId);
    await again.close();
  });

  /** A folder as a version left it that knew no step from the given one on. */
  async function makeOldFolder(firstUnknown: string, insert: readonly string[]): Promise<string> {
    const oldDir = join(dataDir, firstUnknown);
    await mkdir(oldDir);
    const old = new Database(join(oldDir, 'metadata.db'));
    old.exec(
      'CREATE TABLE schema_migrations (id TEXT PRIMARY KEY, started_at BIGINT NOT NULL, finished_at BIGINT NOT NULL)',
    );
    const place = metadataMigrations.findIndex(({ id }) => id === firstUnknown);
    for (const { id, statements } of metadataMigrations.slice(0, place)) {
      old.prepare('INSERT INTO schema_migrations VALUES (?, 1, 1)').run([id]);
      for (const statement of statements) old.exec(statement);
    }
    for (const statement of insert) old.exec(statement);
    old.close();
    return oldDir;
  }

  test.each(metadataMigrations)('is brought up to date from before $id', async ({ id }) => {
    const opened = await openMetadataStore(await makeOldFolder(id, []));

    expect(await opened.ensureProject('default', now)).toMatchObject({ name: 'default' });
    await opened.holdPatches([{ projectId: null, eventId: 'e', patch: '{}', receivedAt: now }]);
    expect((await opened.measureHeldPatches()).all.count).toBe(1);
    await opened.close();
  });

  test('is left as it was when a step cannot be finished', async () => {
    const oldDir = await makeOldFolder('0009_key_columns', ['DROP TABLE key_origins']);

    await expect(openMetadataStore(oldDir)).rejects.toThrow('key_origins');

    const left = new Database(join(oldDir, 'metadata.db'));
    expect(
      left.prepare("SELECT * FROM schema_migrations WHERE id = '0009_key_columns'").all([]),
    ).toEqual([]);
    expect(left.prepare('SELECT * FROM key_expiries').all([])).toEqual([]);
    expect(() => left.prepare('SELECT expires_at FROM api_keys')).toThrow('expires_at');
    left.close();
  });

  test('keeps the views that were saved when their ids were unique in the whole installation', async () => {
    const opened = await openMetadataStore(
      await makeOldFolder('0006_views_by_project', [
        "INSERT INTO saved_views VALUES ('v', 'p', '{}', 1, 2)",
      ]),
    );

    expect(await opened.listViews('p')).toEqual([
      { id: 'v', projectId: 'p', content: '{}', createdAt: 1, updatedAt: 2 },
    ]);
    await opened.close();
  });

  test('keeps when keys expire and what made them, from when both had separate tables', async () => {
    const insertKey = (id: string): string =>
      `INSERT INTO api_keys (id, name, access, project_id, key_hash, created_at, revoked_at)
        VALUES ('${id}', 'ci', 'read', NULL, 'hash', 1, NULL)`;
    const opened = await openMetadataStore(
      await makeOldFolder('0009_key_columns', [
        insertKey('old'),
        insertKey('new'),
        "INSERT INTO key_expiries VALUES ('new', 7)",
        "INSERT INTO key_origins VALUES ('new', 'cli')",
      ]),
    );

    const keys = await opened.listKeys();

    expect(keys.map(({ id, expiresAt, createdBy }) => ({ id, expiresAt, createdBy }))).toEqual([
      { id: 'old', expiresAt: null, createdBy: null },
      { id: 'new', expiresAt: 7, createdBy: 'cli' },
    ]);
    await opened.close();
  });

  test('is refused when a newer version wrote it', async () => {
    const database = new Database(join(dataDir, 'metadata.db'));
    database.prepare("INSERT INTO schema_migrations VALUES ('9999_future', 1, 1)").run([]);
    database.close();

    await expect(openMetadataStore(dataDir)).rejects.toThrow(NewerSchemaError);
  });

  test('can be opened for the first time by two processes at once, and keeps writes of a killed one', async () => {
    const sharedDir = join(dataDir, 'shared');
    const source = `
      import { createViteServer } from 'vitest/node';
      const vite = await createViteServer({
        configFile: false, logLevel: 'error', server: { middlewareMode: true, hmr: false, ws: false },
      });
      const { openMetadataStore } = await vite.ssrLoadModule(${JSON.stringify(join(import.meta.dirname, '../../open-metadata.ts'))});
      const store = await openMetadataStore(${JSON.stringify(sharedDir)});
      for (let n = 0; n < 50; n += 1) await store.ensureProject(process.argv[1] + n, ${now});
      process.kill(process.pid, 'SIGKILL');
    `;
    const children = ['a', 'b'].map((name) =>
      spawn(process.execPath, ['--input-type=module', '--eval', source, name], {
        stdio: ['ignore', 'inherit', 'inherit'],
      }),
    );

    const exits = await Promise.all(children.map((child) => once(child, 'exit')));

    expect(exits).toEqual([
      [null, 'SIGKILL'],
      [null, 'SIGKILL'],
    ]);
    const opened = await openMetadataStore(sharedDir);
    expect((await opened.listProjects({ limit: 1, offset: 0 })).total).toBe(100);
    await opened.close();
  });
});
