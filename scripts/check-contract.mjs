// Holds what is said of the contract to what there is: each citation of docs/contract.md names one of its headings, no
// handler is forced into its type, and the UI asks by the names of operations.
import './node-version.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './child.mjs';
import { compile } from './setup.mjs';
import { listFiles } from './stamp.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const headings = new Set(
  [...read('docs/contract.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
);
const sources = listFiles('packages').filter((path) => /^packages\/\w+\/src\/.*\.tsx?$/.test(path));
const faults = [];

/** What must not stand in the sources below a folder. */
const banned = [
  {
    under: 'packages/',
    text: /\bcontract sections? \d/i,
    why: 'cite a heading of docs/contract.md',
  },
  {
    under: 'packages/server/src/',
    text: /as unknown as Handler/,
    why: 'handlers have the types of their operation',
  },
  {
    under: 'packages/ui/src/',
    text: /\bask<\w+>\(/,
    why: 'the operation decides what is answered',
  },
];

for (const path of sources) {
  const text = read(path);
  for (const { under, text: pattern, why } of banned) {
    if (path.startsWith(under) && pattern.test(text)) faults.push(`${path}: ${why}`);
  }
  // A comment may break between the file and the heading.
  for (const [, heading] of text.matchAll(/docs\/contract\.md,[\s*]+"([^"]+)"/g)) {
    if (!headings.has(heading))
      faults.push(`${path}: docs/contract.md has no heading "${heading}"`);
  }
}

await compile('packages/wire');
const { operationList } = await import('honeyhive-wire');
for (const { id, source } of operationList) {
  if (source !== 'ours' && !headings.has(source.section))
    faults.push(`${id}: docs/contract.md has no heading "${source.section}"`);
}

for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
