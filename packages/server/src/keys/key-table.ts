import { findDescendants } from 'honeyhive-facts';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { isGoodKey } from './good-key.ts';
import { parseKeyId } from './key-id.ts';
import type { ApiKey, KeyAccess, KeyStore } from './key-store.ts';
import { hashKey, hasHash, mintKey } from './api-key-text.ts';
import { fromStoredText, toStoredText } from '../store/metadata/stored-text.ts';
import type { Tables } from '../store/metadata/tables.ts';

/** Compared with when no key has the id, so that an unknown id takes as long as a wrong secret. */
const noHash = '0'.repeat(64);

const accesses: Readonly<Record<string, KeyAccess>> = {
  full: 'full',
  read: 'read',
  ingest: 'ingest',
};

/** Keys, each with when it expires and what made it. */
export const selectKeys = (db: Kysely<Tables>) =>
  db
    .selectFrom('api_keys')
    .leftJoin('key_expiries', 'key_expiries.key_id', 'api_keys.id')
    .leftJoin('key_origins', 'key_origins.key_id', 'api_keys.id')
    .selectAll('api_keys')
    .select(['key_expiries.expires_at', 'key_origins.created_by']);

/** What has a table of its own. Together with the key, or not at all: without it the key would never expire. */
export async function insertKeyFacts(
  transaction: Transaction<Tables>,
  { id, expiresAt, createdBy }: Pick<ApiKey, 'id' | 'expiresAt' | 'createdBy'>,
): Promise<void> {
  if (expiresAt !== null)
    await transaction
      .insertInto('key_expiries')
      .values({ key_id: id, expires_at: expiresAt })
      .execute();
  if (createdBy !== null)
    await transaction
      .insertInto('key_origins')
      .values({ key_id: id, created_by: toStoredText(createdBy) })
      .execute();
}

function readKey(key: string): { id: string; key: string } {
  const id = parseKeyId(key);
  if (id === null) throw new Error('not in the form of a key');
  return { id, key };
}

type KeyRow = Selectable<Tables['api_keys']> & {
  readonly expires_at: number | null;
  readonly created_by: string | null;
};

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
    createdBy: row.created_by === null ? null : fromStoredText(row.created_by),
  };
}

export function createKeyStore(db: Kysely<Tables>): Omit<KeyStore, 'saveKeyUses' | 'listKeyUses'> {
  return {
    createKey: ({ key, expiresAt = null, createdBy = null, ...input }, now) =>
      db
        .transaction()
        .execute((transaction) =>
          insertKey(
            transaction,
            { ...input, expiresAt, createdBy, createdAt: now },
            key === undefined ? mintKey() : readKey(key),
          ),
        ),
    createKeyWith: (creator, input, { now, mostActive }) =>
      db.transaction().execute(async (transaction) => {
        // Looked up in here: one that is revoked meanwhile, with all that were made with it, makes no more.
        const maker = await selectKeys(transaction).where('id', '=', creator.id).executeTakeFirst();
        if (!maker || !isGoodKey(toApiKey(maker), now)) return 'unauthenticated';
        if ((await countActive(transaction, input.projectId, now)) >= mostActive) return 'full';
        const made = { ...input, createdBy: creator.id, createdAt: now };
        return insertKey(transaction, made, mintKey());
      }),
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
    revokeKey: (id, now, { descendants = false } = {}) =>
      db.transaction().execute(async (transaction) => {
        const keys = (await selectKeys(transaction).orderBy('sequence').execute()).map(toApiKey);
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
  const { expiresAt, createdBy } = input;
  await insertKeyFacts(transaction, { id, expiresAt, createdBy });
  const row = await transaction
    .insertInto('api_keys')
    .values({
      id,
      name: toStoredText(input.name),
      access: input.access,
      project_id: input.projectId,
      key_hash: hashKey(key),
      created_at: input.createdAt,
      revoked_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { key, record: toApiKey({ ...row, expires_at: expiresAt, created_by: createdBy }) };
}

/** Good keys of the project; null: of the whole organisation. */
async function countActive(
  db: Transaction<Tables>,
  projectId: string | null,
  now: number,
): Promise<number> {
  const { count } = await db
    .selectFrom('api_keys')
    .leftJoin('key_expiries', 'key_expiries.key_id', 'api_keys.id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('project_id', 'is', projectId)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .executeTakeFirstOrThrow();
  return Number(count);
}
