import { randomUUID } from 'node:crypto';
import {
  call,
  createOperationCaller,
  createPostgresDatabase,
  makeDataDir,
  queryPostgres,
  removeDataDir,
  runCommand,
  startPostgres,
  startService,
} from 'honeyhive-testkit';
import type { RunningService } from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';
import { watchReadiness } from './readiness.ts';
import { roundNumbers } from './rounds.ts';
import { waitUntil } from './wait-until.ts';

const postgres = await startPostgres();
const folders: string[] = [];
const services: RunningService[] = [];
afterAll(async () => {
  for (const service of services) await service.stop();
  for (const folder of folders) await removeDataDir(folder);
  await postgres.stop();
});

async function makeFolder(): Promise<string> {
  const folder = await makeDataDir();
  folders.push(folder);
  return folder;
}

async function start(
  url: string,
  options: { readonly dataDir?: string; readonly key?: string } = {},
): Promise<RunningService> {
  const service = await startService({ ...options, env: { HH_POSTGRES_URL: url } });
  services.push(service);
  return service;
}

const alert = {
  name: 'slow',
  alert_type: 'AGGREGATE',
  aggregation: 'AVERAGE',
  projections: ['duration'],
  thresholds: { critical: { operator: 'greater_than', value: 100 } },
} as const;

test('all metadata is in PostgreSQL, and there after kill -9, with another data folder, too', async () => {
  const name = 'shop \u0000 \ud800';
  const url = await createPostgresDatabase(postgres.url);
  const service = await start(url);
  const api = createOperationCaller(service);
  const { id: project_id } = await api.ok('createProject', { body: { name } });
  const params = { project_id };
  const key = { name: 'ci', access: 'full', project: project_id } as const;
  const { api_key } = await api.ok('createKey', { body: key });
  await api.ok('updateProjectSettings', { params, body: { retention_days: 7 } });
  const made = await api.ok('createAlert', { params, body: alert });
  const own = createOperationCaller({ url: service.url, key: api_key });
  await own.ok('updateEvent', { body: { event_id: randomUUID(), metadata: { a: '\u0000' } } });
  const signedIn = await call(service, 'POST /ui/session', { body: { api_key } });
  await service.kill();

  const dataDir = await makeFolder();
  const again = createOperationCaller(await start(url, { dataDir, key: service.key }));

  expect(signedIn.status).toBe(200);
  expect(await again.ok('getProjectRecord', { params })).toMatchObject({ data: { name } });
  expect(await again.ok('getProjectSettings', { params })).toMatchObject({ retention_days: 7 });
  expect(await again.ok('countHeldUpdates', { params })).toMatchObject({ count: 1 });
  expect((await again.ok('listAlerts', { params })).data).toMatchObject([{ id: made.data.id }]);
});

test('a second server is refused while the first one is alive, and takes over when it stops', async () => {
  const url = await createPostgresDatabase(postgres.url);
  const first = await start(url);
  const dataDir = await makeFolder();
  const env = { HH_POSTGRES_URL: url, HH_DATA_DIR: dataDir, HH_PORT: '0' };

  const refused = await runCommand(['serve'], { env });
  await first.kill('SIGTERM');
  const second = await start(url, { dataDir, key: first.key });

  expect(refused.exitCode).toBe(1);
  expect(refused.output).toContain(
    `Another server uses the PostgreSQL database: process ${first.pid}`,
  );
  expect(refused.output).not.toContain(new URL(url).password);
  expect((await call(second, 'GET /v1/projects')).status).toBe(200);
});

test('a database that is read-only, or ends connections, is away until it is not', async () => {
  const url = await createPostgresDatabase(postgres.url);
  const name = new URL(url).pathname.slice(1);
  const service = await start(url);
  const api = createOperationCaller(service);
  const create = (project: string) => api.send('createProject', { body: { name: project } });
  const endConnections = () =>
    queryPostgres(
      postgres.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
    );

  await queryPostgres(
    postgres.url,
    `ALTER DATABASE ${name} SET default_transaction_read_only = on`,
  );
  await endConnections();
  const readOnly = await create('one');
  await queryPostgres(postgres.url, `ALTER DATABASE ${name} RESET default_transaction_read_only`);
  await endConnections();
  await waitUntil(
    async () => (await create(randomUUID())).status === 200,
    () => 'no project could be created',
  );

  expect(readOnly).toMatchObject({
    status: 503,
    body: { message: 'The metadata store cannot be used: PostgreSQL is read-only.' },
  });
  expect(readOnly.headers['retry-after']).toBeDefined();
});

test('doctor and the start say why a database cannot be used, without its password', async () => {
  const url = await createPostgresDatabase(postgres.url);
  const wrong = new URL(url);
  wrong.password = 'not-the-password';
  const dataDir = await makeFolder();
  const envOf = (database: string) => ({
    HH_DATA_DIR: dataDir,
    HH_PORT: '0',
    HH_POSTGRES_URL: database,
  });

  const well = await runCommand(['doctor', '--json'], { env: envOf(url) });
  const refused = await runCommand(['doctor', '--json'], { env: envOf(wrong.href) });
  const served = await runCommand(['serve'], { env: envOf(wrong.href) });
  const backup = await runCommand(['backup', `${dataDir}-copy`], { env: envOf(url) });

  expect(JSON.parse(well.stdout)).toContainEqual(
    expect.objectContaining({ check: 'PostgreSQL', state: 'ok' }),
  );
  expect(JSON.parse(refused.stdout)).toContainEqual(
    expect.objectContaining({
      check: 'PostgreSQL',
      state: 'failed',
      text: expect.stringContaining('PostgreSQL refuses the password'),
    }),
  );
  expect(served).toMatchObject({ exitCode: 1 });
  expect(served.output).toContain('PostgreSQL refuses the password');
  expect(backup).toMatchObject({ exitCode: 78 });
  expect(backup.output).toContain('pg_dump');
  for (const { output } of [well, refused, served, backup]) {
    expect(output).not.toContain(wrong.password);
    expect(output).not.toContain(new URL(url).password);
  }
});

/** Creates a project, a key or a held update, again and again; what was acknowledged. */
async function writeUntil(service: RunningService, isOver: () => boolean) {
  const api = createOperationCaller(service);
  const acknowledged = { projects: new Set<string>(), keys: new Set<string>(), updates: 0 };
  const refused: number[] = [];
  const write = async (work: () => Promise<void>): Promise<void> => {
    while (!isOver()) await work();
  };
  const check = (status: number, retryAfter: unknown): boolean => {
    if (status === 200) return true;
    // What is wrong is said by the assertion on it.
    refused.push(status === 503 && retryAfter === undefined ? 0 : status);
    return false;
  };
  await Promise.all([
    write(async () => {
      const name = randomUUID();
      const { status, headers } = await api.send('createProject', { body: { name } });
      if (check(status, headers['retry-after'])) acknowledged.projects.add(name);
    }),
    write(async () => {
      const name = randomUUID();
      const body = { name, access: 'read' };
      const { status, headers } = await api.send('createKey', { body });
      if (check(status, headers['retry-after'])) acknowledged.keys.add(name);
    }),
    write(async () => {
      const body = { event_id: randomUUID(), project: 'default', metadata: { a: 1 } };
      const { status, headers } = await api.send('updateEvent', { body });
      if (check(status, headers['retry-after'])) acknowledged.updates += 1;
    }),
  ]);
  return { acknowledged, refused };
}

test.each(roundNumbers)(
  'PostgreSQL killed under load: 503 meanwhile, nothing acknowledged is lost, it heals (round %i)',
  async () => {
    const url = await createPostgresDatabase(postgres.url);
    const service = await start(url);
    const api = createOperationCaller(service);
    const readiness = watchReadiness(service);
    let isOver = false;
    const writing = writeUntil(service, () => isOver);
    await readiness.take(5);

    await postgres.kill();
    await readiness.until(503);
    await readiness.take(5);
    await postgres.start();
    await readiness.until(200);
    await readiness.take(5);
    isOver = true;
    const { acknowledged, refused } = await writing;
    await readiness.stop();

    const lost = (wanted: ReadonlySet<string>, found: readonly { readonly name: string }[]) => {
      const names = new Set(found.map(({ name }) => name));
      return [...wanted].filter((name) => !names.has(name));
    };
    const answer = await api.ok('listProjects', { query: { limit: 10_000 } });
    const projects = 'projects' in answer ? answer.projects : answer;
    const { keys } = await api.ok('listKeys');
    const held = await api.ok('countHeldUpdates', { params: { project_id: 'default' } });
    expect(new Set(refused)).toEqual(new Set([503]));
    expect(lost(acknowledged.projects, Array.isArray(projects) ? projects : [])).toEqual([]);
    expect(lost(acknowledged.keys, keys)).toEqual([]);
    expect(acknowledged.updates).toBeGreaterThan(0);
    expect(held.count).toBeGreaterThanOrEqual(acknowledged.updates);
  },
);
