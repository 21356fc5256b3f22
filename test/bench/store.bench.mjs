// The event store with 0.5 and 5 million events of realistic traffic: reads, ingest, disk, parts, memory.
import { rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchDir, prepareSet } from './store/dataset.mjs';
import { measureBatches, measureSingles } from './store/ingest.mjs';
import { startLoad } from './store/live-load.mjs';
import { measureMigration } from './store/migration.mjs';
import { createModel } from './store/model.mjs';
import { questions } from './store/questions.mjs';
import { checkReads, measureFloors, measureReads, readProbes } from './store/reads.mjs';
import { toReport, toSoakReport } from './store/report.mjs';
import { readResident, serveSet } from './store/served-set.mjs';
import { soak } from './store/soak.mjs';
import { nowMs } from './store/when.mjs';

const { values: flags } = parseArgs({
  options: {
    events: { type: 'string', default: 'both' },
    seconds: { type: 'string', default: '3' },
    // Minutes; `--soak=30` is what the goal for memory and parts speaks of.
    soak: { type: 'string', default: '1' },
    // Nothing but the soak, on the set that `--events` names.
    'only-soak': { type: 'boolean', default: false },
    // Nothing but the migration of an older folder, killed twice while events come in.
    'only-migration': { type: 'boolean', default: false },
    // Events each second of the soak or migration; without it, half of what batches come to in the same run.
    rate: { type: 'string' },
    json: { type: 'string' },
    // Nothing but the reads whose name has this text.
    only: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});
const sizes = { both: [500_000, 5_000_000], 500000: [500_000], 5000000: [5_000_000] };
const shortSize = 40_000;
/** Of the highest rate at which events are taken in. */
const loadShare = 0.5;
/** Events each second while an older folder is migrated. */
const migrationRate = 100;
const say = (text) => process.stderr.write(`${text}\n`);
const effort = flags.short
  ? { seconds: 0, rounds: 1, say: () => undefined }
  : { seconds: Number(flags.seconds), rounds: 5, say, only: flags.only };

/** Says what is wrong; only that decides how the program ends, never a time. */
async function check(served, set) {
  const wrong = await checkReads(served, set, createModel(set));
  const shorten = (value) => JSON.stringify(value).slice(0, 400);
  for (const { name, found, expected } of wrong)
    say(`WRONG ${name}\n  found ${shorten(found)}\n  right ${shorten(expected)}`);
  if (wrong.length > 0) process.exitCode = 1;
}

async function measureBusy(served, set, eventsPerSecond) {
  const load = startLoad(served, { eventsPerSecond, nowMs });
  const reads = await measureReads(served, set, { ...effort, prefix: 'under load: ' });
  return { busyReads: reads, load: await load.stop() };
}

async function measure(eventCount, { eventsPerSecond, isLast }) {
  const set = await prepareSet(eventCount, say);
  const served = await serveSet(set);
  try {
    Object.assign(set, await readProbes(set.dataDir));
    if (flags.short) await check(served, set);
    else await served.settle();
    const { rowCount, rawBytes } = set;
    const figures = {
      eventCount: set.eventCount,
      checked: flags.short ? questions.length : 0,
      rowCount,
      rawBytes,
      diskBytes: await served.metric('honeyhive_store_bytes'),
      parts: await served.metric('honeyhive_store_parts'),
      firstStartMs: served.firstStartMs,
      startMs: served.startMs,
      idleBytes: await readResident(served.pid),
      reads: await measureReads(served, set, effort),
      floors: await measureFloors(set.dataDir, set, effort),
    };
    if (flags.short || flags.only !== undefined) return { figures };
    const busy = isLast ? await measureBusy(served, set, eventsPerSecond) : {};
    say('single events …');
    const singles = await measureSingles(served, 10);
    const minutes = Number.parseFloat(flags.soak);
    const soaked =
      isLast && minutes > 0
        ? await soak(served, set, { minutes, eventsPerSecond, nowMs, say })
        : null;
    return { figures: { ...figures, ...busy, singles }, soaked };
  } finally {
    await served.stop();
    await rm(served.dataDir, { recursive: true, force: true });
  }
}

/** The mixed load alone: parts and memory, and nothing of what is read before it. */
async function measureSoak(eventCount, eventsPerSecond) {
  const set = await prepareSet(eventCount, say);
  const served = await serveSet(set);
  try {
    Object.assign(set, await readProbes(set.dataDir));
    const minutes = Number.parseFloat(flags.soak);
    return await soak(served, set, { minutes, eventsPerSecond, nowMs, say });
  } finally {
    await served.stop();
    await rm(served.dataDir, { recursive: true, force: true });
  }
}

/** Migrates a copy, with a few events a second coming in. */
async function migrateSet(eventCount) {
  const set = await prepareSet(eventCount, say);
  const hours = (eventCount / 5_000_000) * 720;
  const rate = Number(flags.rate ?? migrationRate);
  return measureMigration(set, { eventsPerSecond: rate, hours, say });
}

const chosen = flags.short ? [shortSize] : sizes[flags.events];
if (!chosen) {
  say(`--events=${flags.events}: must be one of ${Object.keys(sizes).join(', ')}`);
  process.exit(2);
}
say(`data sets are kept in ${benchDir()}`);
const needsBatches =
  !flags.short &&
  !flags['only-migration'] &&
  flags.only === undefined &&
  !(flags['only-soak'] && flags.rate);
if (needsBatches) say('batches …');
const batches = needsBatches ? await measureBatches(3) : null;
const eventsPerSecond = flags.rate
  ? Number(flags.rate)
  : (batches?.serviceEventsPerSecond ?? 0) * loadShare;
const print = async (report, text) => {
  console.log(`\n${text}`);
  if (flags.json) await writeFile(flags.json, `${JSON.stringify(report, null, 2)}\n`);
};
if (flags['only-migration']) {
  const { wrong, text } = await migrateSet(chosen.at(-1));
  for (const line of wrong) say(`WRONG ${line}`);
  if (wrong.length > 0) process.exitCode = 1;
  await print({ wrong }, text);
} else if (flags['only-soak']) {
  const report = { eventsPerSecond, soak: await measureSoak(chosen.at(-1), eventsPerSecond) };
  await print(report, toSoakReport(report));
} else {
  const measured = [];
  for (const [index, size] of chosen.entries())
    measured.push(await measure(size, { eventsPerSecond, isLast: index === chosen.length - 1 }));
  const report = {
    results: measured.map(({ figures }) => figures),
    batches,
    soak: measured.at(-1).soaked ?? null,
  };
  await print(report, toReport(report));
}
