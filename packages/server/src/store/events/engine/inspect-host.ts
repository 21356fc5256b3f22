import type { ClickHouseClient } from '@clickhouse/client';
import { text } from 'node:stream/consumers';
import type { Clock } from '../../../clock.ts';
import type { ClickHouseTarget } from './clickhouse-address.ts';
import { toLiteral } from './bound-sql.ts';
import { connect } from './clickhouse-connection.ts';
import { readCode } from './engine-error.ts';
import { toUnreachable } from './host-error.ts';

/** How far the host is behind other replicas of its tables. */
export interface Replication {
  /** Of the table that is the furthest behind, seconds. */
  readonly delaySeconds: number;
  /** Parts that it has yet to fetch or to merge. */
  readonly queueSize: number;
  /** Tables that take no inserts: their Keeper is away. */
  readonly readOnlyTables: readonly string[];
  /** Replicas that do not answer. */
  readonly missingReplicas: number;
}

/** What a host says of itself and of the user. */
export interface HostFacts {
  readonly version: string;
  /** Clock of the host minus that of this machine, milliseconds. */
  readonly clockOffsetMs: number;
  /** Least free space of its disks, bytes; null: the user may not know. */
  readonly freeBytes: number | null;
  /** null: no table of the database is replicated, or the user may not know. */
  readonly replication: Replication | null;
  /** Settings of tables that the schema needs and the host does not know: it is too old. */
  readonly missingSettings: readonly string[];
  /** Rights that the user lacks, as `GRANT` writes them; null: the host is too old to be asked. */
  readonly missingRights: readonly string[] | null;
}

/** Longest wait for one answer, milliseconds. */
const waitMs = 5_000;

/** The newest settings that the schema of events has. */
const settings = [
  'merge_selector_base',
  'min_rows_to_fsync_after_merge',
  'non_replicated_deduplication_window',
];

const rightsIn = ({ database, cluster }: ClickHouseTarget): readonly string[] => [
  ...['SELECT', 'INSERT', 'ALTER', 'CREATE TABLE', 'DROP TABLE'].map(
    (right) => `${right} ON ${database}.*`,
  ),
  'SELECT ON system.parts',
  ...(cluster === null ? [] : ['CLUSTER ON *.*']),
];

/**
 * Asks a host of a target about itself.
 *
 * @throws {StoreUnreachable} it does not answer, or refuses the user
 */
export async function inspectHost(
  host: string,
  target: ClickHouseTarget,
  clock: Pick<Clock, 'now'>,
): Promise<HostFacts> {
  const client = await connect(host, target, { database: 'default', request_timeout: waitMs });
  try {
    const startedAt = clock.now();
    const [about] = await ask<{ version: string; at: string }>(
      client,
      'SELECT version() AS version, toString(toUnixTimestamp64Milli(now64(3))) AS at',
    );
    const middle = (startedAt + clock.now()) / 2;
    return {
      version: about?.version ?? '',
      clockOffsetMs: Math.round(Number(about?.at) - middle),
      freeBytes: await readFreeSpace(client),
      replication: await readReplication(client, target.database),
      missingSettings: await findMissingSettings(client),
      missingRights: await findMissing(client, rightsIn(target)),
    };
  } catch (error) {
    throw toUnreachable(error);
  } finally {
    await client.close();
  }
}

async function ask<Row>(client: ClickHouseClient, query: string): Promise<Row[]> {
  const result = await client.query({ query, format: 'JSONEachRow' });
  return result.json<Row>();
}

async function readFreeSpace(client: ClickHouseClient): Promise<number | null> {
  const query = 'SELECT toString(min(free_space)) AS free FROM system.disks';
  const [row] = await askIfAllowed<{ free: string }>(client, query);
  return row === undefined ? null : Number(row.free);
}

async function readReplication(
  client: ClickHouseClient,
  database: string,
): Promise<Replication | null> {
  const query = `SELECT table, is_readonly = 1 AS isReadOnly, toFloat64(absolute_delay) AS delay,
      toFloat64(queue_size) AS queue, toFloat64(total_replicas) - active_replicas AS missing
    FROM system.replicas WHERE database = ${toLiteral(database)} ORDER BY table`;
  const rows = await askIfAllowed<{
    table: string;
    isReadOnly: number;
    delay: number;
    queue: number;
    missing: number;
  }>(client, query);
  if (rows.length === 0) return null;
  return {
    delaySeconds: Math.max(...rows.map(({ delay }) => delay)),
    queueSize: rows.reduce((sum, { queue }) => sum + queue, 0),
    readOnlyTables: rows.flatMap(({ table, isReadOnly }) => (isReadOnly ? [table] : [])),
    missingReplicas: Math.max(...rows.map(({ missing }) => missing)),
  };
}

/** Nothing where the user may not ask. */
async function askIfAllowed<Row>(client: ClickHouseClient, query: string): Promise<Row[]> {
  try {
    return await ask<Row>(client, query);
  } catch (error) {
    // 497: not enough rights.
    if (readCode(error) === 497) return [];
    throw error;
  }
}

async function findMissingSettings(client: ClickHouseClient): Promise<string[]> {
  const query = 'SELECT name FROM system.merge_tree_settings';
  const known = new Set((await ask<{ name: string }>(client, query)).map(({ name }) => name));
  return settings.filter((name) => !known.has(name));
}

async function findMissing(
  client: ClickHouseClient,
  rights: readonly string[],
): Promise<string[] | null> {
  const missing: string[] = [];
  try {
    for (const right of rights) {
      const { stream } = await client.exec({ query: `CHECK GRANT ${right}` });
      if ((await text(stream)).trim() !== '1') missing.push(right);
    }
    return missing;
  } catch (error) {
    // 62: a statement that it does not know.
    if (readCode(error) === 62) return null;
    throw error;
  }
}
