import { once } from 'node:events';
import type { ServerHttp2Session } from 'node:http2';
import type { Clock } from '../../clock.ts';
import type { ServerConfig } from '../../config.ts';
import { createGrpcServer } from './grpc-server.ts';
import type { GrpcServerOptions } from './grpc-server.ts';

export interface GrpcListenOptions extends GrpcServerOptions {
  readonly clock: Pick<Clock, 'every' | 'monotonicMs' | 'withLimit'>;
}

/** A connection without a call is closed after this time; exporters keep theirs open between batches. */
const idleMs = 300_000;
const sweepMs = 30_000;

/**
 * Listens for OTLP over gRPC, if there is a port for it.
 *
 * @returns stops accepting calls, answers accepted ones, closes all connections
 */
export async function listenForGrpc(
  options: GrpcListenOptions,
  { host, grpcPort: port, shutdownTimeoutMs }: ServerConfig,
): Promise<() => Promise<void>> {
  if (port === 0) return async () => undefined;
  const { clock } = options;
  const server = createGrpcServer(options);
  /** When each connection began its last call. */
  const sessions = new Map<ServerHttp2Session, number>();
  server.on('session', (session) => {
    sessions.set(session, clock.monotonicMs());
    session.on('stream', () => sessions.set(session, clock.monotonicMs()));
    session.once('close', () => sessions.delete(session));
  });
  const stopSweep = clock.every(sweepMs, () => {
    const since = clock.monotonicMs() - idleMs;
    for (const [session, usedMs] of sessions) if (usedMs < since) session.close();
  });
  server.listen({ host, port });
  await once(server, 'listening');
  return async () => {
    stopSweep();
    const closed = once(server, 'close');
    server.close();
    for (const session of sessions.keys()) session.close();
    await clock
      .withLimit(shutdownTimeoutMs, closed, () => new Error('calls aborted'))
      .catch(() => {
        for (const session of sessions.keys()) session.destroy();
      });
  };
}
