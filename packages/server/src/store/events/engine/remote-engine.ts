import type { ClickHouseClient } from '@clickhouse/client';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../../clock.ts';
import { StoreUnavailable } from '../../../domain/event-store.ts';
import type { ReadTurn } from '../../../domain/read-turn.ts';
import { toLiteral, toLiteralSql } from './bound-sql.ts';
import type { ClickHouseTarget } from './clickhouse-address.ts';
import { connect } from './clickhouse-connection.ts';
import { ClickHouseHosts } from './clickhouse-hosts.ts';
import type { EventEngine, InsertBatch, QueryLimits, Statement } from './engine.ts';
import { toQueryError, toWriteError } from './engine-error.ts';
import {
  insertSettings,
  maxQueryBytes,
  readerSettings,
  toTurnSettings,
} from './engine-settings.ts';
import type { EngineSettings } from './engine-settings.ts';
import { ReadSessions } from './read-sessions.ts';
import type { ReadSessionsConfig } from './read-sessions.ts';
import { orAborted, settled } from './until-aborted.ts';

export interface RemoteEngineOptions extends ReadSessionsConfig {
  readonly target: ClickHouseTarget;
  readonly limits: QueryLimits;
  readonly clock: Clock;
}

/** A statement may take long on its way, and so may an insert; a host that says nothing for so long is gone. */
const silenceMs = 30_000;

/** Statements that change the schema or remove data have no limit of time; this is the longest that timers can do. */
const adminSilenceMs = 2_000_000_000;

/** Interval between attempts to cancel a query. */
const cancelAgainMs = 50;

/** Time for a cancelled query to end before its connection is closed. */
const cancelWaitMs = 2_000;

/** The whole result or an error, never one behind the other. The server ends a query whose connection was closed. */
const wholeResult: EngineSettings = {
  wait_end_of_query: 1,
  cancel_http_readonly_queries_on_client_close: 1,
};

const adminSettings: EngineSettings = { max_query_size: maxQueryBytes, wait_end_of_query: 1 };

/** The connections to one host. */
interface Host {
  /** Reads and inserts. */
  readonly work: ClickHouseClient;
  /** Statements without a limit of time, and cancelling: that must never wait for a query. */
  readonly admin: ClickHouseClient;
}

/** The engine of ClickHouse servers, over HTTP. */
export async function openRemoteEngine(options: RemoteEngineOptions): Promise<EventEngine> {
  await createDatabase(options);
  const { database } = options.target;
  const hosts = options.target.hosts.map(async (url) => ({
    work: await connect(url, options.target, {
      database,
      request_timeout: silenceOf(options.limits),
    }),
    admin: await connect(url, options.target, { database, request_timeout: adminSilenceMs }),
  }));
  const sessions = await ReadSessions.open(options, async () => null);
  return new RemoteEngine(new ClickHouseHosts<Host>(await Promise.all(hosts)), sessions, options);
}

/** Longer than the server lets a query run. */
const silenceOf = ({ timeoutMs }: QueryLimits): number => Math.max(silenceMs, timeoutMs + 5_000);

/** A user without the right to make databases can use one that is there. */
async function createDatabase(options: RemoteEngineOptions): Promise<void> {
  const { hosts, database, cluster } = options.target;
  const clients = await Promise.all(
    hosts.map((url) =>
      connect(url, options.target, { database: 'default', request_timeout: silenceMs }),
    ),
  );
  const onCluster = cluster === null ? '' : ` ON CLUSTER ${toLiteral(cluster)}`;
  try {
    await new ClickHouseHosts(clients).run(async (client) => {
      const { stream } = await client.exec({ query: `EXISTS DATABASE ${database}` });
      const exists = (await buffer(stream)).toString().trim() === '1';
      if (!exists)
        await client.command({ query: `CREATE DATABASE IF NOT EXISTS ${database}${onCluster}` });
    });
  } finally {
    for (const client of clients) await client.close();
  }
}

/** How many replicas an insert waits for. */
function toQuorum({ cluster, insertQuorum }: ClickHouseTarget): EngineSettings {
  if (insertQuorum > 0) return { insert_quorum: insertQuorum };
  return cluster === null ? {} : { insert_quorum: 'auto' };
}

class RemoteEngine implements EventEngine {
  readonly #hosts: ClickHouseHosts<Host>;
  readonly #sessions: ReadSessions<null>;
  readonly #options: RemoteEngineOptions;
  #lastInsert: Promise<void> = Promise.resolve();
  #lastCommand: Promise<void> = Promise.resolve();

  constructor(
    hosts: ClickHouseHosts<Host>,
    sessions: ReadSessions<null>,
    options: RemoteEngineOptions,
  ) {
    this.#hosts = hosts;
    this.#sessions = sessions;
    this.#options = options;
  }

  async insert(batch: InsertBatch): Promise<void> {
    const work = this.#lastInsert.then(() => this.#insertNow(batch));
    this.#lastInsert = settled(work);
    return work;
  }

  async query(statement: Statement, signal?: AbortSignal, turn?: ReadTurn): Promise<Buffer> {
    const query = `${toLiteralSql(statement)}\nFORMAT RowBinary`;
    const reader = await this.#sessions.acquire(signal, turn);
    const id = randomUUID();
    const connection = new AbortController();
    const work = this.#read({ id, query, signal: connection.signal }, turn).finally(() =>
      reader.release(),
    );
    if (!signal) return work;
    return orAborted(work, signal, () => void this.#cancel(id, work, connection));
  }

  async command(statement: Statement): Promise<void> {
    const query = toLiteralSql(statement);
    const work = this.#lastCommand.then(() =>
      this.#hosts.run(async ({ admin }) => {
        await admin.command({ query, clickhouse_settings: adminSettings });
      }),
    );
    this.#lastCommand = settled(work);
    return work;
  }

  async close(): Promise<void> {
    await Promise.all([this.#lastInsert, this.#lastCommand]);
    await this.#sessions.close();
    for (const { work, admin } of this.#hosts.all) await Promise.all([work.close(), admin.close()]);
  }

  async #read(
    { id, query, signal }: { id: string; query: string; signal: AbortSignal },
    turn?: ReadTurn,
  ): Promise<Buffer> {
    const settings: EngineSettings = {
      ...readerSettings(this.#options.limits),
      ...(turn ? toTurnSettings(turn) : {}),
      ...wholeResult,
    };
    try {
      return await this.#hosts.run(async ({ work }) => {
        const request = {
          query,
          query_id: id,
          abort_signal: signal,
          clickhouse_settings: settings,
        };
        const { stream } = await work.exec(request);
        return buffer(stream);
      });
    } catch (error) {
      throw toQueryError(error);
    }
  }

  /**
   * Ends a query that nobody waits for: on all hosts, for it may have moved. Again until it has ended: it may only be
   * about to begin. Behind a balancer another server may receive this; the one that runs the query sees its connection
   * closed.
   */
  async #cancel(id: string, work: Promise<unknown>, connection: AbortController): Promise<void> {
    const { clock } = this.#options;
    const untilMs = clock.monotonicMs() + cancelWaitMs;
    let isRunning = true;
    const ended = settled(work).then(() => {
      isRunning = false;
    });
    const query = `KILL QUERY WHERE query_id = ${toLiteral(id)} ASYNC`;
    while (isRunning && clock.monotonicMs() < untilMs) {
      await Promise.all(this.#hosts.all.map(({ admin }) => settled(admin.command({ query }))));
      await Promise.race([ended, clock.sleep(cancelAgainMs)]);
    }
    connection.abort();
  }

  /** All attempts have one token: the server stores the rows of an insert that it has seen once. */
  async #insertNow({ table, columns, tsv }: InsertBatch): Promise<void> {
    const [first = '', ...others] = columns;
    const settings: EngineSettings = {
      ...insertSettings,
      ...toQuorum(this.#options.target),
      insert_deduplicate: 1,
      insert_deduplication_token: randomUUID(),
      wait_end_of_query: 1,
    };
    try {
      await this.#hosts.run(async ({ work }) => {
        await work.insert({
          table,
          columns: [first, ...others],
          values: Readable.from(tsv, { objectMode: false }),
          format: 'TabSeparated',
          clickhouse_settings: settings,
        });
      });
    } catch (error) {
      throw error instanceof StoreUnavailable ? error : toWriteError(error);
    }
  }
}
