import { createPostgresDatabase } from 'honeyhive-testkit';
import { openMetadataStore } from '../../open-metadata.ts';
import type { MetadataStore, MetadataStoreOptions } from '../../open-metadata.ts';

/** Databases by the data folder that they take the place of. */
const databases = new Map<string, Promise<string>>();

/**
 * The metadata store of a data folder; with `npm run test:postgres` a separate database, which the folder then names as
 * long as the process runs.
 */
export async function openTestMetadata(
  dataDir: string,
  options: MetadataStoreOptions = {},
): Promise<MetadataStore> {
  const server = process.env['TEST_POSTGRES_URL'];
  if (server === undefined) return openMetadataStore(dataDir, options);
  const database = databases.get(dataDir) ?? createPostgresDatabase(server);
  databases.set(dataDir, database);
  const postgres = { url: await database, maxConnections: 5, onWait: () => undefined };
  return openMetadataStore(dataDir, { ...options, postgres });
}
