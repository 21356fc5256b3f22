import { toLiteral } from '../engine/bound-sql.ts';
import type { EventEngine } from '../engine/engine.ts';
import { readRows } from '../engine/row-binary.ts';

/** How the statements of the schema reach all hosts. */
export interface Replication {
  /** Name of the cluster; null where the database itself replicates statements. */
  readonly cluster: string | null;
}

const tableStatement =
  /^((?:CREATE TABLE(?: IF NOT EXISTS)?|ALTER TABLE|DROP TABLE(?: IF EXISTS)?) \w+)(?=\s|$)/;
const exchange = /^(EXCHANGE TABLES \w+ AND \w+)$/;
const mergeTree = /\bENGINE = (\w*MergeTree)\b/;

/** A statement of the schema for replicated tables on all hosts; the path of each is the server's default. */
export function toReplicated(sql: string, { cluster }: Replication): string {
  const onCluster = cluster === null ? '' : ` ON CLUSTER ${toLiteral(cluster)}`;
  return sql
    .replace(tableStatement, (text) => text + onCluster)
    .replace(exchange, (text) => text + onCluster)
    .replace(mergeTree, 'ENGINE = Replicated$1');
}

/** The database has tables that only one host has: on a cluster, an insert would be acknowledged for one copy. */
export class NotReplicated extends Error {
  override readonly name = 'NotReplicated';
  readonly code = 'not_replicated';
}

/** @throws {NotReplicated} */
async function requireReplicated(engine: EventEngine): Promise<void> {
  const sql = `SELECT database, name FROM system.tables
    WHERE database = currentDatabase() AND match(engine, '^(Replacing)?MergeTree$')`;
  const [table] = readRows(
    await engine.query({ sql }),
    (cursor) => `${cursor.string()}.${cursor.string()}`,
  );
  if (table === undefined) return;
  throw new NotReplicated(
    `The table ${table} is not replicated. A cluster needs an empty database; export the data first, and import it there.`,
  );
}

/**
 * The engine, whose commands change the schema on all hosts of a cluster. For the schema alone: what removes data is
 * replicated by the tables.
 *
 * @param cluster null: the engine stays as it is
 * @throws {NotReplicated}
 */
export async function forCluster(
  engine: EventEngine,
  cluster: string | null,
): Promise<EventEngine> {
  if (cluster === null) return engine;
  await requireReplicated(engine);
  const sql = 'SELECT engine FROM system.databases WHERE name = currentDatabase()';
  const [kind] = readRows(await engine.query({ sql }), (cursor) => cursor.string());
  // A database of this kind refuses ON CLUSTER.
  const replication = { cluster: kind === 'Replicated' ? null : cluster };
  return {
    insert: (batch) => engine.insert(batch),
    query: (statement, signal, turn) => engine.query(statement, signal, turn),
    command: (statement) =>
      engine.command({ ...statement, sql: toReplicated(statement.sql.trim(), replication) }),
    close: () => engine.close(),
  };
}
