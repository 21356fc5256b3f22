// The web UI in a browser: how long until something is seen, how it scrolls, what large sessions and payloads cost.
import { rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchDir } from './store/dataset.mjs';
import { serveSet } from './store/served-set.mjs';
import { startBrowser } from './ui/browser.mjs';
import { day, prepareSet } from './ui/dataset.mjs';
import { createFigures } from './ui/figures.mjs';
import { measureFirstLoad } from './ui/first-load.mjs';
import { measureLists } from './ui/lists.mjs';
import { measureLiveTail } from './ui/live-tail.mjs';
import { measureMemory } from './ui/memory.mjs';
import { measurePayloads } from './ui/payloads.mjs';
import { planOf } from './ui/plan.mjs';
import { toReport } from './ui/report.mjs';
import { measureSessions } from './ui/session.mjs';

const parts = {
  load: measureFirstLoad,
  session: measureSessions,
  payload: measurePayloads,
  list: measureLists,
  memory: measureMemory,
  live: measureLiveTail,
};

const { values: flags } = parseArgs({
  options: {
    /** Some of the parts, with commas between them. */
    only: { type: 'string' },
    json: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});
const say = (text) => process.stderr.write(`${text}\n`);
const chosen = flags.only?.split(',') ?? Object.keys(parts);
const unknown = chosen.filter((name) => !(name in parts));
if (unknown.length > 0) {
  say(`--only=${unknown.join(',')}: there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

const plan = planOf(flags.short);
say(`data sets are kept in ${benchDir()}`);
const { dataDir, model } = await prepareSet(plan, say);
const figures = createFigures((row) => say(`  ${row.name}: ${row.figure.toFixed(1)} ${row.unit}`));
const served = await serveSet({ dataDir });
try {
  if (!flags.short) await served.settle();
  const browser = await startBrowser(served);
  try {
    for (const name of chosen) {
      say(`${name} …`);
      await parts[name]({ browser, served, plan, model, figures, day });
    }
  } finally {
    await browser.stop();
  }
} finally {
  await served.stop();
  await rm(served.dataDir, { recursive: true, force: true });
}

// Only what is wrong decides how the program ends, never a time.
for (const { name, found, expected } of figures.wrong)
  say(`WRONG ${name}\n  found ${JSON.stringify(found)}\n  right ${JSON.stringify(expected)}`);
if (figures.wrong.length > 0) process.exitCode = 1;
console.log(`\n${toReport(figures.rows)}`);
if (flags.json)
  await writeFile(
    flags.json,
    `${JSON.stringify({ checked: figures.checked(), figures: figures.rows }, null, 2)}\n`,
  );
