// Our client beside those of the field: what it costs, what is lost when the service fails, and when the program ends.
import { readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { install } from './peers/install.mjs';
import { measure } from './peers/measure.mjs';
import { isCost, scenarios } from './peers/scenarios.mjs';
import { render } from './peers/tables.mjs';

const known = (await readdir(new URL('peers/clients/', import.meta.url))).map((file) =>
  file.replace('.mjs', ''),
);
const own = ['floor', 'honeyhive'];
const { values: flags } = parseArgs({
  options: {
    with: { type: 'string', default: '' },
    scenarios: { type: 'string', default: Object.keys(scenarios).join(',') },
    rounds: { type: 'string', default: '3' },
    'at-once': { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
  },
});
const split = (text) => text.split(',').filter((name) => name !== '');
const peers =
  flags.with === 'all' ? known.filter((name) => !own.includes(name)) : split(flags.with);
const names = split(flags.scenarios);
const unknown = [
  ...peers.filter((name) => !known.includes(name)),
  ...names.filter((name) => scenarios[name] === undefined),
];
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}.
--with=all or some of ${known.filter((name) => !own.includes(name)).join(', ')}
--scenarios=some of ${Object.keys(scenarios).join(', ')}`);
  process.exit(2);
}
const say = (text) => (flags.json ? undefined : console.log(text));

const clients = [...own, ...peers];
const modules = new Map();
for (const client of clients) {
  modules.set(client, await import(`./peers/clients/${client}.mjs`));
  await install(client, modules.get(client).packages);
}

/** Every client in every scenario, and ours with a real store where something fails. */
const jobs = names.flatMap((name) =>
  clients.flatMap((client) => {
    const scenario = scenarios[name];
    const { isFloor = false, hasStore = false } = modules.get(client);
    if (isFloor && !isCost(scenario)) return [];
    const job = { client, name, scenario, label: client, isStored: false };
    const storedJob = { ...job, label: `${client}, in its store`, isStored: true };
    return hasStore && !isCost(scenario) ? [job, storedJob] : [job];
  }),
);

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/** The round with the median cost; nothing is made of figures of several rounds. */
async function measureCost(job) {
  const rounds = [];
  for (let round = 0; round < Number(flags.rounds); round += 1) rounds.push(await measure(job));
  const middle = median(rounds.map(({ cpuUs }) => cpuUs));
  return {
    ...rounds.find(({ cpuUs }) => cpuUs === middle),
    lost: Math.max(...rounds.map(({ lost }) => lost)),
  };
}

const results = [];
async function run(job) {
  const result = await (isCost(job.scenario) ? measureCost(job) : measure(job));
  const { scenario: _known, ...rest } = job;
  results.push({ ...rest, ...result });
  say(
    `${job.name}, ${job.label}: ${result.lost} of ${result.count} lost, ${result.duplicated} duplicated`,
  );
}
for (const job of jobs.filter(({ scenario }) => isCost(scenario))) await run(job);
// These wait most of the time.
const waiting = jobs.filter(({ scenario }) => !isCost(scenario));
await Promise.all(
  Array.from({ length: Number(flags['at-once']) }, async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await run(job);
  }),
);

const groups = {
  costs: names.filter((name) => isCost(scenarios[name])),
  faults: names.filter((name) => scenarios[name].isFault),
  endings: names.filter((name) => scenarios[name].ending !== undefined),
};
// In the order of the jobs, whichever was done first.
const inOrder = jobs.flatMap((job) =>
  results.filter(({ name, label }) => name === job.name && label === job.label),
);
if (flags.json) console.log(JSON.stringify(inOrder));
else {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}`;
  console.log(`\n${render(inOrder, groups)}\n\n${machine}`);
}
