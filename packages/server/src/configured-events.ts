import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerConfig } from './config.ts';
import type { EventStore } from './domain/event-store.ts';
import { readClickHouse } from './secret-file.ts';
import { openEventStore } from './store/events/open-event-store.ts';
import type { EventStoreOptions } from './store/events/open-event-store.ts';

/**
 * Opens the event store where the settings say: on ClickHouse servers, or in the data folder.
 *
 * @throws {ConfigError} a file of the settings cannot be read
 * @throws as `openEventStore` does
 */
export const openConfiguredEvents = async (
  config: ServerConfig,
  options: Pick<EventStoreOptions, 'onMigration' | 'queryTimeoutMs' | 'ownTurns' | 'runAlone'> = {},
): Promise<EventStore> =>
  openEventStore({
    dataDir: config.dataDir,
    target: await readClickHouse(config),
    queryTimeoutMs: config.queryTimeoutMs,
    queryMemoryBytes: config.queryMemoryBytes,
    syncsWrites: config.fsync === 'always',
    ...options,
  });

/** The folder with events that were stored before the settings named ClickHouse servers; null without one. */
export async function findUnreadEvents(config: ServerConfig): Promise<string | null> {
  if (config.clickhouseUrl === 'none' && config.clickhouseUrlFile === 'none') return null;
  const path = join(config.dataDir, 'events');
  return stat(path).then(
    () => path,
    () => null,
  );
}
