import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = import.meta.dirname;
const read = (path: string) => readFileSync(path, 'utf8');

/** Each style sheet, with the classes that components take from it by name. */
function readUses() {
  const uses = new Map<string, Set<string>>();
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.tsx') || (path.endsWith('.ts') && !path.endsWith('.test.ts')),
  );
  for (const path of sources.map((source) => join(root, source))) {
    const code = read(path);
    for (const [, name = '', file = ''] of code.matchAll(
      /import (\w+) from '([^']+\.module\.css)'/g,
    )) {
      const sheet = join(dirname(path), file);
      const names = uses.get(sheet) ?? new Set<string>();
      for (const [, used = ''] of code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g')))
        names.add(used);
      uses.set(sheet, names);
    }
  }
  return uses;
}

const definedIn = (sheet: string): Set<string> => {
  const css = read(sheet).replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const selectors = css.replaceAll(/\{[^{}]*?:[^{}&]*?;\s*\}/g, '{}');
  return new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name));
};

const uses = [...readUses()];

test.each(uses)('%s has the classes that are used', (sheet, names) => {
  const defined = definedIn(sheet);

  expect([...names].filter((name) => !defined.has(name))).toEqual([]);
});

test('every style sheet belongs to a component', () => {
  const sheets = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.module.css'),
  );

  expect(sheets.toSorted()).toEqual(uses.map(([sheet]) => relative(root, sheet)).toSorted());
});
