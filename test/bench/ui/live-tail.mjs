// A live list while events come in: how late they are, whether the page keeps up, and whether what is read stays put.
import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from './figures.mjs';

const mebibyte = 1024 * 1024;
const batchesPerSecond = 5;

/** Sends events until the timeout expires; each name tells when it was sent. How many they were. */
async function send({ ask }, { eventsPerSecond, seconds }) {
  const perBatch = eventsPerSecond / batchesPerSecond;
  const startedAt = performance.now();
  let sent = 0;
  for (let batch = 0; batch < seconds * batchesPerSecond; batch += 1) {
    const ahead = startedAt + (batch * 1000) / batchesPerSecond - performance.now();
    if (ahead > 0) await delay(ahead);
    const now = Date.now();
    const events = Array.from({ length: perBatch }, (_, index) => ({
      session_id: `live-${batch}`,
      event_type: index % 2 === 0 ? 'model' : 'tool',
      event_name: `sent ${now}`,
      inputs: { question: `what is ${index}?` },
      outputs: { content: 'that is '.repeat(20) },
      start_time: now,
      duration: 100 + index,
    }));
    await ask({ method: 'POST', path: '/events/batch', body: { project: 'many', events } });
    sent += events.length;
  }
  return sent;
}

/** Notes how late each row is when it appears, ms. */
function watchRows() {
  const seen = new Set();
  globalThis.bench.delays = [];
  const observer = new MutationObserver(() => {
    const now = Date.now();
    for (const row of document.querySelectorAll('[data-row]')) {
      if (seen.has(row.dataset.row)) continue;
      seen.add(row.dataset.row);
      const sentAt = Number(/sent (\d{13})/.exec(row.textContent)?.[1]);
      if (sentAt) globalThis.bench.delays.push(now - sentAt);
    }
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

const readTasks = (page) =>
  page.evaluate(() => Math.max(0, ...globalThis.bench.tasks.map(({ duration }) => duration)));
const forgetTasks = (page) =>
  page.evaluate(() => {
    globalThis.bench.tasks = [];
  });

/** Where the row is that is read, px from the top of the window. */
const placeOf = (page, id) =>
  page.evaluate(
    (row) => document.querySelector(`[data-row="${row}"]`)?.getBoundingClientRect().top ?? null,
    id,
  );

/** Scrolls down, and sees whether what is read then moves while more comes. */
async function measureReading({ page }, { served, load, figures }) {
  const grid = page.locator('[data-list-grid]');
  await grid.evaluate((element) => element.scrollTo(0, 640));
  await delay(500);
  const id = await page.locator('[data-row]').nth(15).getAttribute('data-row');
  const before = await placeOf(page, id);
  await send(served, { ...load, seconds: Math.min(5, load.seconds) });
  await delay(1_000);
  const moved = Math.abs(((await placeOf(page, id)) ?? Infinity) - before);
  figures.add({
    name: 'live: how far the row moves that is read',
    unit: 'px',
    goal: 0,
    figure: moved,
  });
  figures.check('live: what is read stays where it is', moved, 0);
  const pill = await page.getByRole('button', { name: / new/ }).innerText();
  figures.check('live: what came meanwhile is counted', /^[\d,]+ new/.test(pill), true);
}

export async function measureLiveTail({ browser, served, plan, figures }) {
  const load = plan.live;
  const tab = await browser.openTab();
  const { page } = tab;
  await tab.goto('/p/many/events?live=1');
  await page.getByText('Listening').waitFor();
  await page.waitForTimeout(1_500);
  await page.evaluate(watchRows);
  // The list fills up to what it keeps; only what grows beyond that counts.
  await send(served, { ...load, seconds: Math.max(1, load.seconds / 6) });
  await forgetTasks(page);
  const before = await tab.heapBytes();
  await forgetTasks(page);
  const { result: sent, taskMs } = await tab.work(() => send(served, load));
  await delay(1_500);
  const longestTask = await readTasks(page);
  const delays = await page.evaluate(() => globalThis.bench.delays);
  const what = `live, ${load.eventsPerSecond}/s for ${load.seconds} s`;
  figures.check('live: rows appear', delays.length > 0, true);
  figures.add({
    name: `${what}: from sending to the row, p95`,
    goal: 2_000,
    figure: quantile(delays, 0.95),
  });
  figures.add({ name: `${what}: longest task`, figure: longestTask, goal: 50 });
  figures.add({
    name: `${what}: growth of memory`,
    unit: 'MiB',
    goal: 20,
    figure: ((await tab.heapBytes()) - before) / mebibyte,
  });
  figures.add({
    name: `${what}: work of the main thread each second`,
    figure: taskMs / load.seconds,
    note: `${sent} events`,
  });
  await measureReading(tab, { served, load, figures });
  await tab.close();
}
