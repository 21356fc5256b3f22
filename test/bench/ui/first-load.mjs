// What comes before the first row of the list is there: bytes, requests, paints.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { median, repeat } from './figures.mjs';

const built = fileURLToPath(new URL('../../../packages/server/dist/ui/assets/', import.meta.url));

/** Compressed as the goals count it, whatever the service sends. */
const gzipBytes = async (url) =>
  gzipSync(await readFile(join(built, basename(new URL(url).pathname))), { level: 9 }).length;

/** Files that were there when the first row was, and when something was painted, ms. */
function readLoad(paintedAt) {
  const resources = performance.getEntriesByType('resource');
  const [contentful] = performance.getEntriesByName('first-contentful-paint');
  return {
    urls: resources
      .filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= paintedAt)
      .map(({ name }) => name),
    contentfulMs: contentful?.startTime ?? 0,
    elsewhere: resources.filter(({ name }) => !name.startsWith(location.origin)).length,
  };
}

export async function measureFirstLoad({ browser, plan, figures, day }) {
  const loads = await repeat(plan.rounds, async () => {
    const tab = await browser.openTab();
    const { ms, longestTaskMs } = await tab.open(`/p/many/sessions?t=${day.range}&tz=UTC`, {
      selector: '[data-row]',
    });
    const load = await tab.page.evaluate(readLoad, ms);
    await tab.close();
    return { ...load, longestTaskMs };
  });
  const [{ urls, elsewhere }] = loads;
  const sizes = async (ending) =>
    Promise.all(urls.filter((url) => url.endsWith(ending)).map(gzipBytes));
  const kibibytes = (list) => list.reduce((sum, size) => sum + size, 0) / 1024;
  const scripts = await sizes('.js');
  figures.add({
    name: 'first load: JavaScript before the first row, gzip',
    unit: 'KiB',
    goal: 130,
    figure: kibibytes(scripts),
    note: `${scripts.length} files`,
  });
  figures.add({
    name: 'first load: styles before the first row, gzip',
    unit: 'KiB',
    goal: 15,
    figure: kibibytes(await sizes('.css')),
  });
  figures.add({
    name: 'first load: first paint with content',
    goal: 600,
    figure: median(loads.map(({ contentfulMs }) => contentfulMs)),
  });
  figures.add({
    name: 'first load: longest task',
    goal: 200,
    figure: median(loads.map(({ longestTaskMs }) => longestTaskMs)),
  });
  figures.check('first load: requests to elsewhere', elsewhere, 0);
}
