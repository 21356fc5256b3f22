import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What is another in each run: names and ids of projects, addresses, moments, measurements. */
const inEachRun = [
  [/project(?:%20| )[\da-f]{8}-[\w-]+/g, 'project'],
  [/[\da-f]{8}-[\da-f]{4}-[\w-]{22,}/g, 'id'],
  [/\bhh_\w+…?/g, 'key'],
  [/127\.0\.0\.1:\d+/g, 'host'],
  [/(?:just now|\d+ (?:s|min|h) ago)/g, 'a moment ago'],
  [/\d{1,2} (?!Mar 2026)[A-Z][a-z]{2} 20\d\d(?:, [\d:]+)?/g, 'a date'],
  [/((?:created|updated)_at\\": \\")[^\\]+/g, '$1an instant'],
  [/to \d\d:\d\d UTC/g, 'to a time UTC'],
  [/responds in .+/g, 'responds in a moment'],
  [/(Text search\n.+definition: ).+/g, '$1indexed'],
  [/(Running for\n.+definition: ).+/g, '$1a while'],
  // Ids of keys only, once times are replaced.
  [/(?<=a moment ago )\w{12}(?= )|(?<=cell ")\w{12}(?=")/g, 'key'],
  // Once its stream is open.
  [/errors? Live/g, 'errors'],
] as const;

/** Rows of a table are similar: two of them are enough. */
function withoutRepetition(snapshot: string): string {
  const shownRows = new Map<number, number>();
  let leftOut = Number.POSITIVE_INFINITY;
  const kept = snapshot.split('\n').filter((line) => {
    const indent = line.search(/\S/);
    if (indent > leftOut) return false;
    leftOut = Number.POSITIVE_INFINITY;
    for (const deeper of [...shownRows.keys()].filter((other) => other > indent))
      shownRows.delete(deeper);
    if (!/^\s*- '?row /.test(line)) return true;
    const count = (shownRows.get(indent) ?? 0) + 1;
    shownRows.set(indent, count);
    if (count > 2) leftOut = indent;
    return count <= 2;
  });
  return kept.join('\n');
}

/** Expects the same accessibility tree as in the snapshot `test/ui/aria/<name>.yml`. */
export async function expectAria(where: Page | Locator, name: string): Promise<void> {
  const locator = 'locator' in where && 'goto' in where ? where.locator('body') : where;
  let tree = '';
  const read = async () => {
    const text = inEachRun.reduce(
      (shown, [pattern, same]) => shown.replaceAll(pattern, same),
      await locator.ariaSnapshot(),
    );
    tree = `${withoutRepetition(text)}\n`;
    return tree;
  };
  const kept = await readFile(join(import.meta.dirname, '..', 'aria', `${name}.yml`), 'utf8').catch(
    () => read(),
  );
  // What differs may be on its way; if it never comes, the comparison below says so.
  await expect
    .poll(read, { timeout: 10_000 })
    .toBe(kept)
    .catch(() => undefined);
  await expect(tree).toMatchFileSnapshot(`./aria/${name}.yml`);
}
