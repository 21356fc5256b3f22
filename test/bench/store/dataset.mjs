// Data folders with a fixed number of events, built through the store's own insert and kept between runs.
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createChdbConnection } from 'chdb/connection';
import { openEventStore } from '../../../packages/server/dist/store/events/open-event-store.js';
import { openMetadataStore } from '../../../packages/server/dist/open-metadata.js';
import { formatSeconds } from '../../../scripts/progress.mjs';
import { linkTree } from './link-tree.mjs';
import { chunkEvents, countChunks, makeInserts, trafficVersion } from './traffic.mjs';

/** Where sets are kept: `HH_BENCH_DIR`, or a folder in the user's cache. */
export const benchDir = () =>
  process.env.HH_BENCH_DIR ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'honeyhive-bench');

/** Rows of one insert: a busy service's groups have a few thousand. */
const insertRows = 5_000;

const bucketNames = 'config inputs outputs metadata metrics feedback user_properties'.split(' ');

/** Bytes of the event as JSON on the wire; all of the load is ASCII. */
function countRawBytes(event) {
  const { config, inputs, outputs, metadata, metrics, feedback, user_properties, ...rest } = event;
  const buckets = [config, inputs, outputs, metadata, metrics, feedback, user_properties];
  return buckets.reduce(
    (sum, text, place) => sum + text.length + bucketNames[place].length + 4,
    JSON.stringify(rest).length,
  );
}

/** What is noted of a kept set; null if absent. */
export async function readState(folder) {
  try {
    return JSON.parse(await readFile(join(folder, 'set.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

export async function writeState(folder, state) {
  const path = join(folder, 'set.json');
  await writeFile(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`);
  await rename(`${path}.new`, path);
}

export async function insertAll(store, rows) {
  for (let start = 0; start < rows.length; start += insertRows)
    await store.insert(rows.slice(start, start + insertRows));
}

/** Parts continue merging for a while; figures are of what stays. */
export async function waitForMerges(dataDir) {
  const engine = createChdbConnection({ path: join(dataDir, 'events') });
  const sql = "SELECT count() FROM system.merges WHERE database = 'honeyhive'";
  for (let quiet = 0; quiet < 5;) {
    const result = await engine.chdb.queryAsync(sql, { format: 'TSV' });
    quiet = result.text().trim() === '0' ? quiet + 1 : 0;
    await delay(400);
  }
  await engine.close();
}

function createProgress(say, total) {
  const startedAt = Date.now();
  let first = null;
  return (done) => {
    first ??= done;
    const rate = (done - first) / ((Date.now() - startedAt) / 1000);
    const left = rate > 0 ? `, ${formatSeconds(((total - done) / rate) * 1000)} left` : '';
    const percent = ((done / total) * 100).toFixed(0);
    say(
      `building ${total.toLocaleString('en')} events: ${percent} %, ${rate.toFixed(0)} events/s${left}`,
    );
  };
}

async function build(dataDir, state, say) {
  const store = await openEventStore({ dataDir });
  const progress = createProgress(say, state.chunkCount * chunkEvents);
  let running = Promise.resolve();
  try {
    for (const { index, events, updates } of makeInserts(state, state.chunksDone)) {
      // The next chunk is made while this one is stored.
      await running;
      progress(index * chunkEvents);
      running = (async () => {
        await insertAll(store, events);
        await insertAll(store, updates);
        state.rawBytes += [...events, ...updates].reduce((sum, row) => sum + countRawBytes(row), 0);
        state.rowCount += events.length + updates.length;
        state.eventCount += events.length;
        state.chunksDone = index + 1;
        await writeState(dataDir, state);
      })();
    }
    await running;
    await waitForMerges(dataDir);
  } finally {
    await running.catch(() => undefined);
    await store.close();
  }
}

async function startSet(dataDir, eventCount) {
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const metadata = await openMetadataStore(dataDir);
  const projects = [];
  for (const name of ['support', 'search']) projects.push(await metadata.ensureProject(name, 0));
  await metadata.close();
  return {
    trafficVersion,
    chunkCount: countChunks(eventCount),
    chunksDone: 0,
    projectIds: projects.map(({ id }) => id),
    eventCount: 0,
    rowCount: 0,
    rawBytes: 0,
  };
}

/**
 * The set of that many events; built, or built further, when it is not complete.
 *
 * @returns folder and what is in it
 */
export async function prepareSet(eventCount, say) {
  const dataDir = join(benchDir(), `store-${eventCount}`);
  const known = await readState(dataDir);
  const isUsable = known?.trafficVersion === trafficVersion;
  const state = isUsable ? known : await startSet(dataDir, eventCount);
  if (state.chunksDone < state.chunkCount) await build(dataDir, state, say);
  return { dataDir, ...state };
}

/** A copy to work on, so that the kept set stays as it is: parts of the engine never change, and are linked. */
export async function cloneSet({ dataDir }) {
  const copy = `${dataDir}-work`;
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy);
  await linkTree(join(dataDir, 'events'), join(copy, 'events'));
  await cp(join(dataDir, 'metadata.db'), join(copy, 'metadata.db'));
  return copy;
}
