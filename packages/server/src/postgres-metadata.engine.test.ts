import fc from 'fast-check';
import { byLevel, createPostgresDatabase, queryPostgres, startPostgres } from 'honeyhive-testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';
import { openMetadataStore } from './open-metadata.ts';
import type { MetadataStore } from './open-metadata.ts';
import { openSharedDatabase } from './open-shared.ts';
import { OtherServerError, becomeOnlyServer } from './state/only-server.ts';
import { createStoredLeases } from './state/stored-leases.ts';
import { NewerSchemaError } from './store/migration.ts';

const now = Date.UTC(2026, 0, 2);
const ignore = (): void => undefined;
const postgres = await startPostgres();
const dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-postgres-'));
const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function open(url: string): Promise<MetadataStore> {
  const store = await openMetadataStore('unused', {
    postgres: { url, maxConnections: 4, onWait: ignore },
  });
  closers.push(store.close);
  return store;
}

/** Any UTF-16, lone surrogates and NUL among it. */
const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });

test('text that PostgreSQL refuses is kept, found, and in the order that SQLite has it in', async () => {
  const stores = [
    await open(await createPostgresDatabase(postgres.url)),
    await openMetadataStore(dataDir),
  ];
  closers.push(...stores.map(({ close }) => close).slice(1));
  const read = (projectId: string, text: string) =>
    Promise.all(
      stores.map(async (store) => ({
        project: await store.findProject(text),
        held: await store.readHeldPatches(projectId, [text]),
        alerts: (await store.listAlerts(projectId)).map(({ id }) => id),
        searched: (await store.listProjects({ search: text, limit: 1_000, offset: 0 })).total,
        nothing: await store.findDestination(text, text),
      })),
    );

  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      for (const store of stores) {
        await store.createProject({ name: text, description: text, type: null, metadata: {} }, now);
        await store.holdPatches([{ projectId: 'p', eventId: text, patch: '{}', receivedAt: now }]);
        await store.saveAlert(
          { projectId: 'p', id: text, content: '{}' },
          { now, mostPerProject: 1_000_000, ends: null },
        );
        await store.addAudit([
          {
            at: now,
            action: 'key.create',
            outcome: 'ok',
            actor: text,
            actorName: text,
            projectId: text,
            target: text,
            address: text,
            requestId: text,
          },
        ]);
      }

      const [postgresHas, sqliteHas] = await read('p', text);

      expect(postgresHas).toMatchObject({
        project: { name: text, description: text },
        nothing: null,
      });
      expect(postgresHas?.alerts).toContain(text);
      expect(postgresHas?.held.map(({ eventId }) => eventId)).toContain(text);
      expect({ ...postgresHas, project: null }).toEqual({ ...sqliteHas, project: null });
    }),
    { numRuns: byLevel({ short: 60, full: 1_000 }) },
  );
});

test('a database that a newer version migrated is refused', async () => {
  const url = await createPostgresDatabase(postgres.url);
  await open(url);
  await queryPostgres(url, "INSERT INTO schema_migrations VALUES ('9999_future', 1, 1)");

  await expect(open(url)).rejects.toThrow(NewerSchemaError);
});

test('a database that lacks characters is refused', async () => {
  const url = new URL(postgres.url);
  url.pathname = '/latin';
  await queryPostgres(
    postgres.url,
    "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0",
  );

  await expect(open(url.href)).rejects.toThrow('has the encoding LATIN1');
});

test('the only server may not use the database once another one has its place, until it has it again', async () => {
  const url = await createPostgresDatabase(postgres.url);
  const { leases, close } = await openSharedDatabase(url, ignore);
  closers.push(close);
  const ticks: (() => void)[] = [];
  const clock = {
    ...systemClock,
    every: (_ms: number, run: () => void) => {
      ticks.push(run);
      return ignore;
    },
    monotonicMs: () => performance.now() + skippedMs,
  };
  let skippedMs = 0;
  const logger = { warn: ignore, error: ignore, info: ignore };
  const only = await becomeOnlyServer({ leases, clock, logger }, { serverId: 'a', about: 'first' });

  only.require();
  await queryPostgres(url, "UPDATE shared_leases SET holder = 'x', about = 'process 7 on b'");
  skippedMs = 16_000;
  ticks[0]?.();
  await vi.waitFor(() => expect(() => only.require()).toThrow('process 7 on b uses it'));
  await queryPostgres(url, 'UPDATE shared_leases SET expires_at = 0');
  ticks[0]?.();
  await vi.waitFor(() => only.require());
});

test('a process continues what an earlier one of its data folder was doing, without waiting', async () => {
  const url = await createPostgresDatabase(postgres.url);
  const { leases, close } = await openSharedDatabase(url, ignore);
  closers.push(close);
  const dead = { holder: 'x', serverId: 'a', about: 'process 7 on a' };
  for (const name of ['the only server', 'retention'])
    await leases.takeLease(name, dead, { forMs: 60_000 });
  const logger = { warn: ignore, error: ignore, info: ignore };
  const server = { serverId: 'a', about: 'process 8 on a' };

  await becomeOnlyServer({ leases, clock: systemClock, logger }, server);
  const stored = createStoredLeases({ leases, clock: systemClock, server });

  expect(await stored.run('retention', async () => undefined)).toBe(true);
});

test('a server waits for one that died, and gives up on one that is alive', async () => {
  const url = await createPostgresDatabase(postgres.url);
  const { leases, close } = await openSharedDatabase(url, ignore);
  closers.push(close);
  const deps = {
    leases,
    clock: systemClock,
    logger: { warn: ignore, error: ignore, info: ignore },
  };
  const holder = { holder: 'x', serverId: 'dead', about: 'process 7 on b' };
  const hold = () => leases.takeLease('the only server', holder, { forMs: 1_500 });
  const begin = () => becomeOnlyServer(deps, { serverId: 'a', about: 'process 8 on a' });
  await hold();

  const stopRenewing = systemClock.every(100, () => void hold());
  const refused = begin();
  await expect(refused).rejects.toThrow(OtherServerError);
  await expect(refused).rejects.toThrow('process 7 on b');
  stopRenewing();
  const taken = await begin();
  taken.require();
  await taken.close();
});
