import type { Kysely } from 'kysely';
import type { MetadataStore } from '../../domain/metadata-store.ts';
import { parseStoredObject } from './stored-text.ts';
import type { Tables } from './tables.ts';

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
  return { settings: parseStoredObject(row.settings), updatedAt: Number(row.updated_at) };
}

export function createSettingsStore(
  db: Kysely<Tables>,
): Pick<MetadataStore, 'readSettings' | 'listSettings' | 'changeSettings'> {
  return {
    readSettings: (projectId) => read(db, projectId),
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
      return db.transaction().execute(async (transaction) => {
        const { settings } = await read(transaction, projectId);
        const text = JSON.stringify(change(settings));
        await transaction
          .insertInto('project_settings')
          .values({ project_id: projectId, settings: text, updated_at: now })
          .onConflict((conflict) =>
            conflict.column('project_id').doUpdateSet({ settings: text, updated_at: now }),
          )
          .execute();
        return { settings: parseStoredObject(text), updatedAt: now };
      });
    },
  };
}
