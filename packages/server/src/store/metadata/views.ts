import type { Kysely, Selectable } from 'kysely';
import type { MetadataStore, StoredView } from '../../domain/metadata-store.ts';
import { fromStoredText, toStoredText } from './stored-text.ts';
import type { Tables } from './tables.ts';

export const toView = (row: Selectable<Tables['saved_views']>): StoredView => ({
  id: fromStoredText(row.id),
  projectId: row.project_id,
  content: row.content,
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
});

export function createViewStore(
  db: Kysely<Tables>,
): Pick<MetadataStore, 'listViews' | 'saveView' | 'deleteView'> {
  return {
    async listViews(projectId) {
      const rows = await db
        .selectFrom('saved_views')
        .selectAll()
        .where('project_id', '=', projectId)
        .execute();
      return rows.map(toView);
    },
    saveView: (input, { now, mostPerProject }) =>
      db.transaction().execute(async (transaction) => {
        const id = toStoredText(input.id);
        const known = await transaction
          .selectFrom('saved_views')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirst();
        if (known && known.project_id !== input.projectId) return 'conflict';
        if (!known && (await countViews(transaction, input.projectId)) >= mostPerProject)
          return 'full';
        const row = await transaction
          .insertInto('saved_views')
          .values({
            id,
            project_id: input.projectId,
            content: input.content,
            created_at: now,
            updated_at: now,
          })
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet({ content: input.content, updated_at: now }),
          )
          .returningAll()
          .executeTakeFirstOrThrow();
        return toView(row);
      }),
    async deleteView(projectId, id) {
      const result = await db
        .deleteFrom('saved_views')
        .where('project_id', '=', projectId)
        .where('id', '=', toStoredText(id))
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}

async function countViews(db: Kysely<Tables>, projectId: string): Promise<number> {
  const { count } = await db
    .selectFrom('saved_views')
    .select((select) => select.fn.countAll().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
