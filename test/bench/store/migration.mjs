// A folder as an earlier version left it: served, written to, and killed twice while the words of its hours are read.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createChdbConnection } from 'chdb/connection';
import { Pool } from 'undici';
import { startService } from '../../../packages/testkit/dist/index.js';
import { cloneSet } from './dataset.mjs';
import { toTable } from './figures.mjs';
import { marks, startMarkedLoad } from './marked-load.mjs';
import { createAsk, makeKey, readResident } from './served-set.mjs';
import { dayMs, nowMs } from './when.mjs';

const steps = ['0014_hour_words', '0015_wider_merges'];
/** Undoes them. */
const undo = [
  'DROP TABLE honeyhive.hour_words SYNC',
  'ALTER TABLE honeyhive.events RESET SETTING merge_selector_base',
  `ALTER TABLE honeyhive.schema_migrations DELETE WHERE id IN (${steps.map((id) => `'${id}'`).join(', ')}) SETTINGS mutations_sync = 2`,
];

/** All events, and texts of the set: of some hours and of none. They mean the same as they are and in JSON. */
const texts = [null, 'doc-481', 'refund'];
/** A text that is in every hour, and the days in which it is counted. */
const frequent = { text: 'Shou the', days: 2 };
/** Of the hours, those that have their words when the service is killed, and when the load ends. */
const killAt = [0.1, 0.3];
const pauseAt = 0.5;
/** Without words every text of a range is read: these days are searched meanwhile, for that many marks. */
const early = { days: 2, marks: 4 };
/** A mark is in most hours that were written to, whose texts are read for it. */
const checkEvery = 8;
const project = 'support';
const pollMs = 500;
const always = { from: 0, to: nowMs + 365 * dayMs };
const lastDays = (days) => ({ from: nowMs - days * dayMs, to: nowMs + dayMs });

async function runSql(dataDir, statements) {
  const engine = createChdbConnection({ path: join(dataDir, 'events') });
  const answers = [];
  for (const sql of statements)
    answers.push((await engine.chdb.queryAsync(sql, { format: 'JSONEachRow' })).text().trim());
  await engine.close();
  return answers.map((text) =>
    text === '' ? [] : text.split('\n').map((line) => JSON.parse(line)),
  );
}

/** The service of the moment, which may be killed; what is asked goes to the one that runs. */
async function openService(dataDir) {
  const key = await makeKey(dataDir);
  let now = null;
  let pool = null;
  let ask = null;
  const end = async (how) => {
    await how();
    await pool.destroy();
  };
  return {
    async start() {
      const env = { HH_LOG_LEVEL: 'error', HH_QUERY_TIMEOUT_MS: '120000' };
      now = await startService({ dataDir, key, env, readyWithinMs: 600_000 });
      pool = new Pool(now.url, { connections: 16 });
      ask = createAsk(now, pool);
      return now.startMs;
    },
    ask: (request) => ask(request),
    kill: () => end(() => now.kill('SIGKILL')),
    stop: () => end(() => now.stop()),
    resident: () => readResident(now.pid),
    async progress() {
      const { text_index: index } = JSON.parse(await ask({ method: 'GET', path: '/ready' }));
      return index.hours === 0 ? 0 : index.indexed_hours / index.hours;
    },
  };
}

async function waitForShare(served, share, say) {
  let said = -1;
  for (;;) {
    const done = await served.progress();
    const percent = Math.floor(done * 20) * 5;
    if (percent !== said) say(`words of ${percent} % of the hours, ${await megabytes(served)}`);
    said = percent;
    if (done >= share) return;
    await delay(pollMs);
  }
}

const megabytes = async (served) => `${((await served.resident()) / 1024 ** 2).toFixed(0)} MiB`;

const explore = async (served, operation, body) =>
  JSON.parse(
    await served.ask({
      method: 'POST',
      path: `/v1/explore/${operation}`,
      body: { project, ...body },
    }),
  );

/** Ids of all events of the range that have the text. */
async function search(served, { text, range }) {
  const ids = [];
  for (let cursor; ;) {
    const page = await explore(served, 'rows', {
      ...range,
      scope: 'events',
      text,
      limit: 200,
      cursor,
    });
    ids.push(...page.rows.map(({ event_id }) => event_id));
    if (page.next_cursor === null) return ids;
    cursor = page.next_cursor;
  }
}

/** Searches of the marks that do not find exactly what was acknowledged. */
async function findFaults(served, stored, { wanted, range }) {
  const faults = [];
  for (const text of wanted) {
    const expected = [...stored.values()].filter(
      ({ mark, startTime }) => mark === text && startTime >= range.from && startTime < range.to,
    );
    const found = new Set(await search(served, { text, range }));
    if (expected.length !== found.size || expected.some(({ eventId }) => !found.has(eventId)))
      faults.push(`${text}: ${found.size} instead of ${expected.length}`);
  }
  return faults;
}

async function countRows(served, { scope, text, range }) {
  const words = text === null ? {} : { text: `"${text}"` };
  const asked = { filters: [], buckets: 1, timezone: 'UTC', scope, ...range, ...words };
  const { buckets } = await explore(served, 'histogram', asked);
  return buckets.reduce((sum, { ok, error }) => sum + ok + error, 0);
}

async function countAll(served) {
  const counts = [];
  for (const text of texts)
    for (const scope of ['events', 'sessions'])
      counts.push(await countRows(served, { scope, text, range: always }));
  const { text, days } = frequent;
  return [...counts, await countRows(served, { scope: 'events', text, range: lastDays(days) })];
}

/** The same counts by one pass over everything, without hours, words or caches. */
async function countNaively(dataDir, projectId) {
  const columns = 'event_name, user, model, error, event_id, session_id, inputs, outputs, metadata';
  const all = `concatWithSeparator('\n', ${columns.replace('error', "ifNull(error, '')")}, feedback)`;
  const has = (text) => (text === null ? '1' : `positionCaseInsensitive(all, '${text}') > 0`);
  const { from, to } = lastDays(frequent.days);
  const counts = [
    ...texts.flatMap((text) => [`countIf(${has(text)})`, `uniqExactIf(session_id, ${has(text)})`]),
    `countIf(start_time >= ${from} AND start_time < ${to} AND ${has(frequent.text)})`,
  ].map((sql, index) => `${sql} AS c${index}`);
  const rows = `SELECT session_id, start_time, ${all} AS all FROM honeyhive.events FINAL WHERE project_id = '${projectId}'`;
  const [[row]] = await runSql(dataDir, [`SELECT ${counts.join(', ')} FROM (${rows})`]);
  return Object.values(row).map(Number);
}

const seconds = (ms) => `${(ms / 1000).toFixed(0)} s`;

/** Kills the service twice while events come in and words are read; every event that was stored has to be found. */
async function killTwice(served, load, { startedAt, say }) {
  const [rows, wrong] = [[], []];
  for (const share of killAt) {
    load.start();
    await waitForShare(served, share, say);
    await served.kill();
    const at = seconds(performance.now() - startedAt);
    rows.push([`killed after ${at}, started again`, seconds(await served.start())]);
    await load.pause();
    say('searches while words are missing …');
    const meanwhile = { wanted: marks.slice(0, early.marks), range: lastDays(early.days) };
    wrong.push(...(await findFaults(served, load.stored, meanwhile)));
  }
  return { rows, wrong };
}

/** What searches and counts say once all is indexed, beside the same without any of that. */
async function compareAll(served, load, { dataDir, projectId, say }) {
  say('searches of what was stored meanwhile …');
  const wanted = marks.filter((_, index) => index % checkEvery === 0);
  const wrong = await findFaults(served, load.stored, { wanted, range: always });
  say('counts …');
  const counts = await countAll(served);
  await served.stop();
  const naive = await countNaively(dataDir, projectId);
  if (counts.join() !== naive.join())
    wrong.push(`counts ${counts.join()} instead of ${naive.join()}`);
  return { rows: [['counts compared', counts.join(', ')]], wrong };
}

/**
 * Migrates a copy of the set.
 *
 * @returns what was wrong, and a table of figures
 */
export async function measureMigration(set, { eventsPerSecond, hours, say }) {
  const dataDir = await cloneSet(set);
  await runSql(dataDir, undo);
  const served = await openService(dataDir);
  try {
    const startedAt = performance.now();
    const start = ['first start', seconds(await served.start())];
    const load = startMarkedLoad(served.ask, { eventsPerSecond, hours, project });
    const killed = await killTwice(served, load, { startedAt, say });
    load.start();
    await waitForShare(served, pauseAt, say);
    await load.pause();
    await waitForShare(served, 1, say);
    const rows = [
      ['all hours indexed after', seconds(performance.now() - startedAt)],
      ['events stored meanwhile', String(load.stored.size)],
    ];
    const last = await compareAll(served, load, { dataDir, projectId: set.projectIds[0], say });
    return {
      wrong: [...killed.wrong, ...last.wrong],
      text: toTable([['', 'figure'], start, ...killed.rows, ...rows, ...last.rows]),
    };
  } finally {
    await served.kill();
    await rm(dataDir, { recursive: true, force: true });
  }
}
