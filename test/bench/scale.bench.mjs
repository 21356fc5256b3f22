// What an event costs with 1, 2 and 4 servers on the same stores, beside one with its data in a folder.
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import {
  createPostgresDatabase,
  makeDataDir,
  removeDataDir,
  startClickHouse,
  startPostgres,
  startService,
} from '../../packages/testkit/dist/index.js';
import { readCpuMs, readDescendants } from './process-cpu.mjs';
import { eventBytes, eventsPerBatch, makeBodies } from './workload.mjs';

const { values: flags } = parseArgs({
  options: {
    batches: { type: 'string', default: '300' },
    callers: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '1' },
    servers: { type: 'string', default: '1,2,4' },
    json: { type: 'boolean', default: false },
  },
});
const batchCount = Number(flags.batches);
/** For each server, as the batches are: code that runs for the first time costs a multiple. */
const warmUpCount = 60;
const reads = 15;
const quiet = { HH_LOG_LEVEL: 'error' };
const say = (text) => (flags.json ? undefined : console.log(text));
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/** CPU so far, by what it was used for. */
async function readUse(servers) {
  const use = { serverMs: 0, engineMs: 0, databaseMs: 0 };
  const pids = new Set(servers.map(({ pid }) => String(pid)));
  for (const [pid, command] of await readDescendants(process.pid)) {
    const ms = await readCpuMs(pid).catch(() => 0);
    if (pids.has(pid)) use.serverMs += ms;
    else if (command.includes('clickhouse/main.js')) use.engineMs += ms;
    else if (/postgres/.test(command)) use.databaseMs += ms;
  }
  return use;
}

/** What screens ask for, on what was just stored. */
const questions = {
  'rows of events': ['/v1/explore/rows', { scope: 'events', limit: 50 }],
  'rows of sessions': ['/v1/explore/rows', { scope: 'sessions', limit: 50 }],
  'groups by name': ['/v1/explore/groups', { group_by: 'event_name' }],
  'export, filtered': [
    '/events/export',
    { limit: 100, filters: [{ field: 'metadata.region', operator: 'is', value: 'eu' }] },
  ],
};

async function measure(servers) {
  const { key } = servers[0];
  const pools = servers.map(({ url }) => new Pool(url, { connections: Number(flags.callers) }));
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const post = async (pool, path, body) => {
    const answer = await pool.request({ path, method: 'POST', headers, body });
    const result = await answer.body.json();
    if (answer.statusCode !== 200)
      throw new Error(`${path}: ${answer.statusCode} ${JSON.stringify(result).slice(0, 300)}`);
    return result;
  };
  const [warmUp, measured] = [warmUpCount, batchCount].map((count) => count * servers.length);
  const bodies = makeBodies(warmUp + measured);
  const sendAll = async (list) => {
    let next = 0;
    const caller = async (pool) => {
      while (next < list.length) {
        const body = list[next];
        next += 1;
        await post(pool, '/events/batch', body);
      }
    };
    const callers = pools.flatMap((pool) =>
      Array.from({ length: Number(flags.callers) }, () => caller(pool)),
    );
    await Promise.all(callers);
  };
  await sendAll(bodies.slice(0, warmUp));
  const before = await readUse(servers);
  const start = performance.now();
  await sendAll(bodies.slice(warmUp));
  const wallMs = performance.now() - start;
  const after = await readUse(servers);
  const events = measured * eventsPerBatch;
  const perEvent = (name) => ((after[name] - before[name]) * 1000) / events;
  const times = {};
  for (const [name, [path, body]] of Object.entries(questions)) {
    const list = [];
    for (let index = 0; index < reads; index += 1) {
      const since = performance.now();
      await post(pools[index % pools.length], path, JSON.stringify(body));
      list.push(performance.now() - since);
    }
    times[name] = median(list);
  }
  for (const pool of pools) await pool.close();
  return {
    perSecond: (events / wallMs) * 1000,
    serverUs: perEvent('serverMs'),
    engineUs: perEvent('engineMs'),
    databaseUs: perEvent('databaseMs'),
    times,
  };
}

async function measureFolder() {
  const service = await startService({ env: quiet });
  const figures = await measure([service]);
  await service.stop();
  return figures;
}

async function measureServers(count, postgres) {
  const clickHouse = await startClickHouse();
  const env = {
    ...quiet,
    HH_POSTGRES_URL: await createPostgresDatabase(postgres.url),
    HH_CLICKHOUSE_URL: `${clickHouse.url}/scale`,
  };
  const folders = [];
  const servers = [];
  for (let index = 0; index < count; index += 1) {
    folders.push(await makeDataDir());
    const key = servers[0]?.key;
    servers.push(await startService({ dataDir: folders[index], env, ...(key && { key }) }));
  }
  const figures = await measure(servers);
  for (const server of servers) await server.stop();
  await clickHouse.stop();
  for (const folder of folders) await removeDataDir(folder);
  return figures;
}

const postgres = await startPostgres();
const rows = [];
try {
  const runs = [
    { name: 'data folder', run: measureFolder },
    ...flags.servers.split(',').map((count) => ({
      name: `${count} on both stores`,
      run: () => measureServers(Number(count), postgres),
    })),
  ];
  for (const { name, run } of runs) {
    say(`${name} …`);
    const rounds = [];
    for (let round = 0; round < Number(flags.rounds); round += 1) rounds.push(await run());
    const of = (read) => median(rounds.map(read));
    rows.push({
      name,
      perSecond: of((each) => each.perSecond),
      serverUs: of((each) => each.serverUs),
      engineUs: of((each) => each.engineUs),
      databaseUs: of((each) => each.databaseUs),
      times: Object.fromEntries(
        Object.keys(questions).map((question) => [question, of((each) => each.times[question])]),
      ),
    });
  }
} finally {
  await postgres.stop();
}

if (flags.json) console.log(JSON.stringify(rows));
else {
  const [folder, one] = rows;
  const cell = (value, digits = 0) => value.toFixed(digits).padStart(12);
  console.log(`
scale: batches of ${eventsPerBatch} × ${eventBytes} B, ${flags.callers} callers for each server, acknowledged as stored; all on this machine
servers             events/s  server CPU µs   ÷ one server   engine CPU µs   database CPU µs`);
  for (const row of rows)
    console.log(
      `${row.name.padEnd(16)}${cell(row.perSecond)}${cell(row.serverUs)}   ${cell(row.serverUs / one.serverUs, 2)}    ${cell(row.engineUs)}      ${cell(row.databaseUs)}`,
    );
  console.log('\nreads, ms (median), and how many times the data folder');
  for (const question of Object.keys(questions))
    console.log(
      `${question.padEnd(18)}${rows
        .map(
          ({ times }) =>
            `${cell(times[question], 1)} ${(times[question] / folder.times[question]).toFixed(2)}×`,
        )
        .join('')}`,
    );
  console.log(`
server CPU of the data folder has the engine in it. Goals: servers within 15 % of one; reads at most 1.3×.`);
}
