// A service that runs on a copy of a data set, as its own process.
import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool, interceptors } from 'undici';
import { openMetadataStore } from '../../../packages/server/dist/open-metadata.js';
import { startService } from '../../../packages/testkit/dist/index.js';
import { cloneSet } from './dataset.mjs';
import { readCpuMs } from '../process-cpu.mjs';

/** Resident memory of a process, bytes. */
export async function readResident(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

const restSampleMs = 1_000;
/** Of one core: less than this, and the process has nothing left to do. */
const restShare = 0.05;
const restSamples = 3;
const mostRestSamples = 120;

/**
 * Waits until a process does next to nothing: after a start the service reads the ids of the store, and merges
 * continue.
 */
async function waitForRest(pid) {
  let before = await readCpuMs(pid);
  for (let sample = 0, quiet = 0; quiet < restSamples && sample < mostRestSamples; sample += 1) {
    await delay(restSampleMs);
    const now = await readCpuMs(pid);
    quiet = now - before < restShare * restSampleMs ? quiet + 1 : 0;
    before = now;
  }
}

/** Reads every file once, so that what is measured is not how fast the disk is. */
async function readThrough(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    await readFileThrough(join(entry.parentPath, entry.name));
  }
}

async function readFileThrough(path) {
  try {
    for await (const _chunk of createReadStream(path));
  } catch (error) {
    // A merge has replaced its part.
    if (error.code !== 'ENOENT') throw error;
  }
}

export async function makeKey(dataDir) {
  const metadata = await openMetadataStore(dataDir);
  const { key } = await metadata.createKey(
    { name: 'bench', access: 'full', projectId: null },
    Date.now(),
  );
  await metadata.close();
  return key;
}

/**
 * The service ends a connection that nobody uses for long; a program that computes all that time learns of it too late.
 * What is asked here is the same when it is asked twice.
 */
const askAgain = interceptors.retry({
  maxRetries: 1,
  minTimeout: 0,
  methods: ['GET', 'POST', 'PUT'],
  statusCodes: [],
  errorCodes: ['UND_ERR_SOCKET'],
});

/** Sends requests to the service; rejects unless they are answered with 200. */
export function createAsk(service, pool) {
  return async ({ method, path, body }) => {
    const response = await pool.request({
      method,
      path,
      headers: { authorization: `Bearer ${service.key}`, 'content-type': 'application/json' },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.body.text();
    if (response.statusCode !== 200)
      throw new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 300)}`);
    return text;
  };
}

/** Starts the service on a copy of the set; `stop` ends it. */
export async function serveSet(set) {
  const dataDir = await cloneSet(set);
  const key = await makeKey(dataDir);
  const start = () =>
    startService({
      dataDir,
      key,
      env: { HH_LOG_LEVEL: 'error', HH_QUERY_TIMEOUT_MS: '60000' },
      readyWithinMs: 300_000,
    });
  // The first start may migrate; the second one is what a user waits for.
  const first = await start();
  await first.stop();
  const service = await start();
  const pool = new Pool(service.url, { connections: 64 });
  const ask = createAsk(service, pool.compose(askAgain));
  return {
    dataDir,
    url: service.url,
    key,
    pid: service.pid,
    firstStartMs: first.startMs,
    startMs: service.startMs,
    ask,
    async metric(name) {
      const text = await ask({ method: 'GET', path: '/metrics' });
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    },
    /** Warm, and with nothing to do: as a service is that has run for a while. */
    async settle() {
      await readThrough(join(dataDir, 'events'));
      await waitForRest(service.pid);
    },
    async stop() {
      await pool.close();
      await service.stop();
    },
  };
}
