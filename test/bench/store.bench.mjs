// The event store with 0.5 and 5 million events of realistic traffic: reads, ingest, disk, parts, memory.
import { rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { prepareSet, benchDir } from './store/dataset.mjs';
import { MiB, ms, toTable } from './store/figures.mjs';
import { createModel } from './store/model.mjs';
import { questions } from './store/questions.mjs';
import { checkReads, measureFloors, measureReads, readSampleIds } from './store/reads.mjs';
import { readResident, serveSet } from './store/served-set.mjs';

const { values: flags } = parseArgs({
  options: {
    events: { type: 'string', default: 'both' },
    seconds: { type: 'string', default: '3' },
    json: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});
const sizes = { both: [500_000, 5_000_000], 500000: [500_000], 5000000: [5_000_000] };
const shortSize = 40_000;
const say = (text) => process.stderr.write(`${text}\n`);

async function measure(eventCount) {
  const set = await prepareSet(eventCount, say);
  const served = await serveSet(set);
  try {
    set.sampleIds = await readSampleIds(set.dataDir);
    const wrong = flags.short ? await checkReads(served, set, createModel(set)) : [];
    for (const { name, found, expected } of wrong)
      say(`WRONG ${name}\n  found ${shorten(found)}\n  right ${shorten(expected)}`);
    if (wrong.length > 0) process.exitCode = 1;
    const idleBytes = await readResident(served.pid);
    const effort = flags.short
      ? { seconds: 0, rounds: 1, say: () => undefined }
      : { seconds: Number(flags.seconds), rounds: 5, say };
    return {
      eventCount: set.eventCount,
      checked: flags.short ? questions.length : 0,
      rawBytesPerEvent: set.rawBytes / set.rowCount,
      diskBytesPerEvent: (await served.metric('honeyhive_store_bytes')) / set.eventCount,
      parts: await served.metric('honeyhive_store_parts'),
      firstStartMs: served.firstStartMs,
      startMs: served.startMs,
      idleBytes,
      reads: await measureReads(served, set, effort),
      floors: await measureFloors(set.dataDir, set, effort),
    };
  } finally {
    await served.stop();
    await rm(served.dataDir, { recursive: true, force: true });
  }
}

const shorten = (value) => JSON.stringify(value).slice(0, 400);

function printReads(results) {
  const large = results.at(-1);
  const small = results[0];
  const rows = questions.map(({ name, goal }) => {
    const figures = large.reads[name];
    const growth = results.length > 1 ? figures.p50Ms / small.reads[name].p50Ms : null;
    const isMet = figures.p50Ms <= goal[0] && (goal[1] === null || figures.p99Ms <= goal[1]);
    return [
      name,
      ms(figures.p50Ms),
      ms(figures.p99Ms),
      `${goal[0]} / ${goal[1] ?? '–'}`,
      isMet ? 'met' : 'MISSED',
      ms(figures.cpuMs),
      ms(figures.coldMs),
      ms(large.floors[name]),
      (figures.p50Ms / large.floors[name]).toFixed(1),
      growth === null ? '–' : `${growth.toFixed(1)} ×`,
    ];
  });
  const head = [
    '',
    'p50 ms',
    'p99 ms',
    'goal',
    '',
    'CPU ms',
    'first ms',
    'floor ms',
    'ratio',
    'growth',
  ];
  console.log(toTable([head, ...rows]));
}

say(`data sets are kept in ${benchDir()}`);
const results = [];
for (const size of flags.short ? [shortSize] : sizes[flags.events])
  results.push(await measure(size));
for (const result of results) {
  const { eventCount, rawBytesPerEvent, diskBytesPerEvent } = result;
  console.log(`
${eventCount.toLocaleString('en')} events: ${rawBytesPerEvent.toFixed(0)} B of JSON an event, ${diskBytesPerEvent.toFixed(0)} B on disk (1/${(rawBytesPerEvent / diskBytesPerEvent).toFixed(1)}, goal 1/6), ${result.parts} parts
ready ${ms(result.startMs)} ms after its second start (goal 2000), ${MiB(result.idleBytes)} resident when idle (goal 400 MiB)`);
}
printReads(results);
if (flags.json) await writeFile(flags.json, `${JSON.stringify(results, null, 2)}\n`);
