// What alerts cost: back-tests at five million events, 1,000 alerts beside ingest, and how late a webhook is.
import { parseArgs } from 'node:util';
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { startService } from '../../packages/testkit/dist/index.js';
import { prepareSet } from './store/dataset.mjs';
import { at, ms, toTable } from './store/figures.mjs';
import { startProbes } from './alert-probes.mjs';
import { readCpuMs } from './process-cpu.mjs';
import { serveSet } from './store/served-set.mjs';
import { dayMs, nowMs } from './store/when.mjs';

const { values: flags } = parseArgs({
  options: {
    events: { type: 'string', default: '5000000' },
    seconds: { type: 'string', default: '180' },
    callers: { type: 'string', default: '8' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const say = (text) => process.stderr.write(`${text}\n`);
const above = (value) => ({ critical: { operator: 'greater_than', value } });
const onlyModels = [{ field: 'event_type', operator: 'is', value: 'model' }];

const backtests = {
  'error rate, 15m': { projections: ['error'], window: '15m', thresholds: above(0.1) },
  'p95, 1h': {
    aggregation: 'P95',
    projections: ['duration'],
    filters: onlyModels,
    window: '1h',
    thresholds: above(4_000),
  },
  'p95 of all events, 5m': {
    aggregation: 'P95',
    projections: ['duration'],
    window: '5m',
    thresholds: above(9_000),
  },
  'p95 by model, 1h': {
    aggregation: 'P95',
    projections: ['duration'],
    filters: onlyModels,
    group_by: 'model',
    window: '1h',
    thresholds: above(4_000),
  },
  'spend a day by user': {
    aggregation: 'SUM',
    projections: ['cost_usd'],
    group_by: 'user',
    window: 'day',
    thresholds: above(1),
  },
  'p95, 1d': {
    aggregation: 'P95',
    projections: ['duration'],
    window: '1d',
    thresholds: above(4_000),
  },
  'change of p95, 6h': {
    alert_type: 'DRIFT',
    aggregation: 'P95',
    projections: ['duration'],
    window: '6h',
    thresholds: above(50),
  },
};

async function measureBacktests() {
  const set = await prepareSet(Number(flags.events), say);
  const served = await serveSet(set);
  try {
    await served.settle();
    const test = async (alert) => {
      const body = { ...alert, from: nowMs - 30 * dayMs, to: nowMs };
      const start = performance.now();
      const cpuBefore = await readCpuMs(served.pid);
      const path = '/v1/projects/support/alerts/backtest';
      const text = await served.ask({ method: 'POST', path, body });
      const tookMs = performance.now() - start;
      const { data } = JSON.parse(text);
      return { tookMs, cpuMs: (await readCpuMs(served.pid)) - cpuBefore, data };
    };
    const rows = [];
    for (const [name, alert] of Object.entries(backtests)) {
      const first = await test(alert);
      const again = [];
      for (let round = 0; round < 3; round += 1) again.push((await test(alert)).tookMs);
      const { fired, step_ms, from, to } = first.data;
      rows.push({
        name,
        firstMs: first.tookMs,
        cpuMs: first.cpuMs,
        againMs: at(again, 0.5),
        fired,
        stepMinutes: step_ms / 60_000,
        days: (to - from) / dayMs,
      });
    }
    return rows;
  } finally {
    await served.stop();
  }
}

const projectCount = 10;
const shapesOfProject = 10;
const alertsOfShape = 10;
const metrics = [
  ['AVERAGE', 'error'],
  ['P95', 'duration'],
  ['MAX', 'duration'],
  ['SUM', 'cost_usd'],
  ['COUNT', 'duration'],
];

/** 1,000 alerts of 100 shapes: filters, windows and groupings differ. */
function* makeAlerts() {
  for (let project = 0; project < projectCount; project += 1)
    for (let shape = 0; shape < shapesOfProject; shape += 1)
      for (let index = 0; index < alertsOfShape; index += 1) {
        const [aggregation, projection] = metrics[index % metrics.length];
        const alert = {
          name: `alert ${shape}.${index}`,
          aggregation,
          projections: [projection],
          filters: [{ field: 'event_name', operator: 'is', value: `step_${shape}` }],
          window: ['1m', '5m', '15m', '1h', '1d'][shape % 5],
          ...(shape === 7 ? { group_by: 'metadata.region' } : {}),
          thresholds: above(1e9 + index),
        };
        yield { project: `bench ${project}`, alert };
      }
}

/** Batches of 100 events of now, one project after another. */
function makeBatch(index) {
  const now = Date.now();
  const session_id = randomUUID();
  const events = Array.from({ length: 100 }, (_, place) => ({
    event_type: ['model', 'tool', 'chain'][place % 3],
    event_name: `step_${place % 20}`,
    session_id,
    start_time: now - place,
    duration: (place * 37) % 2_000,
    inputs: { messages: [{ role: 'user', content: 'the order of a customer '.repeat(8) }] },
    outputs: { content: 'shipped tomorrow, thanks '.repeat(10) },
    metadata: { prompt_tokens: 120 + place, completion_tokens: 40, cost: 0.001, region: 'eu' },
  }));
  return { project: `bench ${index % projectCount}`, events };
}

async function openService() {
  const service = await startService({
    env: {
      HH_LOG_LEVEL: 'error',
      HH_QUERY_TIMEOUT_MS: '60000',
      HH_ALERT_ALLOWED_NETWORKS: 'loopback',
    },
  });
  const pool = new Pool(service.url, { connections: 16 });
  const headers = { authorization: `Bearer ${service.key}`, 'content-type': 'application/json' };
  const ask = async (method, path, body) => {
    const options = { method, path, headers };
    const response = await pool.request(
      body === undefined ? options : { ...options, body: JSON.stringify(body) },
    );
    const text = await response.body.text();
    if (response.statusCode !== 200) throw new Error(`${method} ${path}: ${text.slice(0, 300)}`);
    return text;
  };
  const metric = async (name) =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await ask('GET', '/metrics'))?.[1] ?? 0);
  const stop = async () => {
    await pool.close();
    await service.stop();
  };
  return { pid: service.pid, ask, metric, stop };
}

/** How many events are taken in, and what they cost the service, while several callers send as fast as they can. */
async function measureLoad({ pid, ask }, isOver) {
  const cpuBefore = await readCpuMs(pid);
  const start = performance.now();
  const times = [];
  const send = async () => {
    while (!isOver()) {
      const askedAt = performance.now();
      await ask('POST', '/events/batch', makeBatch(times.length));
      times.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: Number(flags.callers) }, send));
  const cpuMs = (await readCpuMs(pid)) - cpuBefore;
  return {
    eventsPerSecond: (times.length * 100_000) / (performance.now() - start),
    cpuPerEventUs: (cpuMs * 1000) / (times.length * 100),
    p99Ms: at(times, 0.99),
  };
}

/** Says when so much time has passed. */
function startTimer(seconds) {
  const end = performance.now() + seconds * 1000;
  return () => performance.now() >= end;
}

/** The load continues at most so long for webhooks that have not arrived. */
const mostWaitSeconds = 180;

async function measureIngest() {
  const seconds = Number(flags.seconds);
  const service = await openService();
  try {
    // Projects are made by what is sent to them.
    for (let index = 0; index < 2 * projectCount; index += 1)
      await service.ask('POST', '/events/batch', makeBatch(index));
    say(`${seconds} s without alerts …`);
    const without = await measureLoad(service, startTimer(seconds));
    const alerts = [];
    for (const { project, alert } of makeAlerts()) {
      const path = `/v1/projects/${encodeURIComponent(project)}/alerts`;
      const { data } = JSON.parse(await service.ask('POST', path, alert));
      alerts.push(`${path}/${data.id}`);
    }
    const rounds = async () => ({
      count: await service.metric('honeyhive_alert_round_seconds_count'),
      seconds: await service.metric('honeyhive_alert_round_seconds_sum'),
      failures: await service.metric('honeyhive_alert_failures_total'),
    });
    const before = await rounds();
    const probes = await startProbes(service, 'bench 0');
    say(`${seconds} s with 1,000 alerts …`);
    const isTimeOver = startTimer(seconds);
    const isWaitOver = startTimer(seconds + mostWaitSeconds);
    const withAlerts = await measureLoad(service, () => {
      if (isTimeOver()) probes.stopSending();
      return isTimeOver() && (probes.waiting() === 0 || isWaitOver());
    });
    const { delays, missing } = await probes.stop();
    const after = await rounds();
    for (const path of alerts) await service.ask('DELETE', path);
    say(`${seconds} s without alerts again …`);
    const again = await measureLoad(service, startTimer(seconds));
    // More events cost more, with alerts or without: the mean of before and after is what is compared.
    const plainPerSecond = (without.eventsPerSecond + again.eventsPerSecond) / 2;
    return {
      without,
      with: withAlerts,
      again,
      costRatio: 1 - withAlerts.eventsPerSecond / plainPerSecond,
      roundSeconds: (after.seconds - before.seconds) / (after.count - before.count),
      rounds: after.count - before.count,
      failures: after.failures - before.failures,
      delays: { count: delays.length, p50Ms: at(delays, 0.5), p95Ms: at(delays, 0.95), missing },
    };
  } finally {
    await service.stop();
  }
}

function reportBacktests(rows) {
  const head = 'back-test of 30 days,first ms,CPU ms,again ms,fired,step min,days'.split(',');
  return toTable([
    head,
    ...rows.map((row) => [
      row.name,
      ms(row.firstMs),
      ms(row.cpuMs),
      ms(row.againMs),
      row.fired,
      row.stepMinutes,
      row.days.toFixed(1),
    ]),
  ]);
}

const reportIngest = ({ without, with: busy, again, costRatio, roundSeconds, ...rest }) =>
  `${toTable([
    ['ingest', 'events/s', 'CPU µs an event', 'p99 ms'],
    ...[
      ['without alerts', without],
      ['with 1,000 alerts of 100 shapes', busy],
      ['without alerts again', again],
    ].map(([name, one]) => [
      name,
      one.eventsPerSecond.toFixed(0),
      one.cpuPerEventUs.toFixed(0),
      ms(one.p99Ms),
    ]),
  ])}
alerts cost ${(costRatio * 100).toFixed(1)} % of the events a second (goal 10); a round takes ${roundSeconds.toFixed(2)} s (goal 20), ${rest.rounds} rounds, ${rest.failures} shapes failed
from a breach to its delivered webhook: p50 ${(rest.delays.p50Ms / 1000).toFixed(0)} s, p95 ${(rest.delays.p95Ms / 1000).toFixed(0)} s (goal 90), ${rest.delays.count} events, ${rest.delays.missing} without one`;

const result = {
  ...(flags.only === 'ingest' ? {} : { backtests: await measureBacktests() }),
  ...(flags.only === 'backtest' ? {} : { ingest: await measureIngest() }),
};
if (flags.json) console.log(JSON.stringify(result));
else
  console.log(
    [
      ...(result.backtests ? [reportBacktests(result.backtests)] : []),
      ...(result.ingest ? [reportIngest(result.ingest)] : []),
    ].join('\n\n'),
  );
