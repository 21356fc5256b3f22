// What stays in memory of sessions that were opened and left again.
import { pathOf } from './session.mjs';

const mebibyte = 1024 * 1024;

export async function measureMemory({ browser, plan, model, figures, day }) {
  const list = `/p/long/sessions?t=${day.range}&tz=UTC`;
  const tab = await browser.openTab();
  await tab.open(list, { selector: '[data-row]' });
  const go = (path) => tab.page.evaluate((to) => history.pushState(null, '', to), path);
  const visit = async (id) => {
    await tab.time(() => go(pathOf(id)), { selector: '[role=treegrid] [data-place]' });
    await tab.time(() => go(list), { selector: '[data-row]' });
  };
  const [first, ...others] = model.longIds;
  await visit(first);
  const before = await tab.heapBytes();
  for (const id of others) await visit(id);
  figures.add({
    name: `memory that ${others.length} sessions of ${plan.longEvents.toLocaleString('en')} leave`,
    unit: 'MiB',
    goal: 60,
    figure: ((await tab.heapBytes()) - before) / mebibyte,
    note: `${(before / mebibyte).toFixed(1)} MiB before`,
  });
  await tab.close();
}
