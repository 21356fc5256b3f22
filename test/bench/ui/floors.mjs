// What the machine can do at best, by a bare page in the same browser; and scrolling, which is measured beside it.
import { drawRows, fetchAndDraw, scrollFrames } from './in-page.mjs';
import { median, quantile, repeat } from './figures.mjs';

/** A page of the service without the application. */
const barePath = '/health';

/**
 * The same requests and as many rows, without the application: from the address to the page, and from asking to the
 * paint.
 */
export async function measureFetch(browser, { requests, plan }) {
  const results = await repeat(plan.rounds, async () => {
    const tab = await browser.openTab();
    const { ms: pageMs } = await tab.open(barePath, { selector: 'body' });
    const { startedAt, paintedAt } = await tab.page.evaluate(fetchAndDraw, { requests, count: 40 });
    await tab.close();
    return { pageMs, fetchMs: paintedAt - startedAt };
  });
  return {
    pageMs: median(results.map(({ pageMs }) => pageMs)),
    fetchMs: median(results.map(({ fetchMs }) => fetchMs)),
  };
}

/** A quarter of the processor's speed: what older machines have. */
const slowRate = 4;

async function readFrames(tab, scroll) {
  const { result, ...work } = await tab.work(() => tab.page.evaluate(scrollFrames, scroll));
  const { frames, farthestPx } = result;
  return {
    p95Ms: quantile(frames, 0.95),
    maxMs: Math.max(...frames),
    fps: (1000 * frames.length) / frames.reduce((sum, ms) => sum + ms, 0),
    workMs: work.taskMs / frames.length,
    work,
    farthestPx,
  };
}

/** At full speed, and at a quarter of it. */
async function readBoth(tab, scroll) {
  const usual = await readFrames(tab, scroll);
  await tab.throttle(slowRate);
  const slow = await readFrames(tab, scroll);
  await tab.throttle(1);
  return { usual, slow };
}

/** Frames of a page that has nothing but 1,000 rows of text, and does nothing when it is scrolled. */
export async function scrollFloor(browser, { stepPx, forMs, cells, rowPx }) {
  const tab = await browser.openTab();
  await tab.goto(barePath);
  await tab.page.evaluate(drawRows, { count: 1_000, rowPx, cells });
  const floor = await readBoth(tab, { selector: '#bare', stepPx, forMs });
  await tab.close();
  return floor;
}

/** Scrolls the list that is shown; its frames beside those of the bare page. */
export async function measureScroll(tab, { what, figures, scroll, floor }) {
  const { usual, slow } = await readBoth(tab, scroll);
  const shares = (work) =>
    ['script', 'style', 'layout']
      .map((name) => `${name} ${((100 * work[`${name}Ms`]) / work.taskMs).toFixed(0)} %`)
      .join(', ');
  figures.check(`${what}: it scrolls`, usual.farthestPx > scroll.stepPx, true);
  figures.add({
    name: `${what}: frame while scrolling, p95`,
    goal: 16.8,
    figure: usual.p95Ms,
    floor: floor.usual.p95Ms,
  });
  figures.add({
    name: `${what}: frame while scrolling, longest`,
    goal: 50,
    figure: usual.maxMs,
    floor: floor.usual.maxMs,
  });
  figures.add({
    name: `${what}: work of the main thread for a frame`,
    note: shares(usual.work),
    figure: usual.workMs,
    floor: floor.usual.workMs,
  });
  figures.add({
    name: `${what}: frames each second at 1/${slowRate} of the speed`,
    unit: 'fps',
    figure: slow.fps,
    goal: 45,
    isAtLeast: true,
    floor: floor.slow.fps,
  });
}
