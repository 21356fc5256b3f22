// Times each question, one after the other, over HTTP, and beside it what the engine alone takes for its core.
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createChdbConnection } from 'chdb/connection';
import { createDice } from '../random.mjs';
import { at } from './figures.mjs';
import { questions } from './questions.mjs';
import { readCpuMs } from '../process-cpu.mjs';

const sampleCount = 400;

/** Ids of events all over the set, so that nothing is read twice; the root of a session would bring its whole tree. */
const sampleSql = `SELECT event_id FROM honeyhive.events WHERE version = 1 AND event_id != session_id ORDER BY cityHash64(event_id) LIMIT ${sampleCount}`;
/** The latest of the longest sessions, and its project. */
const longSql =
  'SELECT session_id, any(project_id) FROM honeyhive.events GROUP BY session_id ORDER BY count() DESC LIMIT 1';
const sessionsSql = (projectId) =>
  `SELECT session_id FROM honeyhive.events WHERE event_id = session_id AND version = 1 AND project_id = '${projectId}' ORDER BY cityHash64(session_id) LIMIT ${sampleCount}`;

/** Ids that the questions are about. */
export async function readProbes(dataDir) {
  const engine = createChdbConnection({ path: join(dataDir, 'events') });
  const read = async (sql) =>
    (await engine.chdb.queryAsync(sql, { format: 'TSV' })).text().trim().split('\n');
  const [longSessionId, projectId] = (await read(longSql))[0].split('\t');
  const sampleSessionIds = await read(sessionsSql(projectId));
  const probes = { sampleIds: await read(sampleSql), sampleSessionIds, longSessionId };
  await engine.close();
  return probes;
}

/** Rounds until the timeout expires, within bounds. */
async function repeat(work, { seconds, least, most }) {
  const times = [];
  const deadline = performance.now() + seconds * 1000;
  while (times.length < most && (times.length < least || performance.now() < deadline)) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}

/** The questions whose name has the text. */
const choose = (only) => questions.filter(({ name }) => name.includes(only));

/** Figures of every question, by name. */
export async function measureReads(served, set, { seconds, rounds, say, only = '', prefix = '' }) {
  const dice = createDice(3);
  const figures = {};
  for (const question of choose(only)) {
    say(`${prefix}${question.name} …`);
    const work = () => served.ask(question.request(set, dice));
    const firstMs = performance.now();
    await work();
    const coldMs = performance.now() - firstMs;
    for (let round = 1; round < rounds; round += 1) await work();
    const cpuBefore = await readCpuMs(served.pid);
    const times = await repeat(work, { seconds, least: rounds, most: 300 });
    figures[question.name] = {
      p50Ms: at(times, 0.5),
      p99Ms: at(times, 0.99),
      coldMs,
      count: times.length,
      cpuMs: ((await readCpuMs(served.pid)) - cpuBefore) / times.length,
    };
  }
  return figures;
}

/** What the engine takes for the core of each question, without de-duplication and without the service. */
export async function measureFloors(dataDir, set, { seconds, rounds, only = '' }) {
  const engine = createChdbConnection({ path: join(dataDir, 'events') });
  const dice = createDice(3);
  const floors = {};
  for (const { name, floor } of choose(only)) {
    const work = () =>
      engine.chdb.queryAsync(typeof floor === 'string' ? floor : floor(set, dice), {
        format: 'RowBinary',
      });
    await work();
    floors[name] = at(await repeat(work, { seconds: seconds / 2, least: rounds, most: 100 }), 0.5);
  }
  await engine.close();
  return floors;
}

/** Every answer against the model; what differs, by question. */
export async function checkReads(served, set, model) {
  const dice = createDice(3);
  const wrong = [];
  for (const question of questions) {
    const request = question.request(set, dice);
    const found = question.read(JSON.parse(await served.ask(request)));
    const expected = question.expect(model, set, request);
    if (!isDeepStrictEqual(found, expected)) wrong.push({ name: question.name, found, expected });
  }
  return wrong;
}
