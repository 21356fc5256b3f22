// The packages that clients are compared with, each client's in its own folder, out of the way of ours.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('../../../.bench/peers/', import.meta.url));

export const folderOf = (client) => join(root, client);

/** Installs what is missing, without running any script of it. */
export async function install(client, packages) {
  const folder = folderOf(client);
  if (packages.length === 0 || existsSync(join(folder, 'node_modules'))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  // An import is resolved from the file that it stands in.
  writeFileSync(join(folder, 'load.mjs'), 'export default (name) => import(name);\n');
  const child = spawn(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', ...packages],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`npm could not install ${packages.join(' ')}`);
}
