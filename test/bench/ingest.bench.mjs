// How fast batches of 100 events of 1 KB are stored over HTTP, beside the floor measured in the same run.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Pool } from 'undici';
import { startService } from '../../packages/testkit/dist/index.js';
import { readCpuMs } from './process-cpu.mjs';
import { eventBytes, eventsPerBatch, makeBodies } from './workload.mjs';

const { values: flags } = parseArgs({
  options: {
    batches: { type: 'string', default: '400' },
    callers: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    fsync: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const batchCount = Number(flags.batches);
const warmUpCount = 40;

const say = (text) => (flags.json ? undefined : console.log(text));

async function measureService(env = {}) {
  const service = await startService({ env: { HH_LOG_LEVEL: 'error', ...env } });
  const pool = new Pool(service.url, { connections: Number(flags.callers) });
  const bodies = makeBodies(batchCount + warmUpCount);
  const headers = { authorization: `Bearer ${service.key}`, 'content-type': 'application/json' };
  const send = async (body) => {
    const response = await pool.request({ path: '/events/batch', method: 'POST', headers, body });
    const result = await response.body.json();
    if (response.statusCode !== 200 || result.created_count !== eventsPerBatch) {
      throw new Error(`not stored: ${response.statusCode} ${JSON.stringify(result).slice(0, 300)}`);
    }
  };
  const sendAll = async (list) => {
    let next = 0;
    const latencies = [];
    const caller = async () => {
      while (next < list.length) {
        const body = list[next];
        next += 1;
        const start = performance.now();
        await send(body);
        latencies.push(performance.now() - start);
      }
    };
    await Promise.all(Array.from({ length: Number(flags.callers) }, caller));
    return latencies.toSorted((a, b) => a - b);
  };

  await sendAll(bodies.slice(0, warmUpCount));
  const cpuBefore = await readCpuMs(service.pid);
  const start = performance.now();
  const latencies = await sendAll(bodies.slice(warmUpCount));
  const wallMs = performance.now() - start;
  const cpuMs = (await readCpuMs(service.pid)) - cpuBefore;
  const check = await pool.request({
    path: '/events/export',
    method: 'POST',
    headers,
    body: JSON.stringify({
      limit: 1,
      filters: [
        { field: 'source', operator: 'is', value: 'bench' },
        { field: 'event_type', operator: 'is not', value: 'session' },
      ],
    }),
  });
  const { totalEvents } = await check.body.json();
  const expected = bodies.length * eventsPerBatch;
  if (totalEvents !== expected) throw new Error(`stored ${totalEvents} of ${expected} events`);
  await pool.close();
  await service.stop();
  const at = (share) => latencies[Math.floor((latencies.length - 1) * share)];
  return { events: batchCount * eventsPerBatch, wallMs, cpuMs, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function measureFloor() {
  const script = fileURLToPath(new URL('ingest-floor.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    String(batchCount),
    String(warmUpCount),
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

const perSecond = ({ events, wallMs }) => (events / wallMs) * 1000;
const cpuPerEvent = ({ events, cpuMs }) => (cpuMs * 1000) / events;
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

const rounds = [];
for (let round = 1; round <= Number(flags.rounds); round += 1) {
  say(`round ${round} of ${flags.rounds} …`);
  rounds.push({
    floor: await measureFloor(),
    service: await measureService(),
    synced: flags.fsync ? await measureService({ HH_FSYNC: 'always' }) : null,
  });
}

const figures = {
  batches: batchCount,
  eventsPerBatch,
  eventBytes,
  callers: Number(flags.callers),
  floorEventsPerSecond: median(rounds.map(({ floor }) => perSecond(floor))),
  serviceEventsPerSecond: median(rounds.map(({ service }) => perSecond(service))),
  ratio: median(rounds.map(({ floor, service }) => perSecond(service) / perSecond(floor))),
  floorCpuUsPerEvent: median(rounds.map(({ floor }) => cpuPerEvent(floor))),
  serviceCpuUsPerEvent: median(rounds.map(({ service }) => cpuPerEvent(service))),
  cpuRatio: median(rounds.map(({ floor, service }) => cpuPerEvent(service) / cpuPerEvent(floor))),
  batchP50Ms: median(rounds.map(({ service }) => service.p50Ms)),
  batchP99Ms: median(rounds.map(({ service }) => service.p99Ms)),
  ...(flags.fsync
    ? {
        syncedEventsPerSecond: median(rounds.map(({ synced }) => perSecond(synced))),
        syncedRatio: median(
          rounds.map(({ synced, service }) => perSecond(synced) / perSecond(service)),
        ),
        syncedBatchP50Ms: median(rounds.map(({ synced }) => synced.p50Ms)),
        syncedBatchP99Ms: median(rounds.map(({ synced }) => synced.p99Ms)),
      }
    : {}),
};

if (flags.json) console.log(JSON.stringify(figures));
else {
  const round = (value, digits = 0) => value.toFixed(digits);
  console.log(`
ingest: batches of ${eventsPerBatch} × ${eventBytes} B over HTTP, ${flags.callers} callers, acknowledged as stored
                            floor    service    service ÷ floor
  events per second   ${round(figures.floorEventsPerSecond).padStart(11)} ${round(figures.serviceEventsPerSecond).padStart(10)} ${round(figures.ratio, 2).padStart(12)}   (goal: at least 0.5)
  CPU µs per event    ${round(figures.floorCpuUsPerEvent).padStart(11)} ${round(figures.serviceCpuUsPerEvent).padStart(10)} ${round(figures.cpuRatio, 2).padStart(12)}
  a batch is answered in ${round(figures.batchP50Ms)} ms (median), ${round(figures.batchP99Ms)} ms (p99)

floor: JSON.parse of the same bodies and a raw insert of the same rows, one process, one body after the other;
median of ${flags.rounds} rounds`);
  if (flags.fsync) {
    console.log(`
with HH_FSYNC=always  ${round(figures.syncedEventsPerSecond)} events per second, ${round(figures.syncedRatio, 2)} of the service without it;
a batch is answered in ${round(figures.syncedBatchP50Ms)} ms (median), ${round(figures.syncedBatchP99Ms)} ms (p99)`);
  }
}
