// One client in one scenario, in its own process: `node run.mjs JSON`. Writes what it measured to file descriptor 3.
import { readFileSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { makeEvents, poison, sessionId } from './events.mjs';

const { client, scenario, isPoisoned, url, control, folder, apiKey } = JSON.parse(process.argv[2]);
const warmUpCount = 300;
const { ending = null, flushCapMs = 60_000 } = scenario;
const failures = { thrown: 0, rejected: 0, unhandled: 0 };

process.on('unhandledRejection', () => (failures.unhandled += 1));
if (ending === null) process.on('uncaughtException', () => (failures.unhandled += 1));

/** Imports a package of the peer's own folder. */
async function load(name) {
  const { default: importHere } = await import(pathToFileURL(join(folder, 'load.mjs')).href);
  return importHere(name);
}

const { open } = await import(`./clients/${client}.mjs`);
const sdk = await open({ url, apiKey, sessionId, load });
const ask = async (path) => (await fetch(`${control}${path}`)).json();
const blockedUs = [];

function log(event) {
  const startedAt = performance.now();
  try {
    const pending = sdk.log(event);
    pending?.then?.(undefined, () => (failures.rejected += 1));
  } catch {
    failures.thrown += 1;
  }
  blockedUs.push((performance.now() - startedAt) * 1000);
}

const drives = {
  burst(events) {
    for (const event of events) log(event);
  },
  async steady(events) {
    for (const [place, event] of events.entries()) {
      log(event);
      if (place % 10 === 9) await turn();
    }
  },
  async paced(events) {
    const startedAt = performance.now();
    for (let next = 0; next < events.length;) {
      const due = ((performance.now() - startedAt) / 1000) * scenario.perSecond;
      while (next < Math.min(due, events.length)) log(events[next++]);
      await sleep(5);
    }
  },
};

/** What a promise came to, or `timeout`. */
const within = (promise, ms) =>
  Promise.race([
    Promise.resolve(promise).then(
      (value) => ({ state: 'ok', value }),
      () => ({ state: 'error' }),
    ),
    sleep(ms, { state: 'timeout' }),
  ]);

/** Microseconds that the main thread was on a CPU; null where the system does not say. */
function readMainUs() {
  try {
    return (
      Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1000
    );
  } catch {
    return null;
  }
}

const endings = {
  natural: () => undefined,
  exit: () => process.exit(0),
  sigterm: () => process.kill(process.pid, 'SIGTERM'),
  uncaught: () =>
    setImmediate(() => {
      throw new Error('the program failed');
    }),
};

async function measure(events) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const mainBefore = readMainUs();
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await drives[scenario.drive](events);
  const loggedAt = performance.now();
  const flush = await within(sdk.flush(), flushCapMs);
  const flushedAt = performance.now();
  const cpu = process.cpuUsage(cpuBefore);
  const mainAfter = readMainUs();
  delay.disable();
  const sorted = blockedUs.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)] ?? null;
  return {
    cpuUs: (cpu.user + cpu.system) / events.length,
    mainUs: mainAfter === null ? null : (mainAfter - mainBefore) / events.length,
    wallMs: flushedAt - startedAt,
    flushMs: flushedAt - loggedAt,
    flushState: flush.state,
    // Those that warmed up are stored as well.
    saidStored: flush.value?.stored === undefined ? null : flush.value.stored - warmUpCount,
    p50Us: at(0.5),
    p99Us: at(0.99),
    loopMaxMs: delay.max / 1e6,
  };
}

/** Until the sink has received nothing for a while: some clients continue after their flush. */
async function waitUntilQuiet() {
  const quietMs = scenario.isFault ? 6000 : 500;
  for (let waited = 0; waited < 20_000; waited += 250) {
    if ((await ask('/count')).quietForMs >= quietMs) return;
    await sleep(250);
  }
}

const events = makeEvents(scenario.count);
if (isPoisoned) poison(events);
if (ending === null) {
  for (const event of makeEvents(warmUpCount, false)) sdk.log(event)?.catch?.(() => undefined);
  await within(sdk.flush(), 20_000);
}
globalThis.gc?.();
await ask('/begin');

if (ending === null) {
  const measured = await measure(events);
  const { places } = await ask('/count');
  await within(sdk.close(), 15_000);
  if (scenario.fault?.kind !== 'silent') await waitUntilQuiet();
  writeSync(3, JSON.stringify({ ...measured, ...failures, seenAtFlush: places.length }));
  process.exit(0);
}
for (const event of events) log(event);
endings[ending]();
