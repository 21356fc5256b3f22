// `npm run plan -- --events-per-second 10000 --event-kb 2 --retention-days 30`: what a load needs, and why.
import './node-version.mjs';
import { parseArgs } from 'node:util';
import { figures, planFor } from './plan-model.mjs';

/** Each option: its name in the model, default and bounds; null: it has to be given. */
const options = {
  'events-per-second': { name: 'eventsPerSecond', default: null, min: 0.001, max: 10_000_000 },
  'event-kb': { name: 'eventKb', default: 2, min: 0.1, max: 16_000 },
  'retention-days': { name: 'retentionDays', default: 30, min: 1, max: 3_650 },
  'peak-factor': { name: 'peak', default: 2, min: 1, max: 100 },
  'batch-events': { name: 'batchEvents', default: 100, min: 1, max: 10_000 },
  'clickhouse-replicas': { name: 'replicas', default: 2, min: 1, max: 10 },
};

const help = `npm run plan -- --events-per-second N [options]

What a rate of events needs: servers, cores, memory, disk, and what each number was made of.

  --events-per-second N    on average: events, spans and updates that are stored
  --event-kb N             JSON of one, in 1,000 bytes (default: 2)
  --retention-days N       days that sessions are kept (default: 30)
  --peak-factor N          the busiest minutes, as a multiple of the average (default: 2)
  --batch-events N         events in one request (default: 100)
  --clickhouse-replicas N  copies of the events, if they are on ClickHouse (default: 2)
  --json                   the plan as JSON

See docs/scaling.md.
`;

/** A number as people write it: 1,250 or 0.44. */
const format = (value, digits = 0) =>
  value.toLocaleString('en-GB', { maximumFractionDigits: digits });

function formatBytes(bytes) {
  const [unit, size] = [
    ['PB', 1e15],
    ['TB', 1e12],
    ['GB', 1e9],
    ['MB', 1e6],
  ].find(([, each]) => bytes >= each) ?? ['kB', 1e3];
  return `${format(bytes / size, 1)} ${unit}`;
}

function readNumber(flag, text) {
  const { default: fallback, min, max } = options[flag];
  if (text === undefined && fallback !== null) return fallback;
  const value = Number(text ?? '');
  if (text !== undefined && text.trim() !== '' && value >= min && value <= max) return value;
  const given = text === undefined ? 'is missing' : `${JSON.stringify(text)} is no such number`;
  throw new Error(`--${flag} ${given}: expected ${format(min, 3)} to ${format(max)}.`);
}

/** @throws {Error} with every problem, one a line */
function readLoad(values) {
  const problems = [];
  const load = {};
  for (const [flag, { name }] of Object.entries(options)) {
    try {
      load[name] = readNumber(flag, values[flag]);
    } catch (error) {
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return load;
}

const describeLoad = ({ load, peak, disk, networkBytes }) => [
  `${format(load.eventsPerSecond, 3)} events/s of ${format(load.eventKb, 1)} KB, kept for ${load.retentionDays} days; ${format(peak, 3)} events/s at the peak`,
  '',
  `stored           ${format(disk.events)} events, ${formatBytes(disk.dataBytes)}: ${format(disk.bytesPerEvent)} bytes each`,
  `network          ${formatBytes(networkBytes)}/s into the service, uncompressed, at the peak`,
];

const describeProcess = ({ process }) => [
  'servers          1, with its data folder: no ClickHouse, no PostgreSQL',
  `cores            ${process.cores}`,
  `memory           ${process.memoryGib} GiB`,
  `disk             ${formatBytes(process.diskBytes)}`,
  `saturates at     ${format(process.maxRate)} events/s of this size`,
];

const describeServers = ({ servers, clickHouse, chartHours }) => [
  `servers          ${servers.count}, each with ${servers.coresEach} cores and ${servers.memoryGibEach} GiB; bound by: ${servers.boundBy}`,
  `                 ${format(servers.microsPerEvent)} µs of CPU an event`,
  `PostgreSQL       2 cores, 4 GiB, ${format(servers.connections)} connections`,
  `ClickHouse       ${clickHouse.replicas} replicas, each with ${clickHouse.coresEach} cores, ${clickHouse.memoryGibEach} GiB and ${formatBytes(clickHouse.diskBytesEach)} of disk`,
  `                 ${format(clickHouse.microsPerEvent)} µs of CPU an event, reads included`,
  `parts            ${format(clickHouse.insertsPerSecond, 1)} inserts/s at the peak, each a new part of each replica`,
  `charts           of all events in one project: at most ${format(chartHours, 1)} hours within 10 s`,
];

function findWarnings({ kind, disk, clickHouse }) {
  const warnings = [];
  if (disk.events > 5_000_000)
    warnings.push(
      'Reads were measured with 5 million events: what they cost here is extrapolated.',
    );
  if (kind === 'process') return warnings;
  warnings.push('Servers on ClickHouse and PostgreSQL: no figure was measured on a real cluster.');
  if (clickHouse.installations > 1)
    warnings.push(
      `One shard does not hold this, and there is no sharding: divide projects over ${clickHouse.installations} installations, keep less, or sample.`,
    );
  const inserts = clickHouse.insertsPerSecond / clickHouse.installations;
  if (inserts > figures.inserts.value)
    warnings.push(
      `${format(inserts)} inserts/s are more than was measured: watch active parts, and send larger batches.`,
    );
  return warnings;
}

/** What costs most, first. */
function findDrivers({ kind, servers, clickHouse, process }) {
  if (kind === 'process')
    return [`${process.cores} cores`, `${formatBytes(process.diskBytes)} of disk`];
  const { replicas, coresEach, diskBytesEach } = clickHouse;
  return [
    `${format(replicas * coresEach)} cores of ClickHouse`,
    `${format(servers.count * servers.coresEach)} cores of servers`,
    `${formatBytes(replicas * diskBytesEach)} of disk`,
  ];
}

function describe(plan) {
  const parts = plan.kind === 'process' ? describeProcess(plan) : describeServers(plan);
  const rows = (isMeasured) =>
    Object.values(figures)
      .filter((figure) => figure.isMeasured === isMeasured)
      .map(({ value, unit, source }) => `  ${format(value, 2)} ${unit} (${source})`);
  return [
    ...describeLoad(plan),
    ...parts,
    `cost             ${findDrivers(plan).join(', ')}`,
    ...findWarnings(plan).map((warning) => `warning          ${warning}`),
    '',
    'Measured on 2 cores, or set in the code:',
    ...rows(true),
    'Assumed:',
    ...rows(false),
    '',
  ].join('\n');
}

function run(args) {
  const flags = Object.fromEntries(Object.keys(options).map((flag) => [flag, { type: 'string' }]));
  const { values } = parseArgs({
    args,
    options: { ...flags, help: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  if (values.help === true) return help;
  const plan = planFor(readLoad(values));
  return values.json === true
    ? `${JSON.stringify({ ...plan, figures }, null, 2)}\n`
    : describe(plan);
}

try {
  process.stdout.write(run(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error.message}\nnpm run plan -- --help lists the options.\n`);
  process.exitCode = 2;
}
