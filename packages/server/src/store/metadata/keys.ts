import type { Kysely, Selectable, Transaction } from 'kysely';
import { isGoodKey } from '../../domain/good-key.ts';
import { parseKeyId } from '../../domain/key-id.ts';
import type { ApiKey, KeyAccess, MetadataStore } from '../../domain/metadata-store.ts';
import { hashKey, hasHash, mintKey } from './api-key-text.ts';
import { fromStoredText, toStoredText } from './stored-text.ts';
import type { Tables } from './tables.ts';

/** Compared with when no key has the id, so that an unknown id takes as long as a wrong secret. */
const noHash = '0'.repeat(64);

const accesses: Readonly<Record<string, KeyAccess>> = {
  full: 'full',
  read: 'read',
  ingest: 'ingest',
};

/** Keys, each with when it expires. */
export const selectKeys = (db: Kysely<Tables>) =>
  db
    .selectFrom('api_keys')
    .leftJoin('key_expiries', 'key_expiries.key_id', 'api_keys.id')
    .selectAll('api_keys')
    .select('key_expiries.expires_at');

/** Together with the key, or not at all: without it the key would never expire. */
export async function insertExpiry(
  transaction: Transaction<Tables>,
  keyId: string,
  expiresAt: number | null,
): Promise<void> {
  if (expiresAt === null) return;
  await transaction
    .insertInto('key_expiries')
    .values({ key_id: keyId, expires_at: expiresAt })
    .execute();
}

function readKey(key: string): { id: string; key: string } {
  const id = parseKeyId(key);
  if (id === null) throw new Error('not in the form of a key');
  return { id, key };
}

type KeyRow = Selectable<Tables['api_keys']> & { readonly expires_at: number | null };

export function toApiKey(row: KeyRow): ApiKey {
  const access = accesses[row.access];
  if (access === undefined) throw new Error(`key ${row.id} has an unknown access: ${row.access}`);
  return {
    id: row.id,
    name: fromStoredText(row.name),
    access,
    projectId: row.project_id,
    createdAt: Number(row.created_at),
    revokedAt: row.revoked_at === null ? null : Number(row.revoked_at),
    expiresAt: row.expires_at === null ? null : Number(row.expires_at),
  };
}

export function createKeyStore(
  db: Kysely<Tables>,
): Pick<MetadataStore, 'createKey' | 'verifyKey' | 'listKeys' | 'revokeKey'> {
  return {
    async createKey(input, now) {
      const { id, key } = input.key === undefined ? mintKey() : readKey(input.key);
      const { expiresAt = null } = input;
      const row = await db.transaction().execute(async (transaction) => {
        await insertExpiry(transaction, id, expiresAt);
        return transaction
          .insertInto('api_keys')
          .values({
            id,
            name: toStoredText(input.name),
            access: input.access,
            project_id: input.projectId,
            key_hash: hashKey(key),
            created_at: now,
            revoked_at: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
      });
      return { key, record: toApiKey({ ...row, expires_at: expiresAt }) };
    },
    async verifyKey(key, now) {
      const id = parseKeyId(key);
      if (id === null) return null;
      const row = await selectKeys(db).where('id', '=', id).executeTakeFirst();
      const isRight = hasHash(key, row?.key_hash ?? noHash);
      if (!row || !isRight) return null;
      const found = toApiKey(row);
      return isGoodKey(found, now) ? found : null;
    },
    async listKeys() {
      const rows = await selectKeys(db).orderBy('sequence').execute();
      return rows.map(toApiKey);
    },
    async revokeKey(id, now) {
      const result = await db
        .updateTable('api_keys')
        .set({ revoked_at: now })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
  };
}
