import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './child.mjs';

const cli = join(root, 'packages', 'cli');
// Here the bundle finds the UI and the version of the package, as the server itself does.
const folder = join(root, 'packages', 'server', 'dist');
const prefix = 'bundled-';

/**
 * Bundles the `honeyhive` command as built, and returns the file that runs it. A start of the service then loads a few
 * files instead of some 600, which is a third of its processor time; tests start hundreds. What is published is not
 * bundled: who installs it sees its dependencies, and can update them.
 */
export async function bundleCommand() {
  // Here, and not above: the script that imports this one installs it first.
  const { build } = await import('esbuild');
  for (const name of readdirSync(folder)) if (name.startsWith(prefix)) rmSync(join(folder, name));
  await build({
    entryPoints: [join(cli, 'dist', 'main.js')],
    outdir: folder,
    entryNames: `${prefix}[name]`,
    chunkNames: `${prefix}[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // Native libraries, which are looked for beside their packages.
    external: ['chdb', 'libsql'],
    // What was CommonJS calls `require`.
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);`,
    },
    logLevel: 'warning',
  });
  const command = join(folder, `${prefix}honeyhive.cjs`);
  const published = readFileSync(join(cli, 'bin', 'honeyhive.cjs'), 'utf8');
  writeFileSync(command, published.replace('../dist/main.js', `./${prefix}main.js`));
  return command;
}
