import type { Kysely, Selectable } from 'kysely';
import type { HeldPatch, MetadataStore } from '../../domain/metadata-store.ts';
import { fromStoredText, toStoredText } from './stored-text.ts';
import type { Tables } from './tables.ts';

/** Rows or ids in one statement: databases limit how many values one may bind. */
const chunkSize = 500;

function toChunks<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += chunkSize)
    chunks.push(items.slice(start, start + chunkSize));
  return chunks;
}

type HeldPatchStore = Pick<
  MetadataStore,
  'holdPatches' | 'readHeldPatches' | 'dropHeldPatches' | 'countHeldPatches' | 'expireHeldPatches'
>;

export function createHeldPatchStore(db: Kysely<Tables>): HeldPatchStore {
  return {
    async holdPatches(patches) {
      await db.transaction().execute(async (transaction) => {
        for (const chunk of toChunks(patches)) {
          const rows = chunk.map((patch) => ({
            project_id: patch.projectId,
            event_id: toStoredText(patch.eventId),
            patch: patch.patch,
            received_at: patch.receivedAt,
          }));
          await transaction.insertInto('held_patches').values(rows).execute();
        }
      });
    },
    async readHeldPatches(projectId, eventIds) {
      const found: HeldPatch[] = [];
      for (const ids of toChunks(eventIds)) found.push(...(await readChunk(db, projectId, ids)));
      return found.toSorted((a, b) => a.sequence - b.sequence);
    },
    async dropHeldPatches(sequences) {
      await db.transaction().execute(async (transaction) => {
        for (const chunk of toChunks(sequences))
          await transaction.deleteFrom('held_patches').where('sequence', 'in', chunk).execute();
      });
    },
    async countHeldPatches() {
      const { count } = await db
        .selectFrom('held_patches')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async expireHeldPatches(before) {
      const result = await db
        .deleteFrom('held_patches')
        .where('received_at', '<', before)
        .executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

async function readChunk(
  db: Kysely<Tables>,
  projectId: string,
  eventIds: readonly string[],
): Promise<HeldPatch[]> {
  const rows = await db
    .selectFrom('held_patches')
    .selectAll()
    .where('event_id', 'in', eventIds.map(toStoredText))
    .where((where) =>
      where.or([where('project_id', '=', projectId), where('project_id', 'is', null)]),
    )
    .execute();
  return rows.map(toHeldPatch);
}

export const toHeldPatch = (row: Selectable<Tables['held_patches']>): HeldPatch => ({
  sequence: Number(row.sequence),
  projectId: row.project_id,
  eventId: fromStoredText(row.event_id),
  patch: row.patch,
  receivedAt: Number(row.received_at),
});
