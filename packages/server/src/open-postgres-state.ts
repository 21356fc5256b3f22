import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Closers } from './closers.ts';
import type { ServerConfig } from './config.ts';
import { openConfiguredMetadata } from './configured-metadata.ts';
import { openSharedDatabase } from './open-shared.ts';
import { readClickHouse } from './secret-file.ts';
import type { MetadataStore } from './open-metadata.ts';
import type { ClickHouseTarget } from './store/events/engine/clickhouse-address.ts';
import { followServers } from './state/follow-servers.ts';
import { becomeOnlyServer } from './state/only-server.ts';
import { createLocalState } from './state/shared-state.ts';
import type { SharedState } from './state/shared-state.ts';
import { countServers } from './state/server-count.ts';
import { createStoredLeases } from './state/stored-leases.ts';
import { openServerChannel } from './store/metadata/postgres-channel.ts';
import { describeServer } from './store/server-id.ts';

export interface StateDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a process keeps beside the events. */
export interface OpenState {
  readonly metadata: MetadataStore;
  readonly state: SharedState;
}

/**
 * Whether several servers may have the events in common. With several hosts, one server may read from a replica that
 * lacks what another one has just stored.
 */
const maySeveralWrite = (target: ClickHouseTarget | null): boolean => target?.hosts.length === 1;

/**
 * Opens metadata and shared state in a database. Unless the events are on one ClickHouse host, this server has to be
 * its only user.
 *
 * @throws {OtherServerError} another server uses it, and it has to be the only one
 */
export async function openPostgresState(
  config: ServerConfig,
  { clock, logger, url }: StateDeps & { readonly url: string },
  closers: Closers,
): Promise<OpenState> {
  const onWait = (): void =>
    logger.warn('waiting for another server that changes the schema of the database');
  const { leases, writeTurns, close, ...signIns } = await openSharedDatabase(url, onWait);
  closers.push(close);
  const server = await describeServer(config);
  const isShared = maySeveralWrite(await readClickHouse(config));
  const only = isShared ? null : await becomeOnlyServer({ leases, clock, logger }, server);
  if (only !== null) closers.push(() => only.close());
  const metadata = await openConfiguredMetadata(config, {
    maxProjects: config.maxProjects,
    onWait,
    ...(only && { requireUse: only.require }),
  });
  closers.push(() => metadata.close());
  const servers = await countServers({ leases, clock, server });
  closers.push(() => servers.close());
  const state = {
    ...createLocalState(clock),
    ...signIns,
    leases: createStoredLeases({ leases, clock, server }),
    ...(isShared && { writeTurns }),
    serverCount: servers.count,
  };
  const channel = await openServerChannel({ url, clock, logger });
  closers.push(() => channel.close());
  return { metadata, state: followServers(state, channel) };
}
