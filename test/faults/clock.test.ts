import { createOperationCaller, makeDataDir, removeDataDir, startService } from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';
import { findDifferences } from './account.ts';
import { makeFakeClock } from './fake-clock.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { watchReadiness } from './readiness.ts';
import { collectRefusals } from './refusals.ts';
import { roundNumbers, rounds } from './rounds.ts';

const clock = await makeFakeClock();
const env = { HH_LOG_LEVEL: 'error', ...clock.env };
const dataDir = await makeDataDir();
let service = await startService({ dataDir, env });
const { key } = service;
afterAll(async () => {
  await service.kill();
  await removeDataDir(dataDir);
  await clock.release();
});

const readClock = async (): Promise<number> => {
  const { timestamp } = await createOperationCaller(service).ok('getHealth');
  return Date.parse(timestamp) - Date.now();
};

test.each(roundNumbers)(
  `a clock that jumps back an hour, and forth again: round %i of ${rounds}`,
  async (round) => {
    const project = `jump ${round}`;
    const ledger = openLedger();
    const refusals = collectRefusals();
    const readiness = watchReadiness(service);
    const load = startLoad({ target: service, project, ledger, onAnswer: refusals.note });
    await load.progress(50);

    clock.shift(-3600);
    const shiftMs = await readClock();
    await load.progress(100);
    await readiness.take(3);
    if (round % 2 === 0) clock.shift(0);
    await load.progress(50);
    load.stop();
    await load.ended;
    await readiness.stop();
    const atTheEnd = await findDifferences(createOperationCaller(service), project, ledger);
    await service.kill('SIGKILL');
    service = await startService({ dataDir, key, env });

    expect(shiftMs).toBeLessThan(-3_500_000);
    expect(refusals.count()).toBe(0);
    expect(new Set(readiness.statuses)).toEqual(new Set([200]));
    expect(atTheEnd).toEqual([]);
    expect(await findDifferences(createOperationCaller(service), project, ledger)).toEqual([]);
    clock.shift(0);
  },
);
