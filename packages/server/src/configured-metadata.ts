import type { ServerConfig } from './config.ts';
import { openMetadataStore } from './open-metadata.ts';
import type { MetadataStore, MetadataStoreOptions, PostgresPlace } from './open-metadata.ts';
import { readPostgresUrl } from './secret-file.ts';

type StoreSettings = Pick<
  ServerConfig,
  'dataDir' | 'fsync' | 'postgresUrl' | 'postgresUrlFile' | 'postgresConnections'
>;

type ConfiguredOptions = Pick<MetadataStoreOptions, 'maxProjects'> &
  Partial<Pick<PostgresPlace, 'onWait' | 'requireUse'>>;

/**
 * Opens the metadata store that the settings name: a database, or `metadata.db` in the data folder.
 *
 * @throws {ConfigError} the file with the URL cannot be read
 */
export async function openConfiguredMetadata(
  config: StoreSettings,
  { maxProjects, onWait = () => undefined, requireUse }: ConfiguredOptions = {},
): Promise<MetadataStore> {
  const url = await readPostgresUrl(config);
  return openMetadataStore(config.dataDir, {
    syncsWrites: config.fsync === 'always',
    ...(maxProjects !== undefined && { maxProjects }),
    postgres:
      url === null
        ? null
        : {
            url,
            maxConnections: config.postgresConnections,
            onWait,
            ...(requireUse && { requireUse }),
          },
  });
}
