import { LRUCache } from 'lru-cache';
import { settingsRecord } from './settings-store.ts';
import type { SettingsStore } from './settings-store.ts';
import { toWritten } from '../store/metadata/record-table.ts';
import type { RecordTable } from '../store/metadata/record-table.ts';
import type { RecordOf } from '../domain/record.ts';
import type { Kysely } from 'kysely';
import { parseStoredObject } from '../domain/stored-text.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';

interface StoredSettings {
  settings: Record<string, unknown>;
  updatedAt: number | null;
}

async function read(db: Kysely<Tables>, projectId: string): Promise<StoredSettings> {
  const row = await db
    .selectFrom('project_settings')
    .selectAll()
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (!row) return { settings: {}, updatedAt: null };
  const { settings, updatedAt } = settingsRecord.fromRow(row);
  return { settings: parseStoredObject(settings), updatedAt };
}

async function readUpdatedAt(db: Kysely<Tables>, projectId: string): Promise<number | null> {
  const row = await db
    .selectFrom('project_settings')
    .select('updated_at')
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return row ? Number(row.updated_at) : null;
}

const maxRemembered = 1_000;

/** Settings as parsed last, by project. They are read with each write of a project, and change once in a while. */
function rememberSettings(db: Kysely<Tables>) {
  const parsed = new LRUCache<string, StoredSettings>({ max: maxRemembered });
  return {
    async read(projectId: string): Promise<StoredSettings> {
      const known = parsed.get(projectId);
      if (known && known.updatedAt === (await readUpdatedAt(db, projectId))) return known;
      const found = await read(db, projectId);
      if (found.updatedAt !== null) parsed.set(projectId, found);
      return found;
    },
  };
}

export function createSettingsStore(db: Kysely<Tables>): SettingsStore {
  const recent = rememberSettings(db);
  return {
    readSettings: (projectId) => recent.read(projectId),
    async listSettings() {
      const rows = await db
        .selectFrom('project_settings')
        .selectAll()
        .orderBy('project_id')
        .execute();
      return rows.map((row) => ({
        projectId: row.project_id,
        settings: parseStoredObject(row.settings),
      }));
    },
    async changeSettings(projectId, change, now) {
      return inTransaction(db, async (transaction) => {
        const { settings, updatedAt: before } = await read(transaction, projectId);
        const text = JSON.stringify(change(settings));
        // Later than before, so that caches of all servers can tell.
        const updatedAt = Math.max(now, (before ?? 0) + 1);
        await transaction
          .insertInto('project_settings')
          .values(settingsRecord.toRow({ projectId, settings: text, updatedAt }))
          .onConflict((conflict) =>
            conflict.column('project_id').doUpdateSet({ settings: text, updated_at: updatedAt }),
          )
          .execute();
        return { settings: parseStoredObject(text), updatedAt };
      });
    },
  };
}

export const settingsRecords: RecordTable<RecordOf<typeof settingsRecord>> = {
  async read(db, projectId) {
    let query = db.selectFrom('project_settings').selectAll().orderBy('project_id');
    if (projectId !== null) query = query.where('project_id', '=', projectId);
    return (await query.execute()).map(settingsRecord.fromRow);
  },
  async write(db, settings) {
    const result = await db
      .insertInto('project_settings')
      .values(settingsRecord.toRow(settings))
      .onConflict((conflict) => conflict.column('project_id').doNothing())
      .executeTakeFirst();
    return toWritten(result.numInsertedOrUpdatedRows);
  },
};
