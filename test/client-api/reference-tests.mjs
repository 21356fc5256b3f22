// Finds the tests that are named after an item of the client API reference.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { referenceItems } from './reference-items.mjs';

const folders = ['packages/client/src', 'test'];
const examples = 'docs/guide/examples.md';

/** `test('…`, `describe('…`, and what follows the table of an `each`: `])('…`. */
const titlePattern =
  /(?:\b(?:test|describe)(?:\.\w+)?\(|[\])]\s*(?:as const,?\s*)?\)\()\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g;

/** `test.each(['a', 'b'])('%s: …`, which is a test named after each. */
const rowsPattern = /\.each\((\[[^\]]*\])\)\(\s*['`](%s: [^'`]*)/g;

const listTestFiles = (root) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((path) => path.endsWith('.test.ts'))
      .map((path) => join(folder, path))
      .toSorted(),
  );

const readTitles = (root) =>
  listTestFiles(root).map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const titles = [...text.matchAll(titlePattern)].map(([, , title]) => title);
    const rows = [...text.matchAll(rowsPattern)].flatMap(([, table, title]) =>
      [...table.matchAll(/'([^']*)'/g)].map(([, name]) => title.replace('%s', name)),
    );
    return { path, titles: [...titles, ...rows] };
  });

/** The tests of an item begin with its name: `timeout: …`. */
const isNamedAfter = (title, name) => title.startsWith(`${name}: `);

/** The headings of the examples that have a block of TypeScript under them, which a test runs. */
function readExamples(root) {
  const text = readFileSync(join(root, examples), 'utf8');
  const sections = text.split(/^## /m).slice(1);
  return sections
    .filter((section) => section.includes('```ts\n'))
    .map((section) => section.slice(0, section.indexOf('\n')));
}

/**
 * Every item of the client API reference, with the files that hold a test of its name.
 *
 * @param {string} root the repository
 * @returns {{ kind: string, reference: string, ours: string, files: string[] }[]}
 */
export function findReferenceTests(root) {
  const tests = readTitles(root);
  const headings = new Set(readExamples(root));
  return referenceItems.map(([kind, reference, ours]) => ({
    kind,
    reference,
    ours,
    files:
      kind === 'example'
        ? headings.has(ours)
          ? [examples]
          : []
        : tests
            .filter(({ titles }) => titles.some((title) => isNamedAfter(title, ours)))
            .map(({ path }) => path),
  }));
}
