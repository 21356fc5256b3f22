import {
  createOperationCaller,
  createPostgresDatabase,
  freePort,
  makeDataDir,
  removeDataDir,
  startClickHouse,
  startPostgres,
  startService,
} from 'honeyhive-testkit';
import type { RunningService } from 'honeyhive-testkit';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDifferences } from '../faults/account.ts';
import { openLedger } from '../faults/ledger.ts';
import { startLoad } from '../faults/load.ts';

const project = 'default';
const guide = join(import.meta.dirname, '..', '..', 'docs', 'guide', 'several-servers.md');
const postgres = await startPostgres();
const clickHouse = await startClickHouse();
const env = {
  HH_LOG_LEVEL: 'warn',
  HH_POSTGRES_URL: await createPostgresDatabase(postgres.url),
  HH_CLICKHOUSE_URL: `${clickHouse.url}/rolling`,
};
const ports = [await freePort(), await freePort(), await freePort()];
const folders = await Promise.all(ports.map(() => makeDataDir()));
const servers: RunningService[] = [];
let folder = '';
let balancer: ChildProcess;
let target = { url: '', key: '' };

async function startServer(index: number): Promise<void> {
  const key = servers[0]?.key;
  servers[index] = await startService({
    port: ports[index] ?? 0,
    dataDir: folders[index] ?? '',
    env,
    ...(key !== undefined && { key }),
  });
}

/** As the guide configures it. */
async function startBalancer(port: number): Promise<ChildProcess> {
  const [, shown = ''] =
    /```nginx-balancer\n([\s\S]*?)```/.exec(await readFile(guide, 'utf8')) ?? [];
  const addresses = ports.map((each, index) => [`10.0.0.1${index + 1}:4040`, `127.0.0.1:${each}`]);
  const configured = addresses.reduce(
    (text, [from = '', to = '']) => text.replace(from, to),
    shown.replace('listen 8080', `listen 127.0.0.1:${port}`),
  );
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const path = join(folder, 'nginx.conf');
  await writeFile(
    path,
    `${process.getuid?.() === 0 ? 'user root; ' : ''}daemon off; worker_processes 1; pid ${join(folder, 'nginx.pid')}; error_log stderr;
     events {} http { access_log off; ${places.join(' ')}\n${configured}}`,
  );
  return spawn('nginx', ['-e', 'stderr', '-p', folder, '-c', path], { stdio: 'ignore' });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'honeyhive-balancer-'));
  for (const index of ports.keys()) await startServer(index);
  const port = await freePort();
  balancer = await startBalancer(port);
  target = { url: `http://127.0.0.1:${port}`, key: servers[0]?.key ?? '' };
});
afterAll(async () => {
  balancer.kill();
  for (const server of servers) await server.stop();
  await clickHouse.stop();
  await postgres.stop();
  for (const each of [folder, ...folders]) await removeDataDir(each);
  await rm(folder, { recursive: true, force: true });
});

test('no request fails while three servers behind a balancer are restarted one by one under load', async () => {
  const ledger = openLedger();
  const statuses = new Map<number, number>();
  const load = startLoad({
    target,
    project,
    ledger,
    onAnswer: ({ status }) => statuses.set(status, (statuses.get(status) ?? 0) + 1),
  });
  await load.progress(100);

  for (const index of ports.keys()) {
    await servers[index]?.kill('SIGTERM');
    await startServer(index);
    await load.progress(100);
  }
  load.stop();
  await load.ended;

  expect([...statuses.keys()]).toEqual([200]);
  expect(load.counts.unanswered).toBe(0);
  for (const server of servers)
    expect(await findDifferences(createOperationCaller(server), project, ledger)).toEqual([]);
});
