import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Closers } from './closers.ts';
import type { ServerConfig } from './config.ts';
import { openConfiguredMetadata } from './configured-metadata.ts';
import { openSharedDatabase } from './open-shared.ts';
import type { MetadataStore } from './open-metadata.ts';
import { followServers } from './state/follow-servers.ts';
import { becomeOnlyServer } from './state/only-server.ts';
import { createLocalState } from './state/shared-state.ts';
import type { SharedState } from './state/shared-state.ts';
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
 * Opens metadata and shared state in a database, of which this server is then the only user.
 *
 * @throws {OtherServerError} another server uses it
 */
export async function openPostgresState(
  config: ServerConfig,
  { clock, logger, url }: StateDeps & { readonly url: string },
  closers: Closers,
): Promise<OpenState> {
  const { maxProjects } = config;
  const onWait = (): void =>
    logger.warn('waiting for another server that changes the schema of the database');
  const { leases, signInFailures, signInCodes, close } = await openSharedDatabase(url, onWait);
  closers.push(close);
  const server = await describeServer(config);
  const only = await becomeOnlyServer({ leases, clock, logger }, server);
  closers.push(() => only.close());
  const { require: requireUse } = only;
  const metadata = await openConfiguredMetadata(config, { maxProjects, onWait, requireUse });
  closers.push(() => metadata.close());
  const stored = {
    leases: createStoredLeases({ leases, clock, server }),
    signInFailures,
    signInCodes,
  };
  const channel = await openServerChannel({ url, clock, logger });
  closers.push(() => channel.close());
  return { metadata, state: followServers({ ...createLocalState(clock), ...stored }, channel) };
}
