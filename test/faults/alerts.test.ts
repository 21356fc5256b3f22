import Database from 'libsql';
import { createOperationCaller, makeDataDir, removeDataDir, startService } from 'honeyhive-testkit';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { makeFakeClock } from './fake-clock.ts';
import { roundNumbers, rounds } from './rounds.ts';
import { waitUntil } from './wait-until.ts';

const minuteMs = 60_000;
/** Each has its own shape; they are stored in several transactions, of which a kill meets some that are not. */
const alertCount = 16;

const clock = await makeFakeClock();
const dataDir = await makeDataDir();
const env = { HH_LOG_LEVEL: 'warn', HH_ALERT_DELAY_MS: '0', ...clock.env };
let service = await startService({ dataDir, env });
const { key } = service;
afterAll(async () => {
  await service.kill();
  await clock.release();
  await removeDataDir(dataDir);
});

const params = { project_id: 'default' };
const api = () => createOperationCaller(service);

let offsetMs = 0;
/** Minutes of the time that the service has. */
const currentMinute = (): number => Math.floor((Date.now() + offsetMs) / minuteMs);

/** Lets the service believe that a minute has just ended; it may believe in a later one already. */
function moveTo(minute: number): void {
  offsetMs = Math.max(offsetMs, minute * minuteMs + 1_000 - Date.now());
  clock.shift(offsetMs / 1_000);
}

const nameOf = (index: number): string => `step ${index}`;

/** Shapes about payloads are read, and stored, a few at a time. */
const fieldOf = (index: number): string => (index < 4 ? 'event_name' : 'metadata.step');

/** Slow events of all alerts within the minute that ends then. */
const sendSlow = (minute: number) =>
  api().ok('createEventBatch', {
    body: {
      events: Array.from({ length: alertCount }, (_, index) => ({
        event_type: 'tool',
        event_name: nameOf(index),
        start_time: (minute - 0.5) * minuteMs,
        duration: 9_000,
        metadata: { step: nameOf(index) },
      })),
    },
  });

/** Until all alerts were evaluated for a minute, or a later one. */
async function waitForRun(minute: number): Promise<void> {
  const expected = new Date(minute * minuteMs).toISOString();
  for (let index = 0; index < alertCount; index += 1)
    // One after the other: on a busy machine, all together may take longer than one may.
    await waitUntil(
      async () => {
        await delay(200);
        const { data } = await api().ok('listAlerts', { params, query: { limit: '100' } });
        return (data[index]?.last_run_at ?? '') >= expected;
      },
      () => `the alert ${index} was not evaluated for ${expected}`,
    );
}

type Edges = readonly [minute: number, edge: string][];

/** Edge and minute, by alert. */
function readStored(sql: string): Edges[] {
  const db = new Database(join(dataDir, 'metadata.db'), { readonly: true });
  const rows = db.prepare(sql).all() as { alert_id: string; edge: string; at: number }[];
  db.close();
  const byAlert = new Map<string, Edges>();
  for (const { alert_id: id, edge, at } of rows)
    byAlert.set(id, [...(byAlert.get(id) ?? []), [at / minuteMs, edge]]);
  return [...byAlert.values()];
}

const readHistory = () =>
  readStored('SELECT alert_id, edge, at FROM alert_history ORDER BY alert_id, sequence');

/** What is to be sent, whether it has become a delivery or waits for that. */
const readNotified = () =>
  readStored(`SELECT alert_id, edge, at FROM alert_notifications
    UNION ALL SELECT alert_id, replace(type, 'alert.', ''),
      unixepoch(json_extract(payload, '$.timestamp')) * 1000 FROM alert_deliveries
    ORDER BY alert_id, at`);

const expected: [number, string][] = [];

test('alerts are made, and evaluated for a first time', async () => {
  const { destination } = await api().ok('createAlertDestination', {
    params,
    body: { kind: 'webhook', name: 'nobody', url: 'http://localhost:9/' },
  });
  for (let index = 0; index < alertCount; index += 1)
    await api().ok('createAlert', {
      params,
      body: {
        destination_ids: [destination.id],
        name: nameOf(index),
        aggregation: 'MAX',
        projections: ['duration'],
        filters: [{ field: fieldOf(index), operator: 'is', value: nameOf(index) }],
        window: '1m',
        missing_data: 'zero',
        thresholds: { critical: { operator: 'greater_than', value: 5_000 } },
      },
    });
  const minute = currentMinute() + 1;
  moveTo(minute);
  await waitForRun(minute);

  expect(readHistory()).toEqual([]);
});

test.each(roundNumbers)(
  `kill -9 during evaluation fires nothing twice and loses nothing: round %i of ${rounds}`,
  async () => {
    // Far enough ahead for the events to be stored before their minute ends.
    const minute = currentMinute() + 3;
    await sendSlow(minute);
    moveTo(minute);
    await delay(randomInt(0, 2_000));
    await service.kill('SIGKILL');
    service = await startService({ dataDir, key, env });
    moveTo(minute + 1);
    await waitForRun(minute + 1);

    expected.push([minute, 'triggered'], [minute + 1, 'resolved']);
    const all = Array.from({ length: alertCount }, () => expected);
    expect(readHistory()).toEqual(all);
    expect(readNotified()).toEqual(all);
  },
);
