// The list of all sessions: its first rows, its queries, its facets, and scrolling that loads more.
import { measureFetch, measureScroll, scrollFloor } from './floors.mjs';
import { median, quantile, repeat } from './figures.mjs';

const grid = '[data-list-grid]';
const firstRow = { selector: '[data-row]' };
/** Once the rows of the question before were gone. */
const newRows = { selector: grid, attribute: 'aria-busy', not: 'true', first: 'true' };
const facetValue = { selector: 'aside[aria-label=Facets] details:nth-of-type(3) input' };
const scrollStepPx = 140;

/** The requests for rows and for who is signed in, as the page makes them. */
async function recordRequests(browser, path) {
  const tab = await browser.openTab();
  const found = [];
  tab.page.on('request', (request) => {
    if (/\/(ui\/session|v1\/explore\/rows)$/.test(request.url()))
      found.push({
        path: request.url(),
        method: request.method(),
        headers: request.headers(),
        body: request.postData() ?? undefined,
      });
  });
  await tab.open(path, firstRow);
  await tab.close();
  return found;
}

async function measureFirstRow({ browser, plan, figures, path }) {
  const opened = await repeat(plan.rounds, async () => {
    const tab = await browser.openTab();
    const { ms } = await tab.open(path, firstRow);
    await tab.close();
    return ms;
  });
  const floor = await measureFetch(browser, {
    requests: await recordRequests(browser, path),
    plan,
  });
  figures.add({
    name: 'list: from the address to the first row, nothing cached',
    goal: 700,
    figure: median(opened),
    floor: floor.pageMs + floor.fetchMs,
  });
  const arrived = await repeat(plan.rounds, async () => {
    const tab = await browser.openTab();
    await tab.open('/p/many/settings', { selector: 'main h1, main h2' });
    await tab.page.waitForTimeout(2_000);
    const { ms } = await tab.time(
      (page) => page.evaluate((to) => history.pushState(null, '', to), path),
      firstRow,
    );
    await tab.close();
    return ms;
  });
  figures.add({
    name: 'list: from another screen to the first row',
    goal: 250,
    figure: median(arrived),
    floor: floor.fetchMs,
  });
}

/** On custom fields and on payloads; each finds rows. */
const queryOf = (round) =>
  [
    `metadata.deployment.score:>0.${round}`,
    `duration:>${round + 1}00ms`,
    `user:*${round}*`,
    `source:staging metadata.cost:>0.00${round}`,
  ][round % 4];

const countOf = (page) => page.locator('main footer').first().innerText();

const fillQuery = ({ page }, query) => page.getByRole('combobox', { name: 'Query' }).fill(query);

/** The rows of no query are known: they are not asked for again. */
async function clearQuery(tab) {
  await fillQuery(tab, '');
  await tab.page.keyboard.press('Enter');
}

async function applyQuery(tab, query) {
  await fillQuery(tab, query);
  return tab.time((page) => page.keyboard.press('Enter'), newRows);
}

async function measureFilters(tab, { plan, model, figures }) {
  const times = [];
  for (let round = 0; round < plan.filters; round += 1)
    times.push((await applyQuery(tab, queryOf(round))).ms);
  figures.add({
    name: 'list: from a query to its rows, p95',
    note: `of ${plan.filters}`,
    figure: quantile(times, 0.95),
    goal: 400,
  });
  figures.add({ name: 'list: from a query to its rows, median', figure: median(times) });
  const [[source, count]] = Object.entries(model.sources);
  await applyQuery(tab, `source:${source}`);
  const total = count > 10_000 ? '10,000+' : count.toLocaleString('en');
  figures.check('list: rows of one source', await countOf(tab.page), `100 of ${total}`);
  await clearQuery(tab);
}

async function measureFacets(tab, { figures, model }) {
  await tab.page.locator(grid).focus();
  const opened = await tab.time((page) => page.keyboard.press('f'), facetValue);
  figures.add({ name: 'list: from the key to the facets', figure: opened.ms, goal: 400 });
  const shown = await tab.page
    .locator('aside[aria-label=Facets] details:nth-of-type(3) label')
    .allInnerTexts();
  figures.check('list: sources among the facets', shown.length, Object.keys(model.sources).length);
  // Rows of the first one are known by now.
  const choice = tab.page.locator(facetValue.selector).nth(1);
  const chosen = await tab.time(() => choice.click(), newRows);
  figures.add({ name: 'list: from a facet to its rows', figure: chosen.ms, goal: 400 });
  await clearQuery(tab);
  await tab.page.locator(grid).focus();
  await tab.page.keyboard.press('f');
}

export async function measureLists(context) {
  const { browser, plan, figures, day } = context;
  const path = `/p/many/sessions?t=${day.range}&tz=UTC`;
  await measureFirstRow({ ...context, path });
  const tab = await browser.openTab();
  await tab.open(path, firstRow);
  await tab.page.waitForTimeout(2_000);
  await measureFilters(tab, context);
  await measureFacets(tab, context);
  const scroll = { selector: grid, stepPx: scrollStepPx, forMs: plan.scrollMs };
  const floor = await scrollFloor(browser, { ...scroll, cells: 10, rowPx: 32 });
  await measureScroll(tab, { what: 'list', figures, scroll, floor });
  figures.add({
    name: 'list: elements in the page',
    unit: 'count',
    goal: 1_500,
    figure: await tab.countNodes(),
  });
  await tab.close();
}
