// How fast events are taken in: batches and single ones over HTTP, each beside its floor.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openEventStore } from '../../../packages/server/dist/store/events/open-event-store.js';
import { createDice } from '../random.mjs';
import { at } from './figures.mjs';
import { makeSession } from './session.mjs';

const callers = 64;

/** The figures of `npm run bench -- ingest`. */
export async function measureBatches(rounds) {
  const script = fileURLToPath(new URL('../ingest.bench.mjs', import.meta.url));
  const args = [script, '--json', '--rounds', String(rounds)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Median of one bare insert of one event, milliseconds. */
async function measureBareInsert(count) {
  const dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-bare-'));
  const store = await openEventStore({ dataDir });
  const options = { projectId: 'bare', startTime: 1_700_000_000_000, eventCount: count };
  const times = [];
  for (const event of makeSession(createDice(5), options)) {
    const start = performance.now();
    await store.insert([event]);
    times.push(performance.now() - start);
  }
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
  return at(times, 0.5);
}

/** The 99th percentile of what the event loop of the service was late by since the last time it was asked. */
const readLoopDelayMs = async (served) =>
  (await served.metric('nodejs_eventloop_lag_p99_seconds')) * 1000;

/** Single creates by 64 callers on a set, acknowledged as stored. */
export async function measureSingles(served, seconds) {
  const times = [];
  await readLoopDelayMs(served);
  const deadline = performance.now() + seconds * 1000;
  const call = async () => {
    while (performance.now() < deadline) {
      const start = performance.now();
      const body = `{"event":{"project":"support","event_type":"tool","event_name":"search","inputs":{"q":"shoes ${times.length}"},"outputs":{"content":"${'found '.repeat(40)}"}}}`;
      await served.ask({ method: 'POST', path: '/events', body });
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return {
    callers,
    p50Ms: at(times, 0.5),
    p99Ms: at(times, 0.99),
    eventsPerSecond: times.length / seconds,
    loopDelayP99Ms: await readLoopDelayMs(served),
    bareInsertMs: await measureBareInsert(100),
  };
}
