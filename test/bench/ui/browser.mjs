// A browser that is signed in to the service, and what is measured in its pages.
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../../scripts/chromium.mjs';
import { awaitPaint, readPaint, watch } from './in-page.mjs';

/** A step that takes longer does not come. */
const stepTimeoutMs = 60_000;

/** Sum of the numbers that Chromium keeps of a page's main thread, seconds. */
async function readWork(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** What one page is asked. */
function createTab(page, devtools, url) {
  const tab = {
    page,
    devtools,
    goto: (path) => page.goto(`${url}${path}`),
    /** From the address to the paint. */
    async open(path, condition) {
      await page.addInitScript(awaitPaint, [condition]);
      await page.goto(`${url}${path}`, { waitUntil: 'commit' });
      const { paintedAt, tasks } = await page.evaluate(readPaint);
      return { ms: paintedAt[0], longestTaskMs: longest(tasks, 0) };
    },
    /** From the input that `act` makes to the paint; of further conditions `laterMs` tells. */
    async time(act, ...conditions) {
      await page.evaluate(awaitPaint, conditions);
      const before = await page.evaluate(() => performance.now());
      await act(page);
      const { paintedAt, inputAt, tasks } = await page.evaluate(readPaint);
      const startedAt = Math.max(inputAt, before);
      return {
        ms: paintedAt[0] - startedAt,
        laterMs: paintedAt.slice(1).map((at) => at - startedAt),
        startedAt,
        longestTaskMs: longest(tasks, startedAt),
      };
    },
    throttle: (rate) => devtools.send('Emulation.setCPUThrottlingRate', { rate }),
    async heapBytes() {
      await devtools.send('HeapProfiler.collectGarbage');
      await devtools.send('HeapProfiler.collectGarbage');
      return (await devtools.send('Runtime.getHeapUsage')).usedSize;
    },
    /** Work of the main thread while `act` runs, ms, by what it was. */
    async work(act) {
      const before = await readWork(devtools);
      const result = await act();
      const after = await readWork(devtools);
      const spent = (name) => (after[name] - before[name]) * 1000;
      return {
        result,
        taskMs: spent('TaskDuration'),
        scriptMs: spent('ScriptDuration'),
        layoutMs: spent('LayoutDuration'),
        styleMs: spent('RecalcStyleDuration'),
      };
    },
    countNodes: () => page.locator('*').count(),
    close: () => page.context().close(),
  };
  return tab;
}

/** The longest task since an instant; 0 if none was long enough to be reported. */
const longest = (tasks, fromMs) =>
  Math.max(0, ...tasks.filter(({ endTime }) => endTime > fromMs).map(({ duration }) => duration));

/** Starts the browser and signs in; each tab has its own profile, with nothing cached. */
export async function startBrowser({ url, key }) {
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    // Containers have no user namespaces for the sandbox, and /dev/shm of 64 MB.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const first = await browser.newContext();
  const answer = await first.request.post(`${url}/ui/session`, { data: { api_key: key } });
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()} ${await answer.text()}`);
  const storageState = await first.storageState();
  await first.close();
  return {
    async openTab() {
      const context = await browser.newContext({
        storageState,
        viewport: { width: 1280, height: 720 },
        locale: 'en-GB',
        timezoneId: 'UTC',
      });
      context.setDefaultTimeout(stepTimeoutMs);
      const page = await context.newPage();
      await page.addInitScript(watch);
      const devtools = await context.newCDPSession(page);
      await devtools.send('Performance.enable');
      return createTab(page, devtools, url);
    },
    stop: () => browser.close(),
  };
}
