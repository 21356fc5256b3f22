// `npm run pack`: the packages as they are published, as tarballs in dist/.
// `npm run pack -- --only client --to folder` packs one of them somewhere else. Needs a build.
import './node-version.mjs';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { npmCommand, root, runQuietly } from './child.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string' }, to: { type: 'string', default: join(root, 'dist') } },
});
const published = ['wire', 'client', 'server', 'cli'];
const chosen = published.filter((name) => values.only === undefined || values.only === name);

/** Whether a file of `src` is part of the package: neither a test nor what tests alone use. */
const isPublic = (path) => path.endsWith('.ts') && !/\.test\.ts$|^testing\//.test(path);

/** The manifest without what only this workspace understands: its own condition, and the TypeScript it leads to. */
function toManifest(text) {
  const { exports = {}, files: _files, ...manifest } = JSON.parse(text);
  for (const target of Object.values(exports)) if (typeof target === 'object') delete target.source;
  return { ...manifest, ...(Object.keys(exports).length > 0 ? { exports } : {}) };
}

/** Code without the comment that leads to a source map: maps and sources are two fifths of a package. */
const toPublished = (text) => text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');

function stage(name) {
  const from = join(root, 'packages', name);
  const to = join(root, 'node_modules', '.cache', 'pack', name);
  rmSync(to, { recursive: true, force: true });
  for (const path of readdirSync(join(from, 'src'), { recursive: true }).filter(isPublic)) {
    for (const ending of ['.js', '.d.ts']) {
      const file = join('dist', path.replace(/\.ts$/, ending));
      mkdirSync(dirname(join(to, file)), { recursive: true });
      writeFileSync(join(to, file), toPublished(readFileSync(join(from, file), 'utf8')));
    }
  }
  for (const extra of readdirSync(from).filter((entry) => ['bin', 'README.md'].includes(entry))) {
    cpSync(join(from, extra), join(to, extra), { recursive: true });
  }
  cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
  const manifest = toManifest(readFileSync(join(from, 'package.json'), 'utf8'));
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return to;
}

mkdirSync(values.to, { recursive: true });
for (const name of chosen) {
  const to = ['--pack-destination', resolve(values.to), '--json', '--loglevel', 'error'];
  const { code, output } = await runQuietly(...npmCommand(['pack', stage(name), ...to]));
  if (code !== 0) throw new Error(output);
  const [{ filename, size, entryCount }] = JSON.parse(output.slice(output.indexOf('[')));
  process.stdout.write(`${filename}: ${entryCount} files, ${(size / 1000).toFixed(1)} kB\n`);
}
