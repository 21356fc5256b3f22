import type { Kysely } from 'kysely';
import { viewRecord } from './view-store.ts';
import type { StoredView, ViewStore } from './view-store.ts';
import { toStoredText } from '../domain/stored-text.ts';
import { toWritten } from '../store/metadata/record-table.ts';
import type { RecordTable } from '../store/metadata/record-table.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';

export function createViewStore(db: Kysely<Tables>): ViewStore {
  return {
    async listViews(projectId) {
      const rows = await db
        .selectFrom('project_views')
        .selectAll()
        .where('project_id', '=', projectId)
        .execute();
      return rows.map(viewRecord.fromRow);
    },
    saveView: (input, options) =>
      inTransaction(db, (transaction) => save(transaction, input, options)),
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
  view: Parameters<ViewStore['saveView']>[0],
  { now, mostPerProject }: Parameters<ViewStore['saveView']>[1],
): Promise<StoredView | 'full'> {
  const { projectId, content } = view;
  const known = await db
    .selectFrom('project_views')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', '=', toStoredText(view.id))
    .executeTakeFirst();
  if (!known && (await countViews(db, projectId)) >= mostPerProject) return 'full';
  const row = await db
    .insertInto('project_views')
    .values(viewRecord.toRow({ ...view, createdAt: now, updatedAt: now }))
    .onConflict((conflict) =>
      conflict.columns(['project_id', 'id']).doUpdateSet({ content, updated_at: now }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return viewRecord.fromRow(row);
}

async function countViews(db: Kysely<Tables>, projectId: string): Promise<number> {
  const { count } = await db
    .selectFrom('project_views')
    .select((select) => select.fn.countAll().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export const viewRecords: RecordTable<StoredView> = {
  async read(db, projectId) {
    let query = db.selectFrom('project_views').selectAll().orderBy('project_id').orderBy('id');
    if (projectId !== null) query = query.where('project_id', '=', projectId);
    return (await query.execute()).map(viewRecord.fromRow);
  },
  async write(db, view) {
    const result = await db
      .insertInto('project_views')
      .values(viewRecord.toRow(view))
      .onConflict((conflict) => conflict.columns(['project_id', 'id']).doNothing())
      .executeTakeFirst();
    return toWritten(result.numInsertedOrUpdatedRows);
  },
};
