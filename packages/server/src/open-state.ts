import type { Closers } from './closers.ts';
import type { ServerConfig } from './config.ts';
import { openConfiguredMetadata } from './configured-metadata.ts';
import type { OpenState, StateDeps } from './open-postgres-state.ts';
import { readPostgresUrl } from './secret-file.ts';
import { createLocalState } from './state/shared-state.ts';

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
  if (url !== null) {
    // Without a database, the library is not loaded.
    const { openPostgresState } = await import('./open-postgres-state.ts');
    return openPostgresState(config, { ...deps, url }, closers);
  }
  const { maxProjects } = config;
  const metadata = await openConfiguredMetadata(config, { maxProjects });
  closers.push(() => metadata.close());
  return { metadata, state: createLocalState(deps.clock) };
}
