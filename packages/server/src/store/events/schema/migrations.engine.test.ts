import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../clock.ts';
import type { StoredEvent } from '../../../domain/stored-event.ts';
import { NewerSchemaError, migrate } from '../../migration.ts';
import type { MigrationStep } from '../../migration.ts';
import { buildStoredEvent } from '../../testing/build-event.ts';
import { openEmbeddedEngine } from '../engine/embedded-engine.ts';
import type { EventEngine } from '../engine/engine.ts';
import { eventColumns, eventTable } from '../rows/event-row.ts';
import { openEventStore } from '../open-event-store.ts';
import { currentSchema } from './current-schema.ts';
import { createEventLedger, eventMigrations, ledgerStatements } from './migrations.ts';
import { readRows } from '../engine/row-binary.ts';

const hourMs = 3_600_000;
let dataDir = '';

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-schema-'));
});

afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

/** Works on the folder with the engine alone, as an earlier version, or a process killed half-way, left it. */
async function withEngine(work: (engine: EventEngine) => Promise<void>): Promise<void> {
  const engine = await openEmbeddedEngine({
    path: join(dataDir, 'events'),
    readerCount: 1,
    limits: { timeoutMs: 60_000, memoryBytes: 1024 ** 3, resultBytes: 1024 ** 2 },
    maxWaiting: 1,
    maxWaitMs: 60_000,
    clock: systemClock,
  });
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}

/** What the opened store gives back of an event that it was given. */
async function storeOne(): Promise<StoredEvent[]> {
  const store = await openEventStore({ dataDir });
  try {
    await store.insert([buildStoredEvent()]);
    return await store.readEvents(['p1'], ['e1']);
  } finally {
    await store.close();
  }
}

const firstSteps = eventMigrations[0];
const lastStep = eventMigrations.at(-1);
if (!firstSteps || !lastStep) throw new Error('there are no migrations');

describe('the schema of events', () => {
  test('is made in an empty folder, has the columns that rows are written with, and stays', async () => {
    expect(await storeOne()).toEqual([buildStoredEvent()]);
    await withEngine(async (engine) => {
      const sql =
        "SELECT name FROM system.columns WHERE database = 'honeyhive' AND table = 'events' ORDER BY position";
      const columns = readRows(await engine.query({ sql }), (cursor) => cursor.string());

      expect(columns).toEqual([...eventColumns]);
      const records = await createEventLedger(engine, () => 1).read();
      expect(records).toEqual(eventMigrations.map(({ id }) => ({ id, isFinished: true })));
    });
    expect(await storeOne()).toEqual([buildStoredEvent()]);
  });

  test.each(ledgerStatements.map((_, count) => count))(
    'is completed when the process died after %i statements of the ledger',
    async (count) => {
      await withEngine(async (engine) => {
        for (const sql of ledgerStatements.slice(0, count)) await engine.command({ sql });
      });

      expect(await storeOne()).toEqual([buildStoredEvent()]);
    },
  );

  test('is the same whether made at once or by all steps', async () => {
    const describeTables = async (engine: EventEngine): Promise<string[]> => {
      const sql = `SELECT create_table_query FROM system.tables WHERE database = 'honeyhive' ORDER BY name`;
      return readRows(await engine.query({ sql }), (cursor) => cursor.string());
    };
    await withEngine(async (engine) => {
      const ledger = createEventLedger(engine, () => 1);
      await migrate(eventMigrations, ledger, { currentSchema });
      const atOnce = await describeTables(engine);
      for (const table of ['events', 'hour_words', 'schema_migrations'])
        await engine.command({ sql: `DROP TABLE ${table} SYNC` });
      await migrate(eventMigrations, ledger);

      expect(atOnce).toHaveLength(3);
      expect(await describeTables(engine)).toEqual(atOnce);
    });
  });

  test.each(currentSchema.map((_, count) => count + 1))(
    'is completed when the process died after %i statements of the schema of today',
    async (count) => {
      await withEngine(async (engine) => {
        const ledger = createEventLedger(engine, () => 1);
        await ledger.read();
        for (const sql of currentSchema.slice(0, count)) await ledger.run(sql);
      });

      expect(await storeOne()).toEqual([buildStoredEvent()]);
    },
  );

  test('is refused when there are events but no record of the steps', async () => {
    expect(await storeOne()).toEqual([buildStoredEvent()]);
    await withEngine((engine) =>
      engine.command({ sql: 'DROP TABLE honeyhive.schema_migrations SYNC' }),
    );

    await expect(openEventStore({ dataDir })).rejects.toThrow(
      /has events, but no record .* Restore/,
    );
    await withEngine(async (engine) => {
      const count = await engine.query({ sql: 'SELECT count() FROM honeyhive.events' });
      expect(readRows(count, (cursor) => cursor.uint64())).toEqual([1]);
    });
  });

  test.each(Array.from({ length: firstSteps.statements.length + 1 }, (_, count) => count))(
    'is completed when the process died after %i statements of the first step',
    async (count) => {
      await withEngine(async (engine) => {
        const ledger = createEventLedger(engine, () => 1);
        await ledger.read();
        await ledger.start(firstSteps.id);
        for (const sql of firstSteps.statements.slice(0, count)) await ledger.run(sql);
      });

      expect(await storeOne()).toEqual([buildStoredEvent()]);
    },
  );

  test('is migrated, reporting its steps, in a folder that the first version filled', async () => {
    const old = eventMigrations.slice(0, 1);
    const buckets = ['config', 'inputs', 'outputs', 'metadata', 'metrics', 'feedback'];
    await withEngine(async (engine) => {
      await migrate(
        old,
        createEventLedger(engine, () => 1),
      );
      const names = ['project_id', 'session_id', 'event_id', 'version', 'start_hour', 'start_time'];
      const rows = Array.from({ length: 3_000 }, (_, index) => {
        const values = ['p1', `s${index % 40}`, `e${index}`, 1, index, index * hourMs];
        return [...values, 'model', 'old', 'test', '[]', ...buckets.map(() => '{}'), '{}'].join(
          '\t',
        );
      });
      await engine.insert({
        table: eventTable,
        columns: [
          ...names,
          'event_type',
          'event_name',
          'source',
          'children_ids',
          ...buckets,
          'user_properties',
        ],
        tsv: Buffer.from(`${rows.join('\n')}\n`),
      });
    });

    const steps: MigrationStep[] = [];
    const store = await openEventStore({ dataDir, onMigration: (step) => steps.push(step) });
    try {
      expect(steps.map(({ id }) => id)).toEqual(eventMigrations.slice(1).map(({ id }) => id));
      expect(steps.at(-1)).toMatchObject({ number: steps.length, count: steps.length });
      expect(await store.readSession(['p1'], 's7', 1_000)).toHaveLength(75);
      expect(await store.readEvents(['p1'], ['e2999'])).toEqual([
        expect.objectContaining({
          eventName: 'old',
          startTime: 2_999 * hourMs,
          isByOrganisation: true,
        }),
      ]);
      const [rollup] = await store.readRollups(['p1'], ['s39']);
      expect(rollup).toMatchObject({ eventCount: 75, modelEventCount: 75 });
    } finally {
      await store.close();
    }
  });

  test.each(Array.from({ length: lastStep.statements.length + 1 }, (_, count) => count))(
    'keeps every event when the process died after %i statements of the last step',
    async (count) => {
      expect(await storeOne()).toEqual([buildStoredEvent()]);
      await withEngine(async (engine) => {
        const ledger = createEventLedger(engine, () => Date.now());
        await ledger.start(lastStep.id);
        for (const sql of lastStep.statements.slice(0, count)) await ledger.run(sql);
      });

      const store = await openEventStore({ dataDir });
      try {
        expect(await store.readEvents(['p1'], ['e1'])).toEqual([buildStoredEvent()]);
        expect(await store.readStats()).toMatchObject({ rowCount: 1 });
      } finally {
        await store.close();
      }
    },
  );

  test('tells what it can of events that were stored before there were previews', async () => {
    await withEngine(async (engine) => {
      const ledger = createEventLedger(engine, () => 1);
      await ledger.read();
      await ledger.start(firstSteps.id);
      for (const sql of firstSteps.statements) await ledger.run(sql);
      await ledger.finish([firstSteps.id]);
      const values = {
        project_id: 'p1',
        session_id: 's1',
        event_id: 'e1',
        version: '1',
        event_type: 'model',
        children_ids: '[]',
        config: '{"model":"gpt-5"}',
        inputs: `{"q":"${'x'.repeat(300)}"}`,
        outputs: '{}',
        feedback: '{"rating":1}',
        user_properties: '{"user_id":"ada"}',
      };
      await engine.insert({
        table: 'honeyhive.events',
        columns: Object.keys(values),
        tsv: Buffer.from(`${Object.values(values).join('\t')}\n`),
      });
    });

    const store = await openEventStore({ dataDir });
    try {
      const [event] = await store.readEvents(['p1'], ['e1']);
      const [root] = await store.explore.readMatching(
        { projectId: 'p1', scope: 'events', filters: [], target: 'session', words: [] },
        [{ eventId: 'e1', startTime: 0 }],
      );

      expect(event).toMatchObject({
        model: 'gpt-5',
        user: 'ada',
        feedbackKind: 'note',
        outputPreview: '',
      });
      expect(event?.inputPreview).toMatch(/^\{"q":"x{194}$/);
      expect(root).toMatchObject({ inputsBytes: 308, outputsBytes: 0 });
    } finally {
      await store.close();
    }
  });

  test('is refused when a newer version made it, and nothing is changed', async () => {
    await withEngine(async (engine) => {
      const ledger = createEventLedger(engine, () => 1);
      await ledger.read();
      await ledger.start('9999_future');
      await ledger.finish(['9999_future']);
    });

    await expect(openEventStore({ dataDir })).rejects.toThrow(NewerSchemaError);
    await expect(openEventStore({ dataDir })).rejects.toThrow(/9999_future/);
    await withEngine(async (engine) => {
      const sql = "SELECT name FROM system.tables WHERE database = 'honeyhive'";
      const tables = readRows(await engine.query({ sql }), (cursor) => cursor.string());

      expect(tables).toEqual(['schema_migrations']);
    });
  });
});
