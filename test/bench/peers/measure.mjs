// Runs one client against a sink in one scenario, and returns the outcome.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HoneyHive } from 'honeyhive';
import { startService } from '../../../packages/testkit/dist/index.js';
import { findPlaces, poisonedPlaces, sessionId } from './events.mjs';
import { folderOf } from './install.mjs';

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const longestMs = 200_000;
const settleMs = 5000;

async function startSink(job) {
  const child = spawn(process.execPath, [fileOf('sink.mjs'), JSON.stringify(job)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const { port, controlPort } = JSON.parse(String(line));
  const control = `http://127.0.0.1:${controlPort}`;
  return {
    url: `http://127.0.0.1:${port}`,
    control,
    report: async () => (await fetch(`${control}/count`)).json(),
    async stop() {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

/** Runs the client's process to its end, however long it lives. */
async function runClient(job) {
  const child = spawn(process.execPath, ['--expose-gc', fileOf('run.mjs'), JSON.stringify(job)], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', TRACELOOP_TELEMETRY: 'false' },
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
  const [output] = await Promise.all([text(child.stdio[3]), once(child, 'exit')]);
  clearTimeout(timer);
  return output === '' ? {} : JSON.parse(output);
}

/** What is in the store: copies of an event are one event there. */
async function readStore(service) {
  const client = new HoneyHive({ apiKey: service.key, baseUrl: service.url });
  const places = [];
  for await (const { metadata } of client.listEvents({ session_id: sessionId, limit: 1000 })) {
    places.push(...findPlaces(String(metadata?.marker)));
  }
  await client.close();
  return { places: [...new Set(places)], copies: places.length };
}

/**
 * The same once all are there, or nothing more is to be expected: what is in flight when a process ends may still
 * arrive.
 */
async function readSettledStore(service, count) {
  for (let waitedMs = 0; ; waitedMs += 500) {
    const seen = await readStore(service);
    if (seen.places.length >= count || waitedMs >= settleMs) return seen;
    await sleep(500);
  }
}

const toResult = ({ scenario, name }, { places, copies, requests }, measured) => {
  const poisoned = new Set(name === 'poison' ? poisonedPlaces(scenario.count) : []);
  const good = places.filter((place) => !poisoned.has(place));
  return {
    ...measured,
    count: scenario.count,
    lost: scenario.count - poisoned.size - good.length,
    poisonLost: poisoned.size - (places.length - good.length),
    duplicated: copies - places.length,
    requests,
  };
};

/** @param isStored whether the sink forwards to a real service, whose store is counted */
export async function measure(job) {
  const { client, name, scenario, isStored } = job;
  const service = isStored ? await startService({ env: { HH_LOG_LEVEL: 'error' } }) : null;
  const sink = await startSink({ client, scenario, upstream: service?.url ?? null });
  try {
    const measured = await runClient({
      client,
      scenario,
      isPoisoned: name === 'poison',
      url: sink.url,
      control: sink.control,
      folder: folderOf(client),
      apiKey: service?.key ?? 'bench',
    });
    // What was on its way when the process ended.
    if (scenario.ending !== undefined) await sleep(500);
    const seen = await sink.report();
    return toResult(
      job,
      { ...seen, ...(service && (await readSettledStore(service, scenario.count))) },
      measured,
    );
  } finally {
    await sink.stop();
    await service?.stop();
  }
}
