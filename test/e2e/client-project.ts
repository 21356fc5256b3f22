import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeDataDir, removeDataDir } from 'honeyhive-testkit';

export const run = promisify(execFile);
export const repository = join(import.meta.dirname, '..', '..');

/** An application with the client installed from its tarball. */
export interface ClientProject extends AsyncDisposable {
  readonly folder: string;
}

/**
 * @param type of the application's modules
 * @param others packages to install beside it, as npm names them
 */
export async function makeClientProject(
  type: 'module' | 'commonjs',
  ...others: readonly string[]
): Promise<ClientProject> {
  const parent = await makeDataDir();
  const folder = join(parent, 'project');
  await mkdir(folder);
  for (const name of ['facts', 'client']) {
    const args = ['scripts/pack.mjs', '--only', name, '--to', parent];
    await run(process.execPath, args, { cwd: repository });
  }
  const manifest = { name: 'application', private: true, type };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const tarballs = ['honeyhive-facts', 'honeyhive'].map((name) =>
    join(parent, `${name}-0.1.0.tgz`),
  );
  const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...flags, ...tarballs, ...others], { cwd: folder });
  return { folder, [Symbol.asyncDispose]: () => removeDataDir(parent) };
}
