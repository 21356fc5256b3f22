import {
  createKey,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  startService,
} from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { randomInt, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { runEngineSql } from './engine-sql.ts';
import { roundNumbers, rounds } from './rounds.ts';
import { waitUntil } from './wait-until.ts';

const env = { HH_LOG_LEVEL: 'error' };
const hourMs = 3_600_000;
const hourCount = 60;
const project = 'default';
const words = ['refund', 'delivery', 'invoice', '退款', 'überweisung'];

/** As an earlier version left it: with events, and without the table of words. */
const forgetWords = [
  'DROP TABLE honeyhive.hour_words SYNC',
  "ALTER TABLE honeyhive.schema_migrations DELETE WHERE id = '0014_hour_words' SETTINGS mutations_sync = 2",
];

interface Sent {
  readonly event_id: string;
  readonly text: string;
}

/** Sends batches of events all over the hours until the service is gone or it is stopped. */
function startSending(api: OperationCaller, stored: Map<string, string>) {
  let isOver = false;
  const makeBatch = (): Sent[] =>
    Array.from({ length: 20 }, () => ({
      event_id: randomUUID(),
      text: `${words[randomInt(words.length)] ?? ''}${randomInt(1_000)}`,
    }));
  const send = async (): Promise<void> => {
    while (!isOver) {
      const batch = makeBatch();
      const events = batch.map(({ event_id, text }) => {
        const start_time = Date.now() - randomInt(hourCount) * hourMs;
        return {
          event_id,
          event_type: 'tool',
          event_name: 'look up',
          start_time,
          inputs: { text },
        };
      });
      try {
        await api.ok('createEventBatch', { body: { project, events } });
        for (const { event_id, text } of batch) stored.set(event_id, text);
      } catch {
        isOver = true;
      }
    }
  };
  const ended = send();
  return {
    async stop(): Promise<void> {
      isOver = true;
      await ended;
    },
  };
}

/** Ids of the events that have the text. */
async function search(api: OperationCaller, text: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await api.ok('exploreRows', {
      body: { project, scope: 'events', text, limit: 200, ...(cursor ? { cursor } : {}) },
    });
    ids.push(...page.rows.map(({ event_id }) => event_id));
    if (page.next_cursor === null) return ids;
    cursor = page.next_cursor;
  }
}

/** Acknowledged events that a search does not find, and found ones that do not have the text. */
async function findFaults(api: OperationCaller, stored: ReadonlyMap<string, string>) {
  const faults: string[] = [];
  for (const text of [...words, 'fun', '退', 'nowhere', ...words.map((word) => `${word}7`)]) {
    const found = new Set(await search(api, text));
    for (const [id, has] of stored) {
      if (has.includes(text) && !found.has(id)) faults.push(`${text}: ${id} is missing`);
      if (!has.includes(text) && found.has(id)) faults.push(`${text}: ${id} has ${has}`);
    }
  }
  return faults;
}

test.each(roundNumbers)(
  `kill -9 while the words of an older folder are indexed and events come in: round %i of ${rounds}`,
  async () => {
    const dataDir = await makeDataDir();
    const stored = new Map<string, string>();
    let service = await startService({ dataDir, env });
    const { key } = await createKey(dataDir, { project });
    const open = () => createOperationCaller({ url: service.url, key });
    const first = startSending(open(), stored);
    await waitUntil(
      () => stored.size >= 2_000,
      () => `${stored.size} events stored`,
    );
    await first.stop();
    await service.stop();
    for (const sql of forgetWords) runEngineSql(dataDir, sql);

    const faults: string[] = [];
    for (let kill = 0; kill < 2; kill += 1) {
      service = await startService({ dataDir, key, env });
      const enough = stored.size + randomInt(1, 400);
      const sending = startSending(open(), stored);
      await waitUntil(
        () => stored.size >= enough,
        () => `${stored.size} events stored`,
      );
      await service.kill('SIGKILL');
      await sending.stop();
    }
    service = await startService({ dataDir, key, env });
    faults.push(...(await findFaults(open(), stored)));
    await waitUntil(
      async () => {
        const { text_index: index } = await open().ok('getReadiness');
        return index.hours > 0 && index.indexed_hours === index.hours;
      },
      () => 'hours not indexed',
    );
    faults.push(...(await findFaults(open(), stored)));
    await service.stop();
    await removeDataDir(dataDir);

    expect(stored.size).toBeGreaterThan(2_000);
    expect(faults).toEqual([]);
  },
  300_000,
);
