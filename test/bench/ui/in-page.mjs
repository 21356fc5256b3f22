// What runs in the page that is measured. Each function stands for itself: the browser gets its text.

/** Notes long tasks and inputs from the start of the page on. */
export function watch() {
  const noted = { tasks: [], inputAt: 0, painted: null };
  globalThis.bench = noted;
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      noted.tasks.push({ startTime, endTime: startTime + duration, duration });
  });
  observer.observe({ type: 'longtask', buffered: true });
  for (const type of ['pointerdown', 'keydown', 'input'])
    addEventListener(
      type,
      (event) => {
        noted.inputAt = event.timeStamp;
      },
      { capture: true },
    );
}

/**
 * Begins to wait for things to be painted; `readPaint` tells when each was.
 *
 * @param conditions of each: `selector`, and of what it finds: `text` that it holds, or an `attribute` that is no
 *   longer `not`, after it has been `first` where that is named
 */
export function awaitPaint(conditions) {
  const begun = new Set();
  const isThere = (condition) => {
    const { selector, text, attribute, not, first } = condition;
    const element = document.querySelector(selector);
    if (element === null) return false;
    if (attribute === undefined) return text === undefined || element.textContent.includes(text);
    if (first === undefined || element.getAttribute(attribute) === first) begun.add(condition);
    return begun.has(condition) && element.getAttribute(attribute) !== not;
  };
  const watchFor = (condition) => {
    const deadline = performance.now() + 30_000;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (performance.now() > deadline)
          return reject(new Error(`not seen: ${JSON.stringify(condition)}`));
        if (!isThere(condition)) return requestAnimationFrame(look);
        // A task after the frame: by then the frame was painted.
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => resolve(performance.now()), { once: true });
        port1.start();
        return port2.postMessage(null);
      };
      look();
    });
  };
  const begin = () => {
    globalThis.bench.painted = Promise.all(conditions.map(watchFor));
  };
  // In a page that is only about to be there, there is no document to look at yet.
  if (document.readyState === 'loading' && !document.documentElement) queueMicrotask(begin);
  else begin();
}

/** When each thing was painted, and the tasks of the page, ms since it began. */
export async function readPaint() {
  const paintedAt = await globalThis.bench.painted;
  // Running tasks are reported with a delay.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { inputAt, tasks } = globalThis.bench;
  return { paintedAt, inputAt, tasks };
}

/** Scrolls by so much with each frame for a while, back and forth; how long each frame took, ms. */
export async function scrollFrames({ selector, stepPx, forMs }) {
  const scroller = document.querySelector(selector);
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const frames = [];
  let step = stepPx;
  await nextFrame();
  const begin = await nextFrame();
  let last = begin;
  let farthest = 0;
  while (last - begin < forMs) {
    const before = scroller.scrollTop;
    scroller.scrollTop += step;
    if (scroller.scrollTop === before) step = -step;
    farthest = Math.max(farthest, scroller.scrollTop);
    const now = await nextFrame();
    frames.push(now - last);
    last = now;
  }
  return { frames, farthestPx: farthest };
}

/** A page of nothing but rows, as the list to compare with; drawn by hand, and all of them there. */
export function drawRows({ count, rowPx, cells }) {
  const scroller = document.createElement('div');
  scroller.id = 'bare';
  scroller.style.cssText = 'position:fixed;inset:0;overflow:auto;background:#fff;contain:strict';
  for (let index = 0; index < count; index += 1) {
    const row = document.createElement('div');
    row.style.cssText = `display:flex;gap:16px;block-size:${rowPx}px`;
    for (let cell = 0; cell < cells; cell += 1) {
      const span = document.createElement('span');
      span.textContent = `row ${index} cell ${cell}`;
      row.append(span);
    }
    scroller.append(row);
  }
  document.body.append(scroller);
}

/** What the page could do at best: asks for the same and shows as many rows of it, with nothing around. */
export async function fetchAndDraw({ requests, count }) {
  const startedAt = performance.now();
  const answers = await Promise.all(
    requests.map(async ({ path, method, headers, body }) =>
      (await fetch(path, { method, headers, body })).json(),
    ),
  );
  const list = document.createElement('div');
  list.style.cssText = 'position:fixed;inset:0;background:#fff';
  const text = JSON.stringify(answers).slice(0, 200 * count);
  for (let index = 0; index < count; index += 1) {
    const row = document.createElement('div');
    row.textContent = text.slice(index * 20, index * 20 + 20);
    list.append(row);
  }
  document.body.append(list);
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve));
  return { startedAt, paintedAt: performance.now() };
}
