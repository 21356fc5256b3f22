import type { Kysely, Selectable } from 'kysely';
import type { ApiKey, KeyAccess, MetadataStore } from '../../domain/metadata-store.ts';
import { hashKey, hasHash, mintKey, parseKeyId } from './api-key-text.ts';
import { fromStoredText, toStoredText } from './stored-text.ts';
import type { Tables } from './tables.ts';

/** Compared with when no key has the id, so that an unknown id takes as long as a wrong secret. */
const noHash = '0'.repeat(64);

const accesses: Readonly<Record<string, KeyAccess>> = {
  full: 'full',
  read: 'read',
  ingest: 'ingest',
};

export function toApiKey(row: Selectable<Tables['api_keys']>): ApiKey {
  const access = accesses[row.access];
  if (access === undefined) throw new Error(`key ${row.id} has an unknown access: ${row.access}`);
  return {
    id: row.id,
    name: fromStoredText(row.name),
    access,
    projectId: row.project_id,
    createdAt: Number(row.created_at),
    revokedAt: row.revoked_at === null ? null : Number(row.revoked_at),
  };
}

export function createKeyStore(
  db: Kysely<Tables>,
): Pick<MetadataStore, 'createKey' | 'verifyKey' | 'listKeys' | 'revokeKey'> {
  return {
    async createKey(input, now) {
      const { id, key } = mintKey();
      const row = await db
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
      return { key, record: toApiKey(row) };
    },
    async verifyKey(key) {
      const id = parseKeyId(key);
      if (id === null) return null;
      const row = await db
        .selectFrom('api_keys')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      const isRight = hasHash(key, row?.key_hash ?? noHash);
      return row && isRight && row.revoked_at === null ? toApiKey(row) : null;
    },
    async listKeys() {
      const rows = await db.selectFrom('api_keys').selectAll().orderBy('sequence').execute();
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
