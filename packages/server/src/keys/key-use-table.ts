import type { KeyStore } from './key-store.ts';
import type { Kysely } from 'kysely';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';

export function createKeyUseStore(
  db: Kysely<Tables>,
): Pick<KeyStore, 'saveKeyUses' | 'listKeyUses'> {
  return {
    async saveKeyUses(uses) {
      if (uses.size === 0) return;
      await inTransaction(db, async (transaction) => {
        // A key may have gone with its project since.
        const known = await transaction
          .selectFrom('api_keys')
          .select('id')
          .where('id', 'in', [...uses.keys()])
          .execute();
        for (const { id } of known)
          await transaction
            .insertInto('key_uses')
            .values({ key_id: id, used_at: uses.get(id) ?? 0 })
            .onConflict((conflict) =>
              conflict
                .column('key_id')
                .doUpdateSet((row) => ({ used_at: row.ref('excluded.used_at') }))
                .whereRef('excluded.used_at', '>', 'key_uses.used_at'),
            )
            .execute();
      });
    },
    async listKeyUses() {
      const rows = await db.selectFrom('key_uses').selectAll().execute();
      return new Map(rows.map(({ key_id: id, used_at: usedAt }) => [id, Number(usedAt)]));
    },
  };
}
