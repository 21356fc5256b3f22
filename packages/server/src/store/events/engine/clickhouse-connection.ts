import type { ClickHouseClient } from '@clickhouse/client';
import type { ClickHouseTarget } from './clickhouse-address.ts';

/** A client for one host. Its library is loaded here: a service that keeps events itself starts without it. */
export async function connect(
  url: string,
  target: ClickHouseTarget,
  options: { readonly database: string; readonly request_timeout: number },
): Promise<ClickHouseClient> {
  // A CommonJS module, of which a bundle has the default export alone.
  const { default: library } = await import('@clickhouse/client');
  return library.createClient({
    url,
    username: target.user,
    password: target.password,
    application: 'honeyhive',
    max_open_connections: 64,
    // Errors are ours to report; the client's own lines would have statements in them.
    log: { level: 127 },
    // Below the 10 s of servers. Timers are late while the process is busy: such sockets are not used again.
    keep_alive: { idle_socket_ttl: 2_500, eagerly_destroy_stale_sockets: true },
    ...(target.caCert === null ? {} : { tls: { ca_cert: target.caCert } }),
    ...options,
  });
}
