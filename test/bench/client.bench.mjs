// What it costs an application to send events with the client, beside bare undici in the same run.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const { values: flags } = parseArgs({
  options: {
    events: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const eventCount = Number(flags.events);
const manyCount = eventCount * 5;

/** What is measured, against which floor, and the ratio of CPU that it may cost. */
const rows = [
  { label: 'logEvent, steady', run: 'steady', floor: 'floor', count: eventCount, goal: 1.5 },
  { label: 'logEvent, burst', run: 'burst', floor: 'floor', count: eventCount, goal: 1.5 },
  { label: 'logEvent, large burst', run: 'burst', floor: 'floor', count: manyCount, goal: 1.5 },
  {
    label: 'logEvent, steady, gzip',
    run: 'steady',
    floor: 'floor',
    count: eventCount,
    goal: 2,
    compression: 'gzip',
  },
  {
    label: 'logEvent, burst, gzip',
    run: 'burst',
    floor: 'floor',
    count: eventCount,
    goal: 2,
    compression: 'gzip',
  },
  // zstd, from Node.js 22.15 on.
  ...['steady', 'burst'].map((run) => ({
    label: `logEvent, ${run}, auto`,
    run,
    floor: 'floor',
    count: eventCount,
    goal: 1.8,
    compression: 'auto',
  })),
  ...['steady', 'burst'].map((run) => ({
    label: `logEvent, ${run}, spool`,
    run,
    // Beside the same without a spool.
    floor: run,
    count: eventCount,
    goal: 1.5,
    spool: 'spool',
  })),
  { label: 'createEventsBatch of 100', run: 'batch', floor: 'floor', count: eventCount, goal: 1.5 },
  {
    label: 'createEvent, 64 at a time',
    run: 'single',
    floor: 'floor-single',
    count: eventCount,
    goal: 1.6,
  },
];

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const say = (text) => (flags.json ? undefined : console.log(text));

async function startSink(delayMs) {
  const child = spawn(process.execPath, [fileOf('client-sink.mjs'), String(delayMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { url: String(line).trim(), stop: () => child.kill() };
}

async function measure(url, name, { count, compression = 'none', spool = '' }) {
  await fetch(`${url}/count`);
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    fileOf('client-load.mjs'),
    name,
    url,
    String(count),
    compression,
    spool,
  ]);
  const { distinct, copies } = await (await fetch(`${url}/count`)).json();
  return { ...JSON.parse(stdout), lost: count - distinct, duplicated: copies - distinct };
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const medians = (results) =>
  Object.fromEntries(
    Object.keys(results[0]).map((key) => [
      key,
      results[0][key] === null ? null : median(results.map((result) => result[key])),
    ]),
  );

const sink = await startSink(0);
const measured = rows.map(() => []);
for (let round = 1; round <= Number(flags.rounds); round += 1) {
  say(`round ${round} of ${flags.rounds} …`);
  for (const [index, row] of rows.entries()) {
    // The floor is always that of the uncompressed POST.
    const floor = await measure(sink.url, row.floor, { count: row.count });
    const result = await measure(sink.url, row.run, row);
    measured[index].push({
      ...result,
      floorCpuUs: floor.cpuUs,
      floorMainUs: floor.mainUs,
      ratio: result.cpuUs / floor.cpuUs,
    });
  }
}
sink.stop();
const far = await startSink(50);
const farSteady = await measure(far.url, 'burst', { count: eventCount });
far.stop();

const figures = rows.map((row, index) => ({ ...row, ...medians(measured[index]) }));
if (flags.json) console.log(JSON.stringify({ figures, farSteady }));
else {
  const show = (value, digits = 1, width = 8) =>
    (value === null ? '–' : value.toFixed(digits)).padStart(width);
  console.log(`
client: events of 1 KB in one session, CPU µs an event (whole process, main thread), beside bare undici
                                floor    main  client    main   ratio    goal  call p50   p99 µs  loop max ms  lost`);
  for (const row of figures) {
    console.log(
      `  ${row.label.padEnd(27)}${show(row.floorCpuUs)}${show(row.floorMainUs)}${show(row.cpuUs)}${show(row.mainUs)}${show(row.ratio, 2)}${`≤ ${row.goal}`.padStart(8)}${show(row.p50Us, 1, 10)}${show(row.p99Us, 1, 9)}${show(row.loopMaxMs, 1, 13)}${String(row.lost + row.duplicated).padStart(6)}`,
    );
  }
  console.log(`
  over a link of 50 ms: ${Math.round(farSteady.eventsPerSecond)} events a second, ${farSteady.lost} lost   (goal: 20,000)
  goals of logEvent: call p50 ≤ 8 µs, p99 ≤ 30 µs; loop ≤ 10 ms when steady (a burst is one turn of the loop on its own)

floor: JSON.stringify and one undici POST for 100 events, or for one event 64 at a time; of the rows with a spool, the client without one; median of ${flags.rounds} rounds`);
}
