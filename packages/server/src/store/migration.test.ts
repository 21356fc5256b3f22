import { describe, expect, test } from 'vitest';
import { NewerSchemaError, migrate, planMigrations } from './migration.ts';
import type { MigrationLedger, MigrationRecord } from './migration.ts';

const migrations = [
  { id: '0001', statements: ['a', 'b'] },
  { id: '0002', statements: ['c'] },
];

/** A ledger in memory which dies before the statement of that number. */
function createLedger(records: MigrationRecord[], diesAfter = Infinity) {
  const ran: string[] = [];
  const put = (id: string, isFinished: boolean): void => {
    const index = records.findIndex((record) => record.id === id);
    records.splice(index === -1 ? records.length : index, 1, { id, isFinished });
  };
  const ledger: MigrationLedger = {
    read: async () => [...records],
    run: async (statement) => {
      if (ran.length >= diesAfter) throw new Error('killed');
      ran.push(statement);
    },
    start: async (id) => put(id, false),
    finish: async (ids) => ids.forEach((id) => put(id, true)),
  };
  return { ledger, ran };
}

describe('migrate', () => {
  test('runs everything in order on an empty store, and nothing the next time', async () => {
    const records: MigrationRecord[] = [];
    const first = createLedger(records);
    await migrate(migrations, first.ledger);
    const second = createLedger(records);
    await migrate(migrations, second.ledger);

    expect(first.ran).toEqual(['a', 'b', 'c']);
    expect(second.ran).toEqual([]);
    expect(records.every(({ isFinished }) => isFinished)).toBe(true);
  });

  test.each([0, 1, 2])('repeats the step that died after %i statements', async (diesAfter) => {
    const records: MigrationRecord[] = [];
    await expect(migrate(migrations, createLedger(records, diesAfter).ledger)).rejects.toThrow(
      'killed',
    );

    const { ledger, ran } = createLedger(records);
    await migrate(migrations, ledger);

    expect(ran).toEqual(diesAfter < 2 ? ['a', 'b', 'c'] : ['c']);
  });

  test('makes an empty store by the schema of today, and records all steps together', async () => {
    const records: MigrationRecord[] = [];
    const killed = createLedger(records, 1);
    await expect(migrate(migrations, killed.ledger, { currentSchema: ['x', 'y'] })).rejects.toThrow(
      'killed',
    );
    const first = createLedger(records);
    await migrate(migrations, first.ledger, { currentSchema: ['x', 'y'] });
    const second = createLedger(records);
    await migrate(migrations, second.ledger, { currentSchema: ['x', 'y'] });

    expect(killed.ran).toEqual(['x']);
    expect(first.ran).toEqual(['x', 'y']);
    expect(second.ran).toEqual([]);
    expect(records.map(({ id }) => id)).toEqual(['0001', '0002']);
  });

  test('runs the steps in a store that some of them made', async () => {
    const { ledger, ran } = createLedger([{ id: '0001', isFinished: false }]);
    await migrate(migrations, ledger, { currentSchema: ['x', 'y'] });

    expect(ran).toEqual(['a', 'b', 'c']);
  });

  test('refuses a newer schema before anything runs', async () => {
    const { ledger, ran } = createLedger([
      { id: '0001', isFinished: true },
      { id: '0009', isFinished: true },
    ]);

    await expect(migrate(migrations, ledger)).rejects.toThrow(NewerSchemaError);
    await expect(migrate(migrations, ledger)).rejects.toThrow(/newer version.*0009/);
    expect(ran).toEqual([]);
  });
});

test('planMigrations leaves out only what is finished', () => {
  const plan = planMigrations(migrations, [{ id: '0001', isFinished: true }]);

  expect(plan.map(({ id }) => id)).toEqual(['0002']);
});
