import type { SignInStore } from './sign-in-store.ts';
import { limits } from 'honeyhive-wire';
import type { Kysely } from 'kysely';
import { isGoodKey } from '../keys/good-key.ts';
import { selectKeys, toApiKey } from '../keys/key-table.ts';
import type { Tables } from '../store/metadata/tables.ts';

export function createSignInStore(db: Kysely<Tables>): SignInStore {
  return {
    async addSignIn({ tokenHash, keyId, createdAt, expiresAt }) {
      await db.deleteFrom('sign_ins').where('expires_at', '<=', createdAt).execute();
      await db
        .insertInto('sign_ins')
        .values({
          token_hash: tokenHash,
          key_id: keyId,
          created_at: createdAt,
          expires_at: expiresAt,
        })
        .execute();
      const tooMany = db
        .selectFrom('sign_ins')
        .select('token_hash')
        .where('key_id', '=', keyId)
        .orderBy('created_at', 'desc')
        .limit(1_000_000_000)
        .offset(limits.signInsPerKey);
      await db.deleteFrom('sign_ins').where('token_hash', 'in', tooMany).execute();
    },
    async findSignIn(tokenHash, now) {
      const row = await db
        .selectFrom('sign_ins')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      if (!row) return null;
      const found = await selectKeys(db).where('id', '=', row.key_id).executeTakeFirst();
      const key = found && toApiKey(found);
      if (!key || !isGoodKey(key, now)) return null;
      const signIn = {
        tokenHash,
        keyId: row.key_id,
        createdAt: Number(row.created_at),
        expiresAt: Number(row.expires_at),
      };
      return { signIn, key };
    },
    async removeSignIn(tokenHash) {
      await db.deleteFrom('sign_ins').where('token_hash', '=', tokenHash).execute();
    },
  };
}
