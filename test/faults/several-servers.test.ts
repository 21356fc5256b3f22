import {
  createOperationCaller,
  createPostgresDatabase,
  makeDataDir,
  removeDataDir,
  startClickHouse,
  startPostgres,
  startService,
} from 'honeyhive-testkit';
import type { OperationInput, RunningService } from 'honeyhive-testkit';
import type { OperationId } from 'honeyhive-wire';
import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { roundNumbers, rounds } from './rounds.ts';

const serverCount = 3;
const sessionCount = 4;
const eventCount = 24;
/** Updates of each event by each server. */
const updateCount = 3;

const postgres = await startPostgres();
const clickHouse = await startClickHouse();
const folders = await Promise.all(Array.from({ length: serverCount }, () => makeDataDir()));
const key = `hh_${'k'.repeat(12)}_${'s'.repeat(32)}`;
const HH_FIRST_KEY_FILE = join(folders[0] ?? '', 'first-key');
await writeFile(HH_FIRST_KEY_FILE, key, { mode: 0o600 });
const env = {
  HH_LOG_LEVEL: 'warn',
  HH_FIRST_KEY_FILE,
  HH_POSTGRES_URL: await createPostgresDatabase(postgres.url),
  HH_CLICKHOUSE_URL: `${clickHouse.url}/several`,
};
const servers: RunningService[] = [];
afterAll(async () => {
  for (const server of servers) await server.stop();
  await clickHouse.stop();
  await postgres.stop();
  for (const folder of folders) await removeDataDir(folder);
});

async function startServer(index: number): Promise<void> {
  servers[index] = await startService({ dataDir: folders[index] ?? '', env, key });
}

/** Sends it to one server after the other until one acknowledges it. */
async function send(first: number, id: OperationId, input: OperationInput): Promise<void> {
  for (let attempt = first; ; attempt += 1) {
    const server = servers[attempt % servers.length];
    if (!server) throw new Error('no server');
    const answer = await createOperationCaller(server)
      .send(id, input)
      .catch(() => null);
    if (answer?.status === 200) return;
    if (answer !== null && answer.status < 500) throw new Error(`${id}: ${answer.text}`);
    await delay(50);
  }
}

const eventIdOf = (project: string, index: number): string => `${project} event ${index}`;
const sessionIdOf = (project: string, index: number): string =>
  `${project} session ${index % sessionCount}`;

const sendEvent = (project: string, index: number): Promise<void> =>
  send(randomInt(serverCount), 'createEvent', {
    body: {
      event: {
        project,
        session_id: sessionIdOf(project, index),
        event_id: eventIdOf(project, index),
        event_type: 'model',
        event_name: `call ${index}`,
        metadata: { total_tokens: 1 },
      },
    },
  });

/** Each adds another field, of an event that comes later, too. */
const sendUpdates = (project: string, index: number): Promise<void>[] =>
  Array.from({ length: serverCount * updateCount }, async (_each, update) => {
    await delay(randomInt(300));
    await send(update, 'updateEvent', {
      query: { project },
      body: { event_id: eventIdOf(project, index), metadata: { [`update ${update}`]: update } },
    });
  });

/** What all servers say of the project, which has to be the same. */
async function readAll(project: string) {
  const answers = [];
  for (const server of servers) {
    const api = createOperationCaller(server);
    const { events } = await api.ok('exportEvents', { body: { project, limit: 1_000 } });
    const sessions = await api.ok('exploreRows', { body: { project, scope: 'sessions' } });
    answers.push({
      events: events
        .filter(({ event_type }) => event_type === 'model')
        .map(({ event_id, metadata }) => [event_id, metadata] as const)
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      counts: sessions.rows
        .map((row) => ('event_count' in row ? row.event_count : -1))
        .toSorted((a, b) => a - b),
      tokens: sessions.rows.reduce((sum, row) => sum + (row.total_tokens ?? 0), 0),
    });
  }
  return answers;
}

test('several servers start at once on empty stores', async () => {
  await Promise.all([startServer(0), startServer(1), startServer(2)]);
  const [first] = servers;
  if (!first) throw new Error('no server');
  const { keys } = await createOperationCaller(first).ok('listKeys');

  expect(keys.map(({ created_by }) => created_by)).toEqual(['first start']);
  expect(servers.map((server) => server.isRunning())).toEqual([true, true, true]);
});

/** Longer than a database waits for a transaction that does nothing: others write what the server was about to. */
const pauseMs = 12_000;

const faults: Readonly<Record<string, (index: number) => Promise<void>>> = {
  async killed(index) {
    await servers[index]?.kill('SIGKILL');
    await startServer(index);
  },
  async paused(index) {
    const pid = servers[index]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    await delay(pauseMs);
    process.kill(pid, 'SIGCONT');
  },
};

test.each(roundNumbers.flatMap((round) => Object.keys(faults).map((fault) => [fault, round])))(
  `three servers write to the same events, and one is %s: nothing is lost or duplicated: round %i of ${rounds}`,
  async (fault, round) => {
    const project = `${fault} ${round}`;
    await send(0, 'createProject', { body: { name: project } });
    const work = Array.from({ length: eventCount }, (_each, index) => [
      ...sendUpdates(project, index),
      sendEvent(project, index),
    ]).flat();
    await delay(randomInt(50, 400));
    await faults[fault]?.(randomInt(serverCount));
    await Promise.all(work);

    const fields = Object.fromEntries(
      Array.from({ length: serverCount * updateCount }, (_each, update) => [
        `update ${update}`,
        update,
      ]),
    );
    const [first, ...others] = await readAll(project);
    expect(first?.events.map(([id]) => id)).toEqual(
      Array.from({ length: eventCount }, (_each, index) => eventIdOf(project, index)).toSorted(),
    );
    for (const [, metadata] of first?.events ?? []) expect(metadata).toMatchObject(fields);
    expect(first?.counts).toEqual(
      Array.from({ length: sessionCount }, () => eventCount / sessionCount),
    );
    expect(first?.tokens).toBe(eventCount);
    for (const other of others) expect(other).toEqual(first);
  },
);
