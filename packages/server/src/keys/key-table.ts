import { findDescendants } from 'honeyhive-facts';
import type { Kysely, Transaction } from 'kysely';
import { isGoodKey } from './good-key.ts';
import { parseKeyId } from './key-id.ts';
import { keyRecord } from './key-store.ts';
import type { ApiKey, KeyStore, StoredKey } from './key-store.ts';
import { hashKey, hasHash, mintKey } from './api-key-text.ts';
import { RecordConflict } from '../domain/record-conflict.ts';
import type { RecordTable } from '../store/metadata/record-table.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';

/** Compared with when no key has the id, so that an unknown id takes as long as a wrong secret. */
const noHash = '0'.repeat(64);

function readKey(key: string): { id: string; key: string } {
  const id = parseKeyId(key);
  if (id === null) throw new Error('not in the form of a key');
  return { id, key };
}

/** In the order in which they were made. */
const listKeys = async (db: Kysely<Tables>): Promise<ApiKey[]> =>
  (await db.selectFrom('api_keys').selectAll().orderBy('sequence').execute()).map(
    keyRecord.fromRow,
  );

/** A key with the hash of its text. */
export async function findKey(
  db: Kysely<Tables>,
  id: string,
): Promise<{ readonly key: ApiKey; readonly hash: string } | null> {
  const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? { key: keyRecord.fromRow(row), hash: row.key_hash } : null;
}

export function createKeyStore(db: Kysely<Tables>): Omit<KeyStore, 'saveKeyUses' | 'listKeyUses'> {
  return {
    createKey: ({ key, form, expiresAt = null, createdBy = null, ...input }, now) =>
      inTransaction(db, (transaction) =>
        insertKey(
          transaction,
          { ...input, expiresAt, createdBy, createdAt: now },
          key === undefined ? mintKey(form, input.access) : readKey(key),
        ),
      ),
    createKeyWith: (creator, input, { now, mostActive, form }) =>
      inTransaction(db, async (transaction) => {
        // Looked up in here: one that is revoked meanwhile, with all that were made with it, makes no more.
        const maker = await findKey(transaction, creator.id);
        if (!maker || !isGoodKey(maker.key, now)) return 'unauthenticated';
        if ((await countActive(transaction, input.projectId, now)) >= mostActive) return 'full';
        const made = { ...input, createdBy: creator.id, createdAt: now };
        return insertKey(transaction, made, mintKey(form, input.access));
      }),
    async verifyKey(key, now) {
      const id = parseKeyId(key);
      if (id === null) return null;
      const found = await findKey(db, id);
      const isRight = hasHash(key, found?.hash ?? noHash);
      return found && isRight && isGoodKey(found.key, now) ? found.key : null;
    },
    listKeys: () => listKeys(db),
    revokeKey: (id, now, { descendants = false } = {}) =>
      inTransaction(db, async (transaction) => {
        const keys = await listKeys(transaction);
        const chosen = new Set([id, ...(descendants ? findDescendants(keys, id) : [])]);
        const ids = keys
          .filter((key) => chosen.has(key.id) && key.revokedAt === null)
          .map((key) => key.id);
        for (const each of ids)
          await transaction
            .updateTable('api_keys')
            .set({ revoked_at: now })
            .where('id', '=', each)
            .execute();
        return ids;
      }),
  };
}

async function insertKey(
  transaction: Transaction<Tables>,
  input: Omit<ApiKey, 'id' | 'revokedAt'>,
  { id, key }: { readonly id: string; readonly key: string },
): Promise<{ key: string; record: ApiKey }> {
  const record = { ...input, id, revokedAt: null };
  await insertRow(transaction, record, hashKey(key));
  return { key, record };
}

const insertRow = (db: Transaction<Tables>, key: ApiKey, hash: string) =>
  db
    .insertInto('api_keys')
    .values({ ...keyRecord.toRow(key), key_hash: hash })
    .execute();

/** Good keys of the project; null: of the whole organisation. */
async function countActive(
  db: Transaction<Tables>,
  projectId: string | null,
  now: number,
): Promise<number> {
  const { count } = await db
    .selectFrom('api_keys')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('project_id', 'is not distinct from', projectId)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A key that was revoked here stays revoked, whatever it was there. */
export const keyRecords: RecordTable<StoredKey> = {
  async read(db, projectId) {
    if (projectId !== null) return [];
    const rows = await db.selectFrom('api_keys').selectAll().orderBy('sequence').execute();
    return rows.map((row) => ({ ...keyRecord.fromRow(row), hash: row.key_hash }));
  },
  async write(db, { hash, ...key }) {
    const known = await findKey(db, key.id);
    if (known && known.hash !== hash) throw new RecordConflict(`another key has the id ${key.id}`);
    if (known) return 'known';
    await insertRow(db, key, hash);
    return 'stored';
  },
};
