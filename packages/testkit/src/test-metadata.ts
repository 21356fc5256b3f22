import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createPostgresDatabase } from './postgres-database.ts';

/** The file beside a data folder that names its database. */
const urlFileOf = (dataDir: string): string => `${dataDir}.postgres-url`;

/** With `npm run test:postgres`, gives a data folder its own database, once. */
export async function makeTestDatabase(dataDir: string): Promise<void> {
  const server = process.env['TEST_POSTGRES_URL'];
  const file = urlFileOf(dataDir);
  if (server === undefined || process.env['TEST_METADATA'] !== 'postgres' || existsSync(file))
    return;
  await writeFile(file, await createPostgresDatabase(server), { mode: 0o600 });
}

/** The setting that names the database of a data folder, for programs that use the folder; empty when it has none. */
export const testDatabaseSetting = (dataDir: string | undefined): Record<string, string> =>
  dataDir !== undefined && existsSync(urlFileOf(dataDir))
    ? { HH_POSTGRES_URL_FILE: urlFileOf(dataDir) }
    : {};

export const forgetTestDatabase = (dataDir: string): Promise<void> =>
  rm(urlFileOf(dataDir), { force: true });
