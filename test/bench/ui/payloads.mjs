// Large payloads: from the click on an event to what it gave, and from its bytes to the paint.
import { median, repeat } from './figures.mjs';
import { pathOf } from './session.mjs';

const panel = 'section[aria-label="Detail of the event"]';
const output = `${panel} section[aria-label=Output]`;

/** When the last answer about an event had come, ms since the page began. */
const readArrival = (page) =>
  page.evaluate(() =>
    Math.max(
      ...performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/v1/explore/events/'))
        .map(({ responseEnd }) => responseEnd),
    ),
  );

/** Opens the session, and clicks on one of its events once all is quiet. */
async function openPayload(browser, model, { name, shown }) {
  const tab = await browser.openTab();
  await tab.open(pathOf(model.payloadSessionId), { selector: '[role=treegrid] [data-place]' });
  await tab.page.waitForTimeout(1_500);
  const row = tab.page.locator('[role=treegrid] [data-place]', { hasText: name });
  const { ms, laterMs, startedAt, longestTaskMs } = await tab.time(
    () => row.click(),
    { selector: panel, text: name },
    { selector: `${output} ${shown}`, text: name },
  );
  const [totalMs] = laterMs;
  const paintMs = totalMs - ((await readArrival(tab.page)) - startedAt);
  return { tab, headMs: ms, totalMs, paintMs, longestTaskMs };
}

/** What JSON viewers are asked for: all values can be reached. */
async function checkJson(tab, { name, figures }) {
  const tree = tab.page.locator(`${output} [role=tree]`);
  await tree.focus();
  await tab.page.keyboard.press('End');
  const last = await tree.evaluate(
    (element) =>
      document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.textContent,
  );
  figures.check(`${name}: the last value can be reached`, last?.startsWith('results'), true);
}

async function measureOne({ browser, plan, model, figures }, { name, shown, goals, check }) {
  const results = await repeat(plan.rounds, async (round) => {
    const result = await openPayload(browser, model, { name, shown });
    if (round === 0 && check) await check(result.tab, { name, figures });
    await result.tab.close();
    return result;
  });
  const of = (key) => median(results.map((result) => result[key]));
  figures.add({
    name: `${name}: from the click to the head of the panel`,
    figure: of('headMs'),
    goal: 50,
  });
  figures.add({
    name: `${name}: from the click to the payload`,
    figure: of('totalMs'),
    goal: goals.total ?? null,
  });
  figures.add({
    name: `${name}: from its bytes to the paint`,
    figure: of('paintMs'),
    goal: goals.paint ?? null,
  });
  figures.add({
    name: `${name}: longest task`,
    figure: of('longestTaskMs'),
    goal: goals.task ?? null,
  });
}

const json = { shown: '[role=treeitem]', check: checkJson };

export async function measurePayloads(context) {
  await measureOne(context, { ...json, name: 'json-100k', goals: { total: 150 } });
  await measureOne(context, { ...json, name: 'json-1m', goals: { paint: 120 } });
  await measureOne(context, { ...json, name: 'json-20m', goals: { task: 100 } });
  await measureOne(context, { name: 'text-1m', shown: '> div', goals: { paint: 100 } });
}
