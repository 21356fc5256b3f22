import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { heldPatchRecord, patchRecord } from './held-patch-store.ts';
import type { HeldPatch, HeldPatchStore, PatchRecord } from './held-patch-store.ts';
import { HeldTally } from './held-tally.ts';
import type { HeldChange } from './held-tally.ts';
import { systemClock } from '../clock.ts';
import { toStoredText } from '../domain/stored-text.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';

/** Rows or ids in one statement: databases limit how many values one may bind. */
const chunkSize = 500;

/** Without reading the text itself. */
const patchBytes = sql<number>`octet_length(patch)`;

function toChunks<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += chunkSize)
    chunks.push(items.slice(start, start + chunkSize));
  return chunks;
}

type CountedPatchStore = HeldPatchStore & {
  /** Counts again the next time: something else than this store changed the table. */
  clearTotals(): void;
};

/** @param totalsMs how long counts are cached that other servers may change, milliseconds */
export function createHeldPatchStore(db: Kysely<Tables>, totalsMs: number): CountedPatchStore {
  const totals = rememberTotals(db, totalsMs);
  return {
    clearTotals: totals.clear,
    measureHeldPatches: totals.read,
    holdPatches: (patches) =>
      totals.change(async () => {
        await insertPatches(db, patches);
        return (tally) => {
          for (const { projectId, patch } of patches)
            tally.came({ projectId, bytes: Buffer.byteLength(patch) });
        };
      }),
    async readHeldPatches(projectId, eventIds) {
      const found: HeldPatch[] = [];
      for (const ids of toChunks(eventIds)) found.push(...(await readChunk(db, projectId, ids)));
      return found.toSorted((a, b) => a.sequence - b.sequence);
    },
    dropHeldPatches: (sequences) =>
      totals.change(async () => {
        const dropped = await removePatches(db, sequences);
        return (tally) => {
          for (const each of dropped) tally.went(each);
        };
      }),
    async deleteHeldPatches(projectId) {
      const rows = await inTransaction(db, (transaction) =>
        transaction
          .deleteFrom('held_patches')
          .where('project_id', '=', projectId)
          .returning(patchBytes.as('bytes'))
          .execute(),
      );
      totals.clear();
      return {
        count: rows.length,
        bytes: rows.reduce((sum, { bytes }) => sum + Number(bytes), 0),
      };
    },
    async expireHeldPatches(before) {
      const result = await inTransaction(db, (transaction) =>
        transaction.deleteFrom('held_patches').where('received_at', '<', before).executeTakeFirst(),
      );
      totals.clear();
      return Number(result.numDeletedRows);
    },
  };
}

/** Counts of the table, cached and kept in step with what this store does to it. */
function rememberTotals(db: Kysely<Tables>, totalsMs: number) {
  let counting: Promise<HeldTally> | null = null;
  let until = 0;
  const clear = (): void => {
    counting = null;
  };
  const read = (): Promise<HeldTally> => {
    const now = systemClock.monotonicMs();
    if (counting !== null && now < until) return counting;
    until = now + totalsMs;
    counting = countAll(db).catch((error: unknown) => {
      clear();
      throw error;
    });
    return counting;
  };
  return {
    clear,
    read,
    /** What was counted again while `work` ran may have the change in it or not. */
    async change(work: () => Promise<(tally: HeldTally) => void>): Promise<void> {
      const before = read();
      const tally = await before;
      const apply = await work();
      if (counting === before) apply(tally);
      else clear();
    },
  };
}

async function insertPatches(db: Kysely<Tables>, patches: readonly PatchRecord[]): Promise<void> {
  await inTransaction(db, async (transaction) => {
    for (const chunk of toChunks(patches)) {
      const rows = chunk.map(patchRecord.toRow);
      await transaction.insertInto('held_patches').values(rows).execute();
    }
  });
}

async function removePatches(
  db: Kysely<Tables>,
  sequences: readonly number[],
): Promise<HeldChange[]> {
  return inTransaction(db, async (transaction) => {
    const removed: HeldChange[] = [];
    for (const chunk of toChunks(sequences)) {
      const rows = await transaction
        .deleteFrom('held_patches')
        .where('sequence', 'in', chunk)
        .returning(['project_id', patchBytes.as('bytes')])
        .execute();
      for (const { project_id: projectId, bytes } of rows)
        removed.push({ projectId, bytes: Number(bytes) });
    }
    return removed;
  });
}

async function countAll(db: Kysely<Tables>): Promise<HeldTally> {
  const rows = await db
    .selectFrom('held_patches')
    .select(({ fn }) => [
      'project_id',
      fn.countAll<number>().as('count'),
      fn.sum<number>(patchBytes).as('bytes'),
    ])
    .groupBy('project_id')
    .execute();
  const tally = new HeldTally();
  for (const { project_id: projectId, count, bytes } of rows)
    tally.add(projectId, { count: Number(count), bytes: Number(bytes) });
  return tally;
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
  return rows.map(heldPatchRecord.fromRow);
}
