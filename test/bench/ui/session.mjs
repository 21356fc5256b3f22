// One session of many events: how it opens, scrolls, opens and closes all rows, and is searched.
import { measureFetch, measureScroll, scrollFloor } from './floors.mjs';
import { median, repeat } from './figures.mjs';

const grid = '[role=treegrid]';
const firstRow = { selector: `${grid} [data-place]` };
const scrollStepPx = 140;

export const pathOf = (id) => `/p/long/sessions/${id}?v=tree`;
const skeletonOf = (id) => ({
  path: `/v1/explore/sessions/${id}/skeleton?project=long`,
  method: 'GET',
});

/** Moves the keys to a row of the list. */
async function walkTo(page, id) {
  const isThere = () =>
    page
      .locator('[data-list-grid]')
      .evaluate(
        (list, row) =>
          document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.dataset.row ===
          row,
        id,
      );
  while (!(await isThere())) await page.keyboard.press('j');
}

/** From the list to the session, in a profile that has seen neither. */
async function openFromList(browser, { range, id }) {
  const tab = await browser.openTab();
  await tab.open(`/p/long/sessions?t=${range}&tz=UTC`, { selector: '[data-row]' });
  // By then the code of the other screens has come.
  await tab.page.waitForTimeout(2_000);
  await walkTo(tab.page, id);
  const opened = await tab.time((page) => page.keyboard.press('Enter'), firstRow);
  await tab.close();
  return opened;
}

async function openByAddress(browser, id) {
  const tab = await browser.openTab();
  const opened = await tab.open(pathOf(id), firstRow);
  await tab.close();
  return opened;
}

async function measureOpening({ browser, plan, model, figures, day }) {
  const ids = model.longIds.slice(0, plan.rounds);
  const clicked = await repeat(ids.length, (round) =>
    openFromList(browser, { range: day.range, id: ids[round] }),
  );
  const loaded = await repeat(ids.length, (round) => openByAddress(browser, ids[round]));
  const floor = await measureFetch(browser, { requests: [skeletonOf(ids[0])], plan });
  const what = `session of ${plan.longEvents.toLocaleString('en')}`;
  figures.add({
    name: `${what}: from the list to its first row`,
    figure: median(clicked.map(({ ms }) => ms)),
    goal: 600,
    floor: floor.fetchMs,
  });
  figures.add({
    name: `${what}: from its address to its first row, nothing cached`,
    figure: median(loaded.map(({ ms }) => ms)),
    goal: 600,
    floor: floor.pageMs + floor.fetchMs,
  });
  figures.add({
    name: `${what}: longest task while it opens`,
    figure: median(clicked.map(({ longestTaskMs }) => longestTaskMs)),
    goal: 100,
  });
}

const rowCount = (page) =>
  page.locator(grid).evaluate((element) => Number(element.getAttribute('aria-rowcount')) - 1);

/** Presses a key; how long until the number of rows changed. */
async function timeRows(tab, key) {
  const not = String((await rowCount(tab.page)) + 1);
  await tab.page.locator(grid).focus();
  const { ms } = await tab.time((page) => page.keyboard.press(key), {
    selector: grid,
    attribute: 'aria-rowcount',
    not,
  });
  return ms;
}

/** All rows open; what does not show all events is wrong. */
async function measureRows(tab, { what, events, rounds, figures, goals }) {
  const opened = [];
  const closed = [];
  await timeRows(tab, '[');
  for (let round = 0; round < rounds; round += 1) {
    opened.push(await timeRows(tab, ']'));
    if (round < rounds - 1) closed.push(await timeRows(tab, '['));
  }
  const shown = await rowCount(tab.page);
  figures.check(`${what}: rows for all events`, shown >= events, true);
  await tab.page.keyboard.press('End');
  const last = tab.page.locator(`${grid} [aria-selected=true]`);
  figures.check(
    `${what}: the last row can be reached`,
    await last.getAttribute('aria-rowindex'),
    String(shown + 1),
  );
  await tab.page.keyboard.press('Home');
  figures.add({ name: `${what}: open all rows`, figure: median(opened), goal: goals });
  if (closed.length > 0)
    figures.add({ name: `${what}: close all rows`, figure: median(closed), goal: goals });
}

async function measureFind(tab, { what, figures, expected }) {
  const { page } = tab;
  await page.locator(grid).focus();
  await page.keyboard.press('/');
  await page.locator('[role=search] input').waitFor();
  const status = '[role=search] [role=status]';
  const { ms } = await tab.time((each) => each.keyboard.insertText(expected.name), {
    selector: status,
    text: ' of ',
  });
  const count = Number(/of (\d+)/.exec(await page.locator(status).innerText())?.[1]);
  figures.check(`${what}: find sees every name`, count >= expected.count, true);
  figures.add({ name: `${what}: find a name`, figure: ms, goal: 100 });
  await page.keyboard.press('Escape');
}

/** What is to be found: the commonest name of the session, as the service tells it. */
async function readNames({ ask }, id) {
  const { names, name } = JSON.parse(await ask(skeletonOf(id)));
  const counts = names.map((text, index) => ({
    name: text,
    count: name.filter((one) => one === index).length,
  }));
  return counts.toSorted((a, b) => b.count - a.count)[0];
}

async function measureInside({ browser, served, plan, model, figures }) {
  const [id] = model.longIds;
  const what = `session of ${plan.longEvents.toLocaleString('en')}`;
  const tab = await browser.openTab();
  await tab.open(pathOf(id), firstRow);
  await measureRows(tab, {
    what,
    figures,
    goals: 50,
    events: plan.longEvents,
    rounds: plan.rounds,
  });
  const scroll = { selector: grid, stepPx: scrollStepPx, forMs: plan.scrollMs };
  const floor = await scrollFloor(browser, { ...scroll, cells: 5, rowPx: 26 });
  await measureScroll(tab, { what, figures, scroll, floor });
  figures.add({
    name: `${what}: elements in the page`,
    unit: 'count',
    goal: 1_500,
    figure: await tab.countNodes(),
  });
  await measureFind(tab, { what, figures, expected: await readNames(served, id) });
  await tab.close();
}

async function measureHuge({ browser, plan, model, figures }) {
  const what = `session of ${plan.hugeEvents.toLocaleString('en')}`;
  const tab = await browser.openTab();
  const opened = await tab.open(pathOf(model.hugeId), firstRow);
  const floor = await measureFetch(browser, { requests: [skeletonOf(model.hugeId)], plan });
  figures.add({
    name: `${what}: from its address to its first row, nothing cached`,
    figure: opened.ms,
    goal: 2_500,
    floor: floor.pageMs + floor.fetchMs,
  });
  figures.add({ name: `${what}: longest task`, figure: opened.longestTaskMs });
  await measureRows(tab, {
    what,
    figures,
    goals: null,
    events: plan.hugeEvents,
    rounds: Math.min(3, plan.rounds),
  });
  await tab.close();
}

export async function measureSessions(context) {
  await measureOpening(context);
  await measureInside(context);
  await measureHuge(context);
}
