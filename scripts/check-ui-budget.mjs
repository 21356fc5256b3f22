// What a browser loads before the first screen is there, and for each screen after that. Sizes are gzip, KiB.
import './node-version.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './child.mjs';
import { setUpUi } from './setup.mjs';

/** More than `limit` fails; `goal` is what is aimed at. */
const budgets = {
  'JavaScript of the first screen': { goal: 90, limit: 100 },
  'styles of the first screen': { goal: 15, limit: 15 },
  'JavaScript of the largest chunk that comes later': { goal: 60, limit: 60 },
  'JavaScript in all': { goal: 300, limit: 300 },
};

/** It imports all that comes before it. */
const firstScreen = 'src/explore/sessions-screen.tsx';

await setUpUi();
const folder = join(root, 'packages', 'server', 'dist', 'ui');
const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));

/** A chunk with all that it imports, those that it may load later not among them. */
function withImports(names) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const next of manifest[name].imports ?? []) visit(next);
  };
  for (const name of names) visit(name);
  return [...found];
}

const sizes = new Map();
function sizeOf(file) {
  const size = sizes.get(file) ?? gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;
  sizes.set(file, size);
  return size;
}
const sum = (files) => [...new Set(files)].reduce((total, file) => total + sizeOf(file), 0) / 1024;
const scriptsOf = (names) => names.map((name) => manifest[name].file);
const stylesOf = (names) => names.flatMap((name) => manifest[name].css ?? []);

const first = withImports([firstScreen]);
const later = Object.keys(manifest)
  .filter((name) => manifest[name].isDynamicEntry && !first.includes(name))
  .map((name) => {
    const own = withImports([name]).filter((other) => !first.includes(other));
    return { name, size: sum(scriptsOf(own)) };
  })
  .toSorted((a, b) => b.size - a.size);
const scripts = Object.values(manifest)
  .map(({ file }) => file)
  .filter((file) => file.endsWith('.js'));

const figures = {
  'JavaScript of the first screen': sum(scriptsOf(first)),
  'styles of the first screen': sum(stylesOf(first)),
  'JavaScript of the largest chunk that comes later': later[0]?.size ?? 0,
  'JavaScript in all': sum(scripts),
};

for (const [name, figure] of Object.entries(figures)) {
  const { goal, limit } = budgets[name];
  const verdict = figure <= goal ? 'ok' : figure <= limit ? 'over the goal' : 'TOO LARGE';
  process.stdout.write(`${name}: ${figure.toFixed(1)} KiB, goal ${goal}, ${verdict}\n`);
  if (figure > limit) process.exitCode = 1;
}
if (process.exitCode === 1) {
  const largest = later.slice(0, 5).map(({ name, size }) => `${name} ${size.toFixed(1)}`);
  process.stderr.write(`The UI is over its budget. Largest later chunks: ${largest.join(', ')}\n`);
}
