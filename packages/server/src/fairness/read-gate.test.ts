import { describe, expect, test } from 'vitest';
import { QueryTooExpensive } from '../domain/event-store.ts';
import type { ReadTurn } from '../domain/read-turn.ts';
import { createReadGate } from './read-gate.ts';

/** A gate whose limits of time run out when the test says so. */
function createTestGate() {
  const limitsOfTime = new Set<{ readonly ms: number; readonly runOut: () => void }>();
  const reports: string[] = [];
  let nowMs = 0;
  const gate = createReadGate({
    clock: {
      monotonicMs: () => nowMs,
      async withLimit(ms, work, fail) {
        const limit = new Promise<never>((_, reject) => {
          limitsOfTime.add({ ms, runOut: () => reject(fail()) });
        });
        return Promise.race([work, limit]);
      },
    },
    limits: { running: 2, runningOfShare: 2, waitingOfKey: 2, waitingOfShare: 3, waiting: 4 },
    maxWaitMs: 50,
    timeoutMs: 1_000,
    onRefused: (by) => reports.push(by),
    onStarted: (waitedMs) => reports.push(`waited ${waitedMs}`),
  });
  return {
    gate,
    reports,
    pass: (ms: number) => void (nowMs += ms),
    runOut: (ms: number) => limitsOfTime.forEach((each) => each.ms === ms && each.runOut()),
  };
}

const stays = new AbortController().signal;
const owner = (share: string, key = 'k') => ({ share, key });

/** Work that ends when the test says so. */
function createWork(name: string) {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const turns: ReadTurn[] = [];
  return {
    turns,
    end: () => end(),
    async run(turn: ReadTurn): Promise<string> {
      turns.push(turn);
      await ended;
      return name;
    },
  };
}

describe('a gate with two places', () => {
  test('runs two at once, and the next one when one of them has ended', async () => {
    const { gate, reports, pass } = createTestGate();
    const [first, second, third] = ['first', 'second', 'third'].map(createWork);
    if (!first || !second || !third) throw new Error('three');
    const answers = [first, second, third].map((work) => gate.run(owner('a'), stays, work.run));
    await Promise.resolve();

    expect(gate.stats()).toMatchObject({ waiting: 1, running: 2 });
    pass(7);
    second.end();
    expect(await answers[1]).toBe('second');
    first.end();
    third.end();

    expect(await Promise.all(answers)).toEqual(['first', 'second', 'third']);
    expect(gate.stats()).toEqual({
      waiting: 0,
      running: 0,
      runningOfRequests: 0,
      startedOfRequests: 3,
    });
    expect(reports).toEqual(['waited 0', 'waited 0', 'waited 7']);
  });

  test('counts apart what nobody waits for', async () => {
    const { gate } = createTestGate();
    const [asked, behind] = ['asked', 'behind'].map(createWork);
    if (!asked || !behind) throw new Error('two');
    const read = gate.run(owner('a'), stays, asked.run);
    const background = gate.run({ ...owner('b'), isBackground: true }, stays, behind.run);

    expect(gate.stats()).toMatchObject({ running: 2 });
    await expect.poll(() => gate.stats().runningOfRequests).toBe(1);
    asked.end();
    await read;
    expect(gate.stats()).toMatchObject({ running: 1, runningOfRequests: 0, startedOfRequests: 1 });
    behind.end();
    await background;
  });

  test('gives the place back when the work fails', async () => {
    const { gate } = createTestGate();
    const fails = async (): Promise<never> => {
      throw new Error('broken');
    };

    for (let count = 0; count < 5; count += 1)
      await expect(gate.run(owner('a'), stays, fails)).rejects.toThrow('broken');

    expect(gate.stats()).toMatchObject({ waiting: 0, running: 0 });
  });

  test('refuses one more of a key or project with 429, and with 503 only when all places are taken', async () => {
    const { gate, reports } = createTestGate();
    const work = createWork('done');
    const enter = (share: string, key?: string) => gate.run(owner(share, key), stays, work.run);
    const running = [enter('a'), enter('a'), enter('a'), enter('a')];

    await expect(enter('a')).rejects.toMatchObject({ status: 429, retryAfter: 1 });
    running.push(enter('a', 'l'));
    await expect(enter('a', 'm')).rejects.toMatchObject({ status: 429 });
    running.push(enter('b'));
    // The newest of the project in which most wait gives its place to another project.
    const outcomes = Promise.allSettled([...running, enter('c'), enter('d')]);
    await expect(enter('e')).rejects.toMatchObject({ status: 503 });
    work.end();

    const refused = (await outcomes).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(2);
    expect(refused).toEqual(
      refused.map(() => ({
        status: 'rejected',
        reason: expect.objectContaining({ code: 'rate_limited' }),
      })),
    );
    expect(reports.filter((each) => !each.startsWith('waited'))).toEqual([
      'key',
      'project',
      'project',
      'project',
      'all',
    ]);
  });

  test('removes callers that abort, and rejects those that waited too long', async () => {
    const { gate, runOut } = createTestGate();
    const work = createWork('done');
    const running = [gate.run(owner('a'), stays, work.run), gate.run(owner('a'), stays, work.run)];
    const goes = new AbortController();
    const gone = gate.run(owner('a'), goes.signal, work.run);
    const ofOther = gate.run(owner('b'), stays, work.run);
    const own = gate.run(owner('a'), stays, work.run);

    goes.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    await expect(gate.run(owner('a'), goes.signal, work.run)).rejects.toThrow('gone');
    runOut(50);

    await expect(own).rejects.toMatchObject({ status: 429 });
    await expect(ofOther).rejects.toMatchObject({ status: 503 });
    work.end();
    await Promise.all(running);
    expect(gate.stats()).toMatchObject({ waiting: 0, running: 0 });
  });

  test('ends the queries of a request that takes too long, and keeps its place until they have ended', async () => {
    const { gate, pass, runOut } = createTestGate();
    const work = createWork('late');
    const answer = gate.run(owner('a'), stays, work.run);
    await Promise.resolve();
    pass(400);
    const [turn] = work.turns;

    expect([turn?.leftMs(), turn?.signal.aborted]).toEqual([600, false]);
    pass(600);
    runOut(1_000);

    await expect(answer).rejects.toThrow(QueryTooExpensive);
    expect([turn?.leftMs(), turn?.signal.aborted]).toEqual([0, true]);
    expect(gate.stats().running).toBe(1);
    work.end();
    await expect.poll(() => gate.stats().running).toBe(0);
  });

  test('ends the queries when the caller disconnects', async () => {
    const { gate } = createTestGate();
    const work = createWork('unread');
    const goes = new AbortController();
    const answer = gate.run(owner('a'), goes.signal, work.run);
    await Promise.resolve();

    goes.abort(new Error('gone'));
    expect(work.turns[0]?.signal.aborted).toBe(true);
    work.end();

    await answer;
  });
});
