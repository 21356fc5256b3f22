import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { pingPostgres } from './postgres-database.ts';
import { findPostgresOwner, findPostgresPrograms } from './postgres-programs.ts';
import type { ProgramOwner } from './postgres-programs.ts';

/** A real PostgreSQL on a port of this machine, with its own data. */
export interface TestPostgres {
  /** URL of its first database, with the password of a user who may do everything. */
  readonly url: string;
  /** Ends it at once: with SIGKILL its first process, whose end the others notice. Keeps the data. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
  /** Ends it, and removes the data. */
  stop(): Promise<void>;
}

/** How a server is started. */
export interface PostgresOptions {
  /** Accept TLS, too, with this certificate and key (PEM). @default no TLS */
  readonly tls?: { readonly cert: string; readonly key: string };
}

const user = 'honeyhive';
const startWithinMs = 60_000;

interface Cluster {
  readonly programs: string;
  readonly owner: ProgramOwner;
  readonly folder: string;
  readonly port: number;
  readonly url: string;
  readonly hasTls: boolean;
}

/** The default collation differs from the order of bytes, as in many installations. */
async function makeCluster({ tls }: PostgresOptions): Promise<Cluster> {
  const programs = findPostgresPrograms();
  const owner = findPostgresOwner();
  const folder = await mkdtemp(join(tmpdir(), 'honeyhive-pg-'));
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  const { uid, gid } = owner;
  if (uid !== undefined && gid !== undefined)
    for (const path of [folder, passwordFile]) await chown(path, uid, gid);
  await promisify(execFile)(
    join(programs, 'initdb'),
    [
      `--pgdata=${join(folder, 'data')}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--locale-provider=icu',
      '--icu-locale=en',
      '--no-sync',
    ],
    { ...owner, cwd: folder },
  );
  const port = await freePort();
  const url = `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`;
  if (tls !== undefined) await writeCertificate(join(folder, 'data'), tls, owner);
  return { programs, owner, folder, port, url, hasTls: tls !== undefined };
}

/** Where the server looks for it; it refuses a key that others may read. */
async function writeCertificate(
  data: string,
  { cert, key }: NonNullable<PostgresOptions['tls']>,
  { uid, gid }: ProgramOwner,
): Promise<void> {
  for (const [name, text] of [
    ['server.crt', cert],
    ['server.key', key],
  ] as const) {
    await writeFile(join(data, name), text, { mode: 0o600 });
    if (uid !== undefined && gid !== undefined) await chown(join(data, name), uid, gid);
  }
}

/** `fsync` stays on: what was committed has to survive `kill`. */
const settingsOf = ({ port, folder, hasTls }: Cluster): string[] =>
  Object.entries({
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: '200',
    shared_buffers: '32MB',
    ssl: hasTls ? 'on' : 'off',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

async function startCluster(cluster: Cluster): Promise<ChildProcess> {
  const { programs, owner, folder, url } = cluster;
  const args = ['-D', join(folder, 'data'), ...settingsOf(cluster)];
  const server = spawn(join(programs, 'postgres'), args, {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-20_000);
  });
  const deadline = Date.now() + startWithinMs;
  while (server.exitCode === null && Date.now() < deadline) {
    const isThere = await pingPostgres(url).then(
      () => true,
      () => false,
    );
    if (isThere) return server;
    await delay(20);
  }
  server.kill('SIGKILL');
  throw new Error(`PostgreSQL did not start:\n${output}`);
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill(signal);
  await exited;
}

/** Starts one from the programs of the system; it takes a second or two. */
export async function startPostgres(options: PostgresOptions = {}): Promise<TestPostgres> {
  const cluster = await makeCluster(options);
  let server = await startCluster(cluster);
  return {
    url: cluster.url,
    kill: (signal = 'SIGKILL') => end(server, signal),
    async start() {
      server = await startCluster(cluster);
    },
    async stop() {
      // Without a checkpoint, since the data is removed.
      await end(server, 'SIGQUIT');
      await rm(cluster.folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
