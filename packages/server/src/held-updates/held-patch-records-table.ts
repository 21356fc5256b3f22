import type { Kysely } from 'kysely';
import { heldPatchRecord, patchRecord } from './held-patch-store.ts';
import type { PatchRecord } from './held-patch-store.ts';
import type { RecordTable } from '../store/metadata/record-table.ts';
import type { Tables } from '../tables.ts';

/** Read at once: there may be many. */
const pageSize = 500;

async function* readPatches(
  db: Kysely<Tables>,
  projectId: string | null,
): AsyncGenerator<PatchRecord> {
  let last = 0;
  for (;;) {
    let query = db.selectFrom('held_patches').selectAll().where('sequence', '>', last);
    if (projectId !== null) query = query.where('project_id', '=', projectId);
    const rows = await query.orderBy('sequence').limit(pageSize).execute();
    for (const { sequence, ...patch } of rows.map(heldPatchRecord.fromRow)) {
      last = sequence;
      yield patch;
    }
    if (rows.length < pageSize) return;
  }
}

/** The same change that arrived at the same instant is one change: applied twice, it would do no more than once. */
export const patchRecords: RecordTable<PatchRecord> = {
  read: readPatches,
  async write(db, patch) {
    const row = patchRecord.toRow(patch);
    const known = await db
      .selectFrom('held_patches')
      .select('sequence')
      .where('event_id', '=', row.event_id)
      .where('project_id', 'is not distinct from', row.project_id)
      .where('patch', '=', row.patch)
      .where('received_at', '=', row.received_at)
      .executeTakeFirst();
    if (known) return 'known';
    await db.insertInto('held_patches').values(row).execute();
    return 'stored';
  },
};
