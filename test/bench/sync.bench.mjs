// What a blocking call costs over the same call of the other view, measured in the same run, and how long the first one
// takes.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { HoneyHive, HoneyHiveSync } from '../../packages/client/dist/sync.js';

const { values: flags } = parseArgs({
  options: {
    calls: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '40' },
    starts: { type: 'string', default: '9' },
    json: { type: 'boolean', default: false },
  },
});
const callCount = Number(flags.calls);
const goals = { overUs: 60, firstMs: 60 };

const say = (text) => (flags.json ? undefined : console.log(text));
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

const sink = new Worker(new URL('sync-sink.mjs', import.meta.url));
const [baseUrl] = await once(sink, 'message');
const options = { apiKey: 'key', baseUrl, maxRetries: 0 };
const event = {
  session_id: 'bench',
  event_type: 'tool',
  event_name: 'search',
  inputs: { query: 'x'.repeat(400), limit: 10, filters: { region: 'eu', kinds: ['a', 'b'] } },
  outputs: { hits: [{ id: 1, text: 'y'.repeat(300) }] },
  metadata: { tokens: 12, model: 'none' },
};

/** Microseconds a call takes, and of CPU that it costs this process, sink and all. */
async function measure(makeCalls) {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  await makeCalls();
  const wallUs = (performance.now() - start) * 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { wallUs: wallUs / callCount, cpuUs: (user + system) / callCount };
}

const measureAsync = (client) =>
  measure(async () => {
    for (let call = 0; call < callCount; call += 1) await client.createEvent(event);
  });

const measureSync = (client) =>
  measure(() => {
    for (let call = 0; call < callCount; call += 1) client.createEvent(event);
  });

/** Milliseconds that the first call takes beyond that of the other view, each in a fresh process. */
async function measureStarts() {
  const script = fileURLToPath(new URL('sync-start.mjs', import.meta.url));
  const list = [];
  for (let start = 0; start < Number(flags.starts); start += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, [script, baseUrl]);
    list.push(JSON.parse(stdout));
  }
  return list;
}

const other = new HoneyHive(options);
const blocking = new HoneyHiveSync(options);
await measureAsync(other);
await measureSync(blocking);
say(`${flags.rounds} rounds …`);
const rounds = [];
for (let round = 1; round <= Number(flags.rounds); round += 1) {
  rounds.push({ async: await measureAsync(other), sync: await measureSync(blocking) });
}
say('first calls …');
const starts = await measureStarts();
blocking.close();
await other.close();
await sink.terminate();

const medianOf = (read) => median(rounds.map(read));
const figures = {
  calls: callCount,
  asyncUs: medianOf(({ async }) => async.wallUs),
  syncUs: medianOf(({ sync }) => sync.wallUs),
  overUs: medianOf(({ async, sync }) => sync.wallUs - async.wallUs),
  leastOverUs: Math.min(...rounds.map(({ async, sync }) => sync.wallUs - async.wallUs)),
  asyncCpuUs: medianOf(({ async }) => async.cpuUs),
  syncCpuUs: medianOf(({ sync }) => sync.cpuUs),
  overCpuUs: medianOf(({ async, sync }) => sync.cpuUs - async.cpuUs),
  firstAsyncMs: median(starts.map(({ asyncMs }) => asyncMs)),
  firstSyncMs: median(starts.map(({ syncMs }) => syncMs)),
};

if (flags.json) console.log(JSON.stringify(figures));
else {
  const show = (value, digits = 0) => value.toFixed(digits).padStart(8);
  console.log(`
sync: createEvent of 1 KB, one after the other, against a sink on this machine
                             async    blocking        over
  a call, µs              ${show(figures.asyncUs)}    ${show(figures.syncUs)}    ${show(figures.overUs)}   (goal: at most ${goals.overUs}; least ${figures.leastOverUs.toFixed(0)})
  CPU a call, µs          ${show(figures.asyncCpuUs)}    ${show(figures.syncCpuUs)}    ${show(figures.overCpuUs)}
  the first one, ms       ${show(figures.firstAsyncMs)}    ${show(figures.firstSyncMs)}    ${show(figures.firstSyncMs - figures.firstAsyncMs)}   (goal: at most ${goals.firstMs})

median of ${flags.rounds} rounds of ${callCount} calls, and of ${flags.starts} processes`);
}
