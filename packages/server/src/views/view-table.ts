import type { Kysely, Selectable } from 'kysely';
import type { StoredView, ViewStore } from './view-store.ts';
import { fromStoredText, toStoredText } from '../store/metadata/stored-text.ts';
import type { Tables } from '../store/metadata/tables.ts';

export const toView = (row: Selectable<Tables['project_views']>): StoredView => ({
  id: fromStoredText(row.id),
  projectId: row.project_id,
  content: row.content,
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
});

export function createViewStore(db: Kysely<Tables>): ViewStore {
  return {
    async listViews(projectId) {
      const rows = await db
        .selectFrom('project_views')
        .selectAll()
        .where('project_id', '=', projectId)
        .execute();
      return rows.map(toView);
    },
    saveView: (input, options) =>
      db.transaction().execute((transaction) => save(transaction, input, options)),
    async deleteView(projectId, id) {
      const result = await db
        .deleteFrom('project_views')
        .where('project_id', '=', projectId)
        .where('id', '=', toStoredText(id))
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}

async function save(
  db: Kysely<Tables>,
  { id: viewId, projectId, content }: Parameters<ViewStore['saveView']>[0],
  { now, mostPerProject }: Parameters<ViewStore['saveView']>[1],
): Promise<StoredView | 'full'> {
  const id = toStoredText(viewId);
  const known = await db
    .selectFrom('project_views')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!known && (await countViews(db, projectId)) >= mostPerProject) return 'full';
  const row = await db
    .insertInto('project_views')
    .values({ id, project_id: projectId, content, created_at: now, updated_at: now })
    .onConflict((conflict) =>
      conflict.columns(['project_id', 'id']).doUpdateSet({ content, updated_at: now }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return toView(row);
}

async function countViews(db: Kysely<Tables>, projectId: string): Promise<number> {
  const { count } = await db
    .selectFrom('project_views')
    .select((select) => select.fn.countAll().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
