import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Closers } from './closers.ts';
import type { ServerConfig } from './config.ts';
import { openConfiguredMetadata } from './configured-metadata.ts';
import type { MetadataStore } from './open-metadata.ts';
import { openSharedDatabase } from './open-shared.ts';
import { readPostgresUrl } from './secret-file.ts';
import { becomeOnlyServer } from './state/only-server.ts';
import { createLocalState } from './state/shared-state.ts';
import type { SharedState } from './state/shared-state.ts';
import { followServers } from './state/follow-servers.ts';
import { createStoredLeases } from './state/stored-leases.ts';
import { openServerChannel } from './store/metadata/postgres-channel.ts';
import { describeServer } from './store/server-id.ts';

export interface StateDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a process keeps beside the events. */
interface OpenState {
  readonly metadata: MetadataStore;
  readonly state: SharedState;
}

/**
 * Opens the metadata store, and the state that servers share where it is: in memory beside a data folder, or in the
 * database, which this server then has to be the only one to use.
 *
 * @throws {OtherServerError} another one uses the database
 */
export async function openState(
  config: ServerConfig,
  deps: StateDeps,
  closers: Closers,
): Promise<OpenState> {
  const url = await readPostgresUrl(config);
  if (url !== null) return openPostgresState(config, { ...deps, url }, closers);
  const { maxProjects } = config;
  const metadata = await openConfiguredMetadata(config, { maxProjects });
  closers.push(() => metadata.close());
  return { metadata, state: createLocalState(deps.clock) };
}

async function openPostgresState(
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
