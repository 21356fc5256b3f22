import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { auditActions, auditRecord, newEntryRecord } from './audit-store.ts';
import type { AuditStore } from './audit-store.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';

/** Entries of a kind that are kept, and for how long: whichever is less. */
const maxEntriesOfKind = 50_000;
const maxAgeMs = 400 * 86_400_000;
/** Rows in one statement: databases limit how many values one may bind. */
const chunkSize = 500;

/** 1 for what failed and for what applications do all day, 0 for all else. */
const frequent = sql<number>`CASE WHEN outcome <> 'ok' OR action IN ('session.delete', 'event.delete') THEN 1 ELSE 0 END`;

const actions: ReadonlySet<string> = new Set(auditActions);

export function createAuditStore(db: Kysely<Tables>, trimEvery = 1_000): AuditStore {
  // At the first one, too: programs that add one and end would never get to it.
  let sinceTrim = trimEvery;
  return {
    addAudit: (entries) =>
      inTransaction(db, async (transaction) => {
        for (let start = 0; start < entries.length; start += chunkSize)
          await transaction
            .insertInto('audit')
            .values(entries.slice(start, start + chunkSize).map(newEntryRecord.toRow))
            .execute();
        sinceTrim += entries.length;
        if (sinceTrim < trimEvery) return;
        sinceTrim = 0;
        await trim(transaction, Math.max(...entries.map(({ at }) => at)));
      }),
    async listAudit({ before, limit }) {
      let query = db.selectFrom('audit').selectAll().orderBy('sequence', 'desc').limit(limit);
      if (before !== null) query = query.where('sequence', '<', before);
      const rows = await query.execute();
      // A newer version may have written actions that this one does not know.
      return rows.filter(({ action }) => actions.has(action)).map(auditRecord.fromRow);
    },
  };
}

/** Of each kind on its own: a thousand failed sign-ins must not push out the key that was made before. */
async function trim(db: Transaction<Tables>, now: number): Promise<void> {
  await db
    .deleteFrom('audit')
    .where('at', '<', now - maxAgeMs)
    .execute();
  for (const isFrequent of [0, 1]) {
    const tooMany = db
      .selectFrom('audit')
      .select('sequence')
      .where(frequent, '=', isFrequent)
      .orderBy('sequence', 'desc')
      .limit(1_000_000_000)
      .offset(maxEntriesOfKind);
    await db.deleteFrom('audit').where('sequence', 'in', tooMany).execute();
  }
}
