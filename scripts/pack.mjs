// `npm run pack`: the packages as they are published, as tarballs in dist/.
// `npm run pack -- --only client --to folder` packs one of them somewhere else. Needs a build.
import './node-version.mjs';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { npmCommand, root, runQuietly } from './child.mjs';
import { emitCommonJs, entriesOf, findReachable, toDualEntries } from './pack-commonjs.mjs';
import { setUpUi } from './setup.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string' }, to: { type: 'string', default: join(root, 'dist') } },
});
const published = ['facts', 'wire', 'client', 'server', 'cli'];
const chosen = published.filter((name) => values.only === undefined || values.only === name);

/** Whether a file of `src` is part of the package: neither a test nor what tests alone use. */
const isPublic = (path) => path.endsWith('.ts') && !/\.test\.ts$|(?:^|\/)testing\//.test(path);

/** The manifest without what only this workspace understands: its own condition, and the TypeScript it leads to. */
function toManifest(text) {
  const { exports = {}, files: _files, devDependencies: _dev, ...manifest } = JSON.parse(text);
  for (const target of Object.values(exports)) if (typeof target === 'object') delete target.source;
  const entries = manifest.name === 'honeyhive' ? toDualEntries(exports) : { exports };
  return { ...manifest, ...(Object.keys(exports).length > 0 ? entries : {}) };
}

/**
 * The code of a package, compiled once more: without comments, which the types keep, and without maps.
 * Comments, maps and sources would be more than half of it.
 */
async function emitCode(name, to) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const without = ['declaration', 'declarationMap', 'composite', 'incremental', 'sourceMap'];
  const flags = without.flatMap((flag) => [`--${flag}`, 'false']);
  const project = ['-p', join(root, 'packages', name), '--outDir', join(to, 'dist')];
  const args = [tsc, ...project, '--removeComments', ...flags];
  const { code, output } = await runQuietly(process.execPath, args);
  if (code !== 0) throw new Error(output);
}

/**
 * A declaration without the comment that leads to its map, and as TypeScript before 5.7 reads it, whose typed arrays
 * are not generic.
 */
const toPublished = (text) =>
  text
    .replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
    .replaceAll(/\b(\w+Array)<(?:Shared)?ArrayBuffer>/g, '$1');

/** Removes modules that no entry of the client leads to: those of the worker that is part of the code as a text. */
function removeUnreachable(dist, exports) {
  const entries = entriesOf(exports).map(([, entry]) => entry);
  for (const ending of ['.d.ts', '.js']) {
    const reached = findReachable(dist, entries, ending);
    for (const path of readdirSync(dist, { recursive: true })) {
      const isReached = reached.has(path.slice(0, -ending.length));
      if (path.endsWith(ending) && !isReached) rmSync(join(dist, path));
    }
  }
}

async function stage(name) {
  const from = join(root, 'packages', name);
  const to = join(staging, name);
  await emitCode(name, to);
  for (const path of readdirSync(join(from, 'src'), { recursive: true }).filter(isPublic)) {
    const file = join('dist', path.replace(/\.ts$/, '.d.ts'));
    writeFileSync(join(to, file), toPublished(readFileSync(join(from, file), 'utf8')));
  }
  for (const extra of readdirSync(from).filter((entry) => ['bin', 'README.md'].includes(entry))) {
    cpSync(join(from, extra), join(to, extra), { recursive: true });
  }
  if (name === 'server') {
    await setUpUi();
    const ui = join(from, 'dist', 'ui');
    // What the build notes for tools is not served.
    const filter = (path) => !path.endsWith('.vite');
    cpSync(ui, join(to, 'dist', 'ui'), { recursive: true, filter });
  }
  cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
  const text = readFileSync(join(from, 'package.json'), 'utf8');
  if (name === 'client') {
    const dist = join(to, 'dist');
    removeUnreachable(dist, JSON.parse(text).exports);
    await emitCommonJs(dist, JSON.parse(text));
  }
  const manifest = toManifest(text);
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return to;
}

mkdirSync(values.to, { recursive: true });
const cache = join(root, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
// Of this run alone: tests pack several at once.
const staging = mkdtempSync(join(cache, 'pack-'));
process.once('exit', () => rmSync(staging, { recursive: true, force: true }));
for (const name of chosen) {
  const to = ['--pack-destination', resolve(values.to), '--json', '--loglevel', 'error'];
  const { code, output } = await runQuietly(...npmCommand(['pack', await stage(name), ...to]));
  if (code !== 0) throw new Error(output);
  const [{ filename, size, entryCount }] = JSON.parse(output.slice(output.indexOf('[')));
  process.stdout.write(`${filename}: ${entryCount} files, ${(size / 1000).toFixed(1)} kB\n`);
}
