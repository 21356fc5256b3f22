import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { releaseMemory } from './release-memory.ts';

/** A service whose work the test counts. `pass` lets a minute pass, and says what was released. */
function createService({ fails = false } = {}) {
  const work = { startedOfRequests: 0, runningOfRequests: 0, committedEvents: 0 };
  const released: string[] = [];
  let tick = (): void => undefined;
  const stop = releaseMemory({
    events: {
      async releaseMemory() {
        if (fails) throw new Error('busy');
        released.push('engine');
      },
    },
    readGate: { stats: () => work },
    committer: { stats: () => work },
    clock: {
      every(_intervalMs, run) {
        tick = run;
        return () => {
          tick = () => undefined;
        };
      },
    },
    async collectGarbage() {
      released.push('heap');
    },
    logger: pino({ level: 'silent' }),
  });
  const pass = async (): Promise<readonly string[]> => {
    tick();
    await new Promise(setImmediate);
    return released.splice(0);
  };
  return { work, pass, stop };
}

describe('memory is released', () => {
  test('once nothing was read or stored for a minute, and once only', async () => {
    const { work, pass } = createService();
    work.startedOfRequests = 7;
    expect(await pass()).toEqual([]);
    work.committedEvents = 3;
    expect(await pass()).toEqual([]);

    expect(await pass()).toEqual(['engine', 'heap']);
    expect(await pass()).toEqual([]);
  });

  test('again after more work', async () => {
    const { work, pass } = createService();
    expect(await pass()).toEqual(['engine', 'heap']);
    work.startedOfRequests = 1;

    expect(await pass()).toEqual([]);
    expect(await pass()).toEqual(['engine', 'heap']);
  });

  test('after the read that still runs', async () => {
    const { work, pass } = createService();
    work.startedOfRequests = 1;
    work.runningOfRequests = 1;
    await pass();
    expect(await pass()).toEqual([]);
    work.runningOfRequests = 0;

    expect(await pass()).toEqual(['engine', 'heap']);
  });

  test('not after it was stopped, and a failure ends nothing', async () => {
    const { work, pass, stop } = createService({ fails: true });
    expect(await pass()).toEqual([]);
    work.startedOfRequests = 1;
    await pass();
    expect(await pass()).toEqual([]);
    await stop();

    expect(await pass()).toEqual([]);
  });
});
