import {
  buildEvent,
  call,
  createOperationCaller,
  makeDataDir,
  removeDataDir,
  startService,
} from 'honeyhive-testkit';
import type { Answer } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { findDifferences } from './account.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { waitUntil } from './wait-until.ts';

const env = { HH_LOG_LEVEL: 'warn', HH_SHUTDOWN_TIMEOUT_MS: '120000' };
const dataDir = await makeDataDir();
let service = await startService({ dataDir, env });
const { key } = service;
afterAll(async () => {
  await service.kill();
  await removeDataDir(dataDir);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s under load: what was accepted is answered, the exit code is 0, the data is there',
  async (signal) => {
    const project = `stopped by ${signal}`;
    const ledger = openLedger();
    const answers: Answer[] = [];
    const target = service;
    const load = startLoad({ target, project, ledger, onAnswer: (answer) => answers.push(answer) });
    await load.progress(100);
    const session_id = randomUUID();
    const batches = Array.from({ length: 4 }, () =>
      Array.from({ length: 500 }, () => ({ ...buildEvent({ project }), session_id })),
    );
    for (const event of batches.flat()) ledger.noteSent(event);
    const inFlight = batches.map((events) =>
      call(target, 'POST /events/batch', { body: { project, events } }),
    );
    await delay(150);
    // What was sent before it has been accepted when this is answered.
    await call(target, 'GET /health');

    const stoppedAt = performance.now();
    const exit = await service.kill(signal);
    const stopMs = performance.now() - stoppedAt;
    const accepted = await Promise.all(inFlight);
    await load.ended;
    service = await startService({ dataDir, key, env });
    for (const { event_id } of batches.flat()) ledger.noteAcknowledged(event_id);

    expect(exit).toEqual({ code: 0, signal: null });
    // Clients that keep their connections open do not hold it up until the limit of two minutes.
    expect(stopMs).toBeLessThan(60_000);
    expect(accepted.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    expect(await findDifferences(createOperationCaller(service), project, ledger)).toEqual([]);
  },
);

test('nothing that was stored while it stopped went unanswered', async () => {
  const project = 'stopped in the middle';
  const unanswered: string[] = [];
  const target = service;
  let isOver = false;
  let answered = 0;
  const write = async () => {
    while (!isOver) {
      const event = buildEvent({ project });
      await call(target, 'POST /events', { body: { event } }).then(
        () => {
          answered += 1;
        },
        () => {
          unanswered.push(event.event_id);
          isOver = true;
        },
      );
    }
  };
  const writers = Array.from({ length: 16 }, write);
  await waitUntil(
    () => answered >= 100,
    () => `${answered} of 100 events were stored`,
  );

  await service.kill('SIGTERM');
  isOver = true;
  await Promise.all(writers);
  service = await startService({ dataDir, key, env });
  const answers = await Promise.all(
    unanswered.map((event_id) => call(service, `GET /events/${event_id}`)),
  );

  expect(answers.map(({ status }) => status)).toEqual(unanswered.map(() => 404));
});
