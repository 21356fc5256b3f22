// The PostgreSQL that tests start, from the packages of the system.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { runQuietly } from './child.mjs';
import { withProgress } from './progress.mjs';

const debian = '/usr/lib/postgresql';

const isThere = () =>
  (existsSync(debian) &&
    readdirSync(debian).some((version) => existsSync(`${debian}/${version}/bin/initdb`))) ||
  spawnSync('which', ['initdb']).status === 0;

/**
 * Installs the server where that is allowed, without creating a cluster of the system.
 *
 * @throws when it is missing, with what to do about it
 */
export async function ensurePostgres() {
  if (isThere() || process.env.HH_TEST_POSTGRES_URL) return;
  const advice =
    'Tests need the programs of PostgreSQL. Install them (Debian: `apt-get install postgresql`), or name a server whose user may create databases with HH_TEST_POSTGRES_URL.';
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(advice);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { output } = await withProgress('installing postgresql', async () => {
    await runQuietly('apt-get', ['update'], env);
    return runQuietly('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], env);
  });
  if (!isThere()) throw new Error(`${output}\n${advice}`);
}
