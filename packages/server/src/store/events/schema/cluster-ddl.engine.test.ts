import { describe, expect, test } from 'vitest';
import { openTestEngine } from '../../testing/open-test-engine.ts';
import { NotReplicated, forCluster, toReplicated } from './cluster-ddl.ts';
import { currentSchema } from './current-schema.ts';
import { eventMigrations, ledgerStatements } from './migrations.ts';
import { syncedInserts } from './sync-writes.ts';

const engine = await openTestEngine();

const statements = [
  ...ledgerStatements,
  ...currentSchema,
  ...eventMigrations.flatMap((step) => step.statements),
  `ALTER TABLE events MODIFY SETTING ${syncedInserts.join(', ')}`,
];
const isSchema = (sql: string): boolean => !sql.startsWith('SELECT');

/** Throws when the engine cannot read the statement; nothing is run. */
const parse = (sql: string) => engine.query({ sql: `EXPLAIN AST ${sql}` });

describe('a statement of the schema on a cluster', () => {
  test.each(statements.map((sql) => [sql.replace(/\s+/g, ' ').slice(0, 80), sql]))(
    'is read by the engine, and names the cluster once: %s',
    async (_, sql) => {
      const onCluster = toReplicated(sql, { cluster: "it's" });

      await parse(onCluster);

      expect(onCluster.split("ON CLUSTER 'it\\'s'")).toHaveLength(isSchema(sql) ? 2 : 1);
      expect(onCluster).not.toMatch(/ENGINE = Replacing/);
    },
  );

  test('makes replicated tables', () => {
    expect(
      toReplicated('CREATE TABLE t (a Int8) ENGINE = ReplacingMergeTree(a) ORDER BY a', {
        cluster: 'main',
      }),
    ).toBe(
      "CREATE TABLE t ON CLUSTER 'main' (a Int8) ENGINE = ReplicatedReplacingMergeTree(a) ORDER BY a",
    );
  });

  test('names no cluster in a database that replicates statements itself', () => {
    expect(toReplicated('DROP TABLE IF EXISTS t SYNC', { cluster: null })).toBe(
      'DROP TABLE IF EXISTS t SYNC',
    );
    expect(
      toReplicated('CREATE TABLE t (a Int8) ENGINE = MergeTree ORDER BY a', { cluster: null }),
    ).toBe('CREATE TABLE t (a Int8) ENGINE = ReplicatedMergeTree ORDER BY a');
  });
});

test('a cluster is refused where tables are not replicated, before anything is changed', async () => {
  const error: unknown = await forCluster(engine, 'main').catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(NotReplicated);
  expect(String(error)).toMatch(/The table \w+\.\w+ is not replicated/);
  expect(await forCluster(engine, null)).toBe(engine);
});
