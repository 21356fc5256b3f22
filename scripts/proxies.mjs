// The proxies that the guide shows and the end-to-end tests run, from the packages of the system.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runQuietly } from './child.mjs';
import { withProgress } from './progress.mjs';

/** Program → package of Debian. */
const proxies = { nginx: 'nginx-light', caddy: 'caddy', openssl: 'openssl' };

const isThere = (program) =>
  ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'].some((folder) =>
    existsSync(`${folder}/${program}`),
  ) || spawnSync('which', [program]).status === 0;

const findMissing = () => Object.keys(proxies).filter((program) => !isThere(program));

/**
 * Installs what is missing where that is allowed.
 *
 * @throws when something is missing, with what to do about it
 */
export async function ensureProxies() {
  const missing = findMissing();
  if (missing.length === 0) return;
  const packages = missing.map((program) => proxies[program]);
  const advice = `The tests of the proxies need ${missing.join(', ')}. Install them (Debian: \`apt-get install ${packages.join(' ')}\`).`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(advice);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { output } = await withProgress(`installing ${packages.join(', ')}`, async () => {
    await runQuietly('apt-get', ['update'], env);
    return runQuietly('apt-get', ['install', '-y', '--no-install-recommends', ...packages], env);
  });
  if (findMissing().length > 0) throw new Error(`${output}\n${advice}`);
}
