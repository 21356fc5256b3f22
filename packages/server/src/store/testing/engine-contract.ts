import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { QueryTooExpensive, StoreUnavailable } from '../../domain/event-store.ts';
import type { EventEngine, QueryLimits } from '../events/engine/engine.ts';
import type { ReadSessionsConfig } from '../events/engine/read-sessions.ts';
import { readRows } from '../events/engine/row-binary.ts';

/** What the tests decide of an engine. */
export interface TestedEngineOptions extends ReadSessionsConfig {
  readonly limits: QueryLimits;
}

/** Opens an engine: in one test always on the same data, and in each test on others. */
export type OpenTestedEngine = (options: TestedEngineOptions) => Promise<EventEngine>;

const defaults: TestedEngineOptions = {
  readerCount: 2,
  limits: { timeoutMs: 60_000, memoryBytes: 64 * 1024 ** 2, resultBytes: 1024 ** 2 },
  maxWaiting: 1,
  maxWaitMs: 10_000,
  clock: systemClock,
};

let engine: EventEngine;
let openTested: OpenTestedEngine;

const open = (options: Partial<TestedEngineOptions> = {}): Promise<EventEngine> =>
  openTested({ ...defaults, ...options });

const ask = async (sql: string, params = {}): Promise<string[]> =>
  readRows(await engine.query({ sql, params }), (cursor) => cursor.string());

/** Busy for about that long: the engine looks at its limits and sleeps row by row. */
const slow = (ms: number, condition = '1'): string =>
  `SELECT toString(count()) FROM numbers(${ms / 10}) WHERE sleepEachRow(0.01) = 0 AND ${condition} SETTINGS max_block_size = 1`;

/** A query that runs until it is cancelled. */
function startLong(condition = '1', params = {}) {
  const controller = new AbortController();
  let isRunning = true;
  const ended = engine
    .query({ sql: slow(50_000, condition), params }, controller.signal)
    .catch(() => undefined)
    .finally(() => (isRunning = false));
  return {
    isRunning: () => isRunning,
    async end() {
      controller.abort(new Error('ended'));
      await ended;
    },
  };
}

function testParameters(): void {
  test.each(["it's", 'a\\', '\\', "\\'", '\0\b\f\n\r\t', '{x:String}', 'é😀', '', "' OR 1 --"])(
    '%j arrives as it is, alone and in a list',
    async (text) => {
      expect(await ask('SELECT {a:String}', { a: text })).toEqual([text]);
      expect(await ask('SELECT arrayJoin({a:Array(String)})', { a: [text, 'x', text] })).toEqual([
        text,
        'x',
        text,
      ]);
    },
  );

  test.each([0, -1.5, 1e21, 5e-324, Number.MAX_VALUE, 123_456_789.123_456_79])(
    'the number %d is exact',
    async (number) => {
      const bytes = await engine.query({ sql: 'SELECT {n:Float64}', params: { n: number } });

      expect(readRows(bytes, (cursor) => cursor.float64())).toEqual([number]);
    },
  );

  test('belong to one query, however many run', async () => {
    const wide = await open({ readerCount: 4, maxWaiting: 1_000, maxWaitMs: 60_000 });

    const answers = await Promise.all(
      Array.from({ length: 300 }, async (_, index) =>
        readRows(
          await wide.query({ sql: 'SELECT {a:String}', params: { a: `v${index}` } }),
          (cursor) => cursor.string(),
        ),
      ),
    );

    expect(answers.flat()).toEqual(Array.from({ length: 300 }, (_, index) => `v${index}`));
    await wide.close();
  });

  test('have plain names', async () => {
    await expect(engine.query({ sql: 'SELECT 1', params: { 'a = 1; --': 'x' } })).rejects.toThrow(
      TypeError,
    );
  });
}

function testLimits(): void {
  beforeEach(async () => {
    await engine.close();
    engine = await open({ limits: { ...defaults.limits, timeoutMs: 2_000 } });
  });

  test.each([
    [
      'time',
      'SELECT count() FROM numbers(1000) WHERE sleepEachRow(0.01) = 0 SETTINGS max_block_size = 10',
    ],
    ['memory', 'SELECT groupArray(number) FROM numbers(100000000)'],
    ['result', 'SELECT number FROM numbers(10000000)'],
  ])('of %s end a query and say so', async (_, sql) => {
    await expect(engine.query({ sql })).rejects.toThrow(QueryTooExpensive);
    expect(await ask("SELECT 'still here'")).toEqual(['still here']);
  });

  test.each([
    ['result', 'SELECT number FROM numbers(1000000) ORDER BY number'],
    [
      'time',
      'SELECT number FROM numbers(10000) WHERE sleepEachRow(0.001) = 0 SETTINGS max_block_size = 10',
    ],
  ])(
    'of %s leave nothing of the query that they ended in the next one',
    async (_, sql) => {
      for (let round = 0; round < 5; round += 1) {
        await expect(engine.query({ sql })).rejects.toThrow(QueryTooExpensive);
        expect(await ask("SELECT 'clean'")).toEqual(['clean']);
        expect(await ask("SELECT 'clean'")).toEqual(['clean']);
      }
    },
    120_000,
  );

  test('keep readers from changing anything', async () => {
    await expect(engine.query({ sql: 'CREATE DATABASE x' })).rejects.toThrow(/readonly/i);
  });

  test('a mistake in a query is not taken for a limit', async () => {
    const error: unknown = await engine.query({ sql: 'SELECT nothing' }).catch((e: unknown) => e);

    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(QueryTooExpensive);
    expect(error).not.toBeInstanceOf(StoreUnavailable);
  });
}

function testConcurrency(): void {
  test('queries run side by side, with parameters too', async () => {
    const long = startLong("{a:String} = 'x'", { a: 'x' });

    const quick = await ask('SELECT {a:String}', { a: 'x' });

    expect(quick).toEqual(['x']);
    expect(long.isRunning()).toBe(true);
    await long.end();
  });

  test('a query waits for its turn, and one too many is refused at once', async () => {
    const running = [engine.query({ sql: slow(300) }), engine.query({ sql: slow(300) })];
    const waiting = ask("SELECT 'mine'");

    await expect(engine.query({ sql: 'SELECT 1' })).rejects.toThrow(StoreUnavailable);

    expect(await waiting).toEqual(['mine']);
    await Promise.all(running);
  });

  test('inserts continue while every reader is busy', async () => {
    await engine.command({ sql: 'CREATE TABLE t (a String) ENGINE = MergeTree ORDER BY a' });
    const reading = [startLong(), startLong()];

    await Promise.all(
      ['1', '2', '3'].map(async (text) =>
        engine.insert({ table: 't', columns: ['a'], tsv: Buffer.from(`${text}\n`) }),
      ),
    );

    expect(reading.map((one) => one.isRunning())).toEqual([true, true]);
    await Promise.all(reading.map((one) => one.end()));
    expect(await ask('SELECT a FROM t ORDER BY a')).toEqual(['1', '2', '3']);
  });

  test('the query of a caller that gives up is ended: all sessions are free long before its limit', async () => {
    const patient = await open({
      maxWaiting: 10,
      limits: { ...defaults.limits, timeoutMs: 300_000 },
    });
    // Minutes, if they were not ended.
    const endless =
      'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = {n:Float64}';
    for (const delayMs of [0, 1, 20, 300]) {
      const controller = new AbortController();
      const queries = [1, 2].map((n) =>
        patient.query({ sql: endless, params: { n } }, controller.signal),
      );
      const refused = Promise.allSettled(queries);
      await systemClock.sleep(delayMs);
      controller.abort(new Error('gone'));

      for (const each of await refused)
        expect(each).toMatchObject({ status: 'rejected', reason: { message: 'gone' } });
      const next = [1, 2].map((n) => patient.query({ sql: 'SELECT {n:Float64}', params: { n } }));
      expect(await Promise.all(next)).toHaveLength(2);
    }
    await patient.close();
  });

  test('a caller that gives up leaves at once', async () => {
    const controller = new AbortController();
    const start = performance.now();
    const query = engine.query({ sql: slow(50_000) }, controller.signal);

    controller.abort(new Error('gone'));

    await expect(query).rejects.toThrow('gone');
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(await ask("SELECT 'next'")).toEqual(['next']);
  });
}

function testFailedInsert(): void {
  test('stores nothing, says what it is without quoting the rows, and the next one works', async () => {
    await engine.command({ sql: 'CREATE TABLE n (a Int64) ENGINE = MergeTree ORDER BY a' });
    const insert = async (text: string) =>
      engine.insert({ table: 'n', columns: ['a'], tsv: Buffer.from(text) });

    const error: unknown = await insert('1\n2\nsecret\n').catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(String(error)).not.toContain('secret');
    expect(await ask('SELECT toString(count()) FROM n')).toEqual(['0']);
    await insert('3\n');
    expect(await ask('SELECT toString(count()) FROM n')).toEqual(['1']);
  });
}

function testClosing(): void {
  test('waits for what runs, refuses what comes after, and lets the folder be opened again', async () => {
    const running = ask(slow(300));

    await engine.close();

    expect(await running).toEqual(['30']);
    await expect(engine.query({ sql: 'SELECT 1' })).rejects.toThrow(StoreUnavailable);
    engine = await open();
    expect(await ask("SELECT 'again'")).toEqual(['again']);
  });
}

/** Tests what every engine has to do. */
export function testEngine(openEngine: OpenTestedEngine): void {
  openTested = openEngine;
  beforeEach(async () => {
    engine = await open();
  });
  afterEach(() => engine.close());
  describe('parameters', () => {
    testParameters();
  });
  describe('limits', () => {
    testLimits();
  });
  describe('at the same time', () => {
    testConcurrency();
  });
  describe('a failed insert', () => {
    testFailedInsert();
  });
  describe('closing', () => {
    testClosing();
  });
}
