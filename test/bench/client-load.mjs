// One measurement of the client benchmark, in its own process: `node client-load.mjs CASE URL EVENTS COMPRESSION
// SPOOL`. Prints its figures as one line of JSON.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Pool } from 'undici';
import { HoneyHive } from 'honeyhive';
import { eventsPerBatch, makeBodies } from './workload.mjs';

const [name = '', url = '', countText = '', compression = 'none', spooling = ''] =
  process.argv.slice(2);
const eventCount = Number(countText);
const warmUpCount = 3000;
const inFlight = 4;
const singlesInFlight = 64;
const zip = promisify(gzip);
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Events of one session, made before anything is measured. */
function makeEvents(count, isMarked) {
  const bodies = makeBodies(Math.ceil(count / eventsPerBatch));
  return bodies
    .flatMap((body) => JSON.parse(body).events)
    .slice(0, count)
    .map(({ event_id: _made, ...event }, place) => ({
      ...event,
      session_id: 'bench-session',
      metadata: { ...event.metadata, ...(isMarked ? { marker: place } : {}) },
    }));
}

async function runAtOnce(jobs, limit) {
  let next = 0;
  const work = async () => {
    while (next < jobs.length) {
      next += 1;
      await jobs[next - 1]();
    }
  };
  await Promise.all(Array.from({ length: limit }, work));
}

const batchesOf = (events) =>
  Array.from({ length: Math.ceil(events.length / eventsPerBatch) }, (_each, index) =>
    events.slice(index * eventsPerBatch, (index + 1) * eventsPerBatch),
  );

const pool = new Pool(url, { connections: singlesInFlight });
const spoolDir = spooling === 'spool' ? mkdtempSync(join(tmpdir(), 'bench-spool-')) : null;
const client = new HoneyHive({
  apiKey: 'bench',
  // As if it were another machine: there is no compression on the way to this one.
  baseUrl: compression === 'auto' ? url.replace('127.0.0.1', '0.0.0.0') : url,
  compression,
  maxRetries: 0,
  ...(spoolDir === null ? {} : { spool: { dir: spoolDir } }),
});
const blockedUs = [];

/** POST by bare undici. */
async function post(path, json) {
  const text = JSON.stringify(json);
  const body = compression === 'gzip' ? await zip(text, { level: 1 }) : text;
  const headers = {
    'content-type': 'application/json',
    authorization: 'Bearer bench',
    ...(compression === 'gzip' ? { 'content-encoding': 'gzip' } : {}),
  };
  const response = await pool.request({ path, method: 'POST', headers, body });
  await response.body.text();
}

function log(event) {
  const startedAt = performance.now();
  client.logEvent(event);
  blockedUs.push((performance.now() - startedAt) * 1000);
}

const cases = {
  floor: (events) =>
    runAtOnce(
      batchesOf(events).map((batch) => () => post('/events/batch', { events: batch })),
      inFlight,
    ),
  async steady(events) {
    for (const [place, event] of events.entries()) {
      log(event);
      if (place % 10 === 9) await turn();
    }
    await client.flush();
  },
  async burst(events) {
    for (const event of events) log(event);
    await client.flush();
  },
  batch: (events) =>
    runAtOnce(
      batchesOf(events).map((batch) => () => client.createEventsBatch(batch)),
      inFlight,
    ),
  'floor-single': (events) =>
    runAtOnce(
      events.map((event) => () => post('/events', { event })),
      singlesInFlight,
    ),
  single: (events) =>
    runAtOnce(
      events.map((event) => () => client.createEvent(event)),
      singlesInFlight,
    ),
};

/** Microseconds that the main thread was on a CPU; null where the system does not say. */
function readMainUs() {
  try {
    const text = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8');
    return Number(text.split(' ')[0]) / 1000;
  } catch {
    return null;
  }
}

await cases[name](makeEvents(Math.min(warmUpCount, eventCount), false));
const events = makeEvents(eventCount, true);
blockedUs.length = 0;
globalThis.gc?.();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const mainBefore = readMainUs();
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await cases[name](events);
const wallMs = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);
const mainAfter = readMainUs();
delay.disable();

const sorted = blockedUs.toSorted((a, b) => a - b);
const at = (share) => sorted[Math.floor((sorted.length - 1) * share)] ?? null;
console.log(
  JSON.stringify({
    cpuUs: (cpu.user + cpu.system) / eventCount,
    mainUs: mainAfter === null ? null : (mainAfter - mainBefore) / eventCount,
    eventsPerSecond: (eventCount / wallMs) * 1000,
    p50Us: at(0.5),
    p99Us: at(0.99),
    loopP99Ms: delay.percentile(99) / 1e6,
    loopMaxMs: delay.max / 1e6,
  }),
);
await client.close();
await pool.close();
if (spoolDir !== null) rmSync(spoolDir, { recursive: true, force: true });
