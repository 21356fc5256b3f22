import Database from 'libsql';

/**
 * Writes a consistent copy of the metadata store to a file that does not exist yet, by SQLite's own means; other
 * processes may write to the store meanwhile.
 */
export function copyMetadata(from: string, to: string): void {
  const database = new Database(from, { timeout: 5_000 });
  try {
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}

/** What SQLite finds wrong with a database file; null when it is whole. */
export function findMetadataDamage(path: string): string | null {
  const database = new Database(path, { timeout: 5_000 });
  try {
    const row: unknown = database.prepare('PRAGMA integrity_check').raw().get();
    const verdict = Array.isArray(row) ? String(row[0]) : String(row);
    return verdict === 'ok' ? null : verdict;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    database.close();
  }
}
