import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figures, planFor } from '../../scripts/plan-model.mjs';
import type { Load, Plan } from '../../scripts/plan-model.mjs';

const root = join(import.meta.dirname, '..', '..');
const script = join(root, 'scripts/plan.mjs');
const usual = { eventKb: 2, retentionDays: 30, peak: 2, batchEvents: 100, replicas: 2 };
const plan = (eventsPerSecond: number, over: Partial<Load> = {}): Plan =>
  planFor({ eventsPerSecond, ...usual, ...over });

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...args: string[]): Promise<Outcome> =>
  promisify(execFile)(process.execPath, [script, ...args]).then(
    (output) => ({ code: 0, ...output }),
    (error: unknown) => error as Outcome,
  );

/** Cores and disk of everything. */
function totalsOf(given: Plan): number[] {
  if (given.kind === 'process') return [given.process.cores, given.process.diskBytes];
  const { servers, clickHouse } = given;
  return [
    servers.count * servers.coresEach + clickHouse.replicas * clickHouse.coresEach,
    clickHouse.replicas * clickHouse.diskBytesEach,
  ];
}

const load = fc.record({
  eventsPerSecond: fc.double({ min: 0.01, max: 200_000, noNaN: true }),
  eventKb: fc.double({ min: 0.1, max: 100, noNaN: true }),
  retentionDays: fc.integer({ min: 1, max: 400 }),
  peak: fc.double({ min: 1, max: 10, noNaN: true }),
  batchEvents: fc.integer({ min: 1, max: 1000 }),
  replicas: fc.integer({ min: 1, max: 3 }),
});

describe('the model', () => {
  test('100 events a second fit into one process', () => {
    const small = plan(100);

    expect(small).toMatchObject({ kind: 'process', process: { cores: 2 } });
    expect(small.disk.events).toBe(100 * 86_400 * 30);
    // 2,000 bytes at 1/6.
    expect(small.disk.bytesPerEvent).toBeCloseTo(333.3, 1);
  });

  test('10,000 events a second: servers by the CPU of an event, and ClickHouse', () => {
    const large = plan(10_000);

    // 95 µs, half of it twice for 2 KB, 2.8 µs of a request; 1 / 0.85 for look-ups, 1.3 for the network.
    const micros = ((95 * 1.5 + 2.8) / 0.85) * 1.3;
    expect(large).toMatchObject({
      kind: 'servers',
      servers: { count: Math.ceil((20_000 * micros) / 1e6 / 0.6) },
      clickHouse: { replicas: 2, installations: 1 },
    });
  });

  test('more than the largest host of ClickHouse: several installations, since there is one shard', () => {
    expect(plan(100_000)).toMatchObject({ kind: 'servers', clickHouse: { installations: 5 } });
  });

  test('single events cost more than batches', () => {
    const ofBatches = plan(10_000);
    const ofSingles = plan(10_000, { batchEvents: 1 });

    expect(totalsOf(ofSingles)[0]).toBeGreaterThan(totalsOf(ofBatches)[0] ?? Infinity);
  });

  test('twice the rate, size or retention never needs less', () => {
    const grown = fc.constantFrom('eventsPerSecond', 'eventKb', 'retentionDays');

    fc.assert(
      fc.property(load, grown, (given, name) => {
        const before = totalsOf(planFor(given));
        const after = totalsOf(planFor({ ...given, [name]: given[name] * 2 }));

        expect(before.every(Number.isFinite)).toBe(true);
        for (const [index, value] of before.entries())
          expect(after[index]).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  test('every measured figure names a file that exists', () => {
    const measured = Object.values(figures).filter(({ isMeasured }) => isMeasured);
    const files = measured.map(({ source }) => /^[\w/.-]+/.exec(source)?.[0] ?? '');

    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('npm run plan', () => {
  test('prints what is needed, the figures and the assumptions', async () => {
    const { code, stdout } = await run('--events-per-second', '10000', '--event-kb', '2');

    expect(code).toBe(0);
    for (const text of ['servers ', 'ClickHouse ', 'PostgreSQL ', 'parts ', 'Assumed:'])
      expect(stdout).toContain(text);
    for (const { source } of Object.values(figures)) expect(stdout).toContain(source);
  });

  test('names every option that is wrong', async () => {
    const { code, stderr } = await run('--event-kb', 'two', '--peak-factor', '0');

    expect(code).toBe(2);
    expect(stderr).toMatch(
      /--events-per-second is missing[^]*--event-kb "two"[^]*--peak-factor "0"/,
    );
  });

  test('refuses an unknown option', async () => {
    expect(await run('--events', '5')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("'--events'") as string,
    });
  });

  test('--help lists the options', async () => {
    const { code, stdout } = await run('--help');

    expect(code).toBe(0);
    expect(stdout.match(/^ {2}--/gm)).toHaveLength(7);
  });

  test('the table of the page is what it computes', () => {
    const page = readFileSync(join(root, 'docs/scaling.md'), 'utf8');
    const rows = [...page.matchAll(/^\| ([\d,]+) +\| (\d+) +\|.*$/gm)];

    expect(rows).toHaveLength(4);
    for (const [row, rate = '', servers = ''] of rows) {
      const given = plan(Number(rate.replaceAll(',', '')));
      expect(servers).toBe(given.kind === 'process' ? '1' : String(given.servers.count));
      if (given.kind === 'process') continue;
      const { coresEach, installations, insertsPerSecond } = given.clickHouse;
      expect(row).toContain(` ${Math.ceil(coresEach / installations)} cores, `);
      expect(row).toContain(`| ${Math.round(insertsPerSecond)} `);
    }
  });

  test('the metrics that the page names exist', () => {
    const named = new Set(
      [...readFileSync(join(root, 'docs/scaling.md'), 'utf8').matchAll(/`(honeyhive_\w+)`/g)].map(
        ([, name = '']) => name,
      ),
    );
    const folder = join(root, 'packages/server/src/observe');
    const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));

    expect(named.size).toBeGreaterThan(5);
    expect([...named].filter((name) => !sources.join('').includes(`'${name}'`))).toEqual([]);
  });
});
