import './node-version.mjs';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, root, runQuietly } from './child.mjs';
import { withProgress } from './progress.mjs';
import { hashFiles, listFiles, readStamp, writeStamp } from './stamp.mjs';

// In the order of their references; the last one brings the others.
const packages = ['wire', 'client', 'server', 'cli'];

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

/**
 * Whether npm put in place what the lock file says, by the record that npm writes when an installation is complete.
 * Packages for other platforms are listed in the lock file too and are rightly missing.
 */
function isInstalled() {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(join(root, record))) return false;
  const wanted = Object.entries(readJson('package-lock.json').packages);
  const present = readJson(record).packages;
  return wanted
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .every(([path, entry]) =>
      present[path] ? present[path].version === entry.version : entry.optional === true,
    );
}

/** The end of a long output, which is where tools say what went wrong. */
function lastLines(text) {
  return text.trimEnd().split('\n').slice(-40).join('\n');
}

function fail(what, output) {
  process.stderr.write(`${lastLines(output)}\n${what}\n`);
  process.exit(1);
}

/** Installs the dependencies unless they are there as the lock file says. */
export async function install() {
  if (isInstalled()) return;
  const [command, args] = npmCommand(['ci', '--no-audit', '--no-fund']);
  const { code, output } = await withProgress('installing dependencies', () =>
    runQuietly(command, args),
  );
  if (code !== 0) fail('npm ci failed: the dependencies could not be installed.', output);
}

/** Compiles a package with those that it refers to; ends the program when that fails. */
export async function compile(folder) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code, output } = await withProgress('building', () =>
    runQuietly(process.execPath, [tsc, '-b', folder]),
  );
  if (code !== 0) fail('tsc -b failed: the sources could not be built.', output);
}

/** The sources, and what the compiler noted about its last run: it may have been called with other sources since. */
function describeBuild() {
  const sources = packages.flatMap((name) => [
    ...listFiles(`packages/${name}/src`).filter((path) => !path.endsWith('.test.ts')),
    `packages/${name}/tsconfig.json`,
    `packages/${name}/package.json`,
  ]);
  const notes = packages.map((name) => `packages/${name}/dist/.tsbuildinfo`);
  if (!notes.every((path) => existsSync(join(root, path)))) return null;
  return hashFiles([...sources, ...notes, 'tsconfig.base.json', 'package-lock.json']);
}

async function build() {
  const found = describeBuild();
  if (found !== null && readStamp('built') === found) return;
  await compile(`packages/${packages.at(-1)}`);
  writeStamp('built', describeBuild() ?? '');
}

const builtPage = join(root, 'packages', 'server', 'dist', 'ui', 'index.html');

/** What the UI is made of: its own files, and the sources of the client that it talks through. */
function describeUi() {
  const files = ['packages/ui', 'packages/client/src'].flatMap(listFiles);
  return hashFiles([
    ...files.filter((path) => !/\.test\.ts$|\/node_modules\//.test(path)),
    'package-lock.json',
  ]);
}

/** Builds the UI when its sources changed. Needs the dependencies. */
export async function setUpUi() {
  const found = describeUi();
  if (existsSync(builtPage) && readStamp('built-ui') === found) return;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, output } = await withProgress('building the UI', () =>
    runQuietly(process.execPath, [vite, 'build', join(root, 'packages', 'ui')]),
  );
  if (code !== 0) fail('vite build failed: the UI could not be built.', output);
  writeStamp('built-ui', found);
}

/** Installs dependencies when the lock file changed, builds when sources changed, and does nothing otherwise. */
export async function setUp() {
  await install();
  await build();
  await setUpUi();
}
