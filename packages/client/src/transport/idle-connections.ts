import { Client, Pool } from 'undici';
import type { buildConnector as connector } from 'undici';
import type { Socket } from 'node:net';
import type { TransportConfig } from '../options/config.ts';
import { withoutHold } from './dial.ts';
import { withWriteLimit } from './write-limit.ts';

/** A pool of connections that does not keep more of them idle than it may. */
export interface BoundedPool {
  readonly pool: Pool;
  /** Closes connections that are idle beyond the limit. To be called when a request is done. */
  trim(underWay: number): void;
}

/**
 * Idle connections are closed only when there are more of them than busy ones: a steady load that
 * goes up and down a little would else open and close connections all the time.
 */
export function openBoundedPool(
  origin: string,
  config: TransportConfig,
  options: Pool.Options & { readonly connect: connector.connector },
): BoundedPool {
  const dial = config.isBackground === true ? connectWithoutHold(options.connect) : options.connect;
  const open = new Map<Client, Socket>();
  const pool = new Pool(origin, {
    ...options,
    connections: config.maxConnections,
    factory: (url, clientOptions) =>
      openClient(
        url,
        { ...clientOptions },
        {
          connect: withWriteLimit(dial, config.writeTimeoutMs),
          open,
        },
      ),
  });
  return {
    pool,
    trim(underWay) {
      let surplus = open.size - underWay - Math.max(config.maxIdleConnections, underWay);
      for (const [client, socket] of open) {
        if (surplus <= 0) return;
        if (client.stats.size > 0) continue;
        open.delete(client);
        socket.destroy();
        surplus -= 1;
      }
    },
  };
}

function openClient(
  url: URL,
  options: Client.Options,
  { connect, open }: { connect: connector.connector; open: Map<Client, Socket> },
): Client {
  const client: Client = new Client(url, {
    ...options,
    connect: (target, callback) =>
      connect(target, (...[error, socket]) => {
        if (error !== null) return callback(error, null);
        open.set(client, socket);
        return callback(null, socket);
      }),
  });
  client.on('disconnect', () => open.delete(client));
  return client;
}

/** undici keeps the process alive as long as a request is in flight: these sockets do not. */
const connectWithoutHold =
  (connect: connector.connector): connector.connector =>
  (target, callback) =>
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      return callback(null, withoutHold(socket));
    });
