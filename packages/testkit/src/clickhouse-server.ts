import { fileURLToPath } from 'node:url';
import { startChild } from './child.ts';
import type { Child } from './child.ts';
import { makeDataDir, removeDataDir } from './data-dir.ts';
import { freePort } from './free-port.ts';

const program = fileURLToPath(new URL('../dist/clickhouse/main.js', import.meta.url));

/** As long as a machine under load takes. */
const readyWithinMs = 120_000;

const user = 'honeyhive';
const password = 'correct horse/battery';

/** A process that answers like a ClickHouse server. */
export interface ClickHouseServer {
  /** With user and password, without a database: `http://user:password@127.0.0.1:8123` */
  readonly url: string;
  readonly password: string;
  isRunning(): boolean;
  /** Ends it with SIGKILL; its data stay. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  restart(): Promise<void>;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a process that runs chDB, the engine of ClickHouse, behind ClickHouse's HTTP interface, on its own
 * folder. `@clickhouse/client` works with it as it is.
 *
 * It does: statements in the body or in `?query=`, `param_*`, settings in the address, `database`, `query_id`,
 * `default_format` and `FORMAT`; errors as text with `Code: N. DB::Exception`, `X-ClickHouse-Exception-Code` and the
 * server's HTTP status; `X-ClickHouse-Summary` and `-Query-Id`; gzip and deflate of requests and results; users by
 * basic authentication, headers or parameters; `/ping`; `KILL QUERY`; cancellation when the client disconnects
 * (`cancel_http_readonly_queries_on_client_close`); one statement a request.
 *
 * It does not: stream (each result is held in memory, as with `wait_end_of_query=1`, so that an error always has its
 * status), `session_id`, `role`, `compress`, `decompress`, `multipart/form-data`, external tables, zstd, br, progress
 * headers, more than one user or any rights, quotas, TLS, clusters and replication (`ON CLUSTER` and `Replicated…`
 * tables are refused by the engine), `INSERT … FORMAT` in formats other than TSV, CSV and JSONEachRow with their
 * variants. `system.processes` has other ids: `KILL QUERY WHERE query_id = …` works, other questions by query id
 * do not. Merges, mutations and parts are those of the engine.
 */
export async function startClickHouse(): Promise<ClickHouseServer> {
  const folder = await makeDataDir();
  const port = await freePort();
  const start = async (): Promise<Child> => {
    const child = startChild(
      process.execPath,
      [program, folder, String(port), user, password],
      // Each query holds a thread of libuv while it runs.
      { env: { UV_THREADPOOL_SIZE: '64' } },
    );
    try {
      await child.waitForLine(/listening on /, readyWithinMs);
      return child;
    } catch (error) {
      await child.kill('SIGKILL');
      throw error;
    }
  };
  let child = await start();
  return {
    url: `http://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    password,
    isRunning: () => child.isRunning(),
    async kill() {
      await child.kill('SIGKILL');
    },
    async restart() {
      await child.kill('SIGKILL');
      child = await start();
    },
    async stop() {
      await child.kill('SIGKILL');
      await removeDataDir(folder);
    },
  };
}
