import { signInRecord } from './sign-in-store.ts';
import type { SignIn, SignInStore } from './sign-in-store.ts';
import { limits } from 'honeyhive-wire';
import type { Kysely, Transaction } from 'kysely';
import { isGoodKey } from '../keys/good-key.ts';
import { findKey } from '../keys/key-table.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';

export function createSignInStore(db: Kysely<Tables>): SignInStore {
  return {
    addSignIn: (signIn) => inTransaction(db, (transaction) => add(transaction, signIn)),
    async findSignIn(tokenHash, now) {
      const row = await db
        .selectFrom('sign_ins')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      if (!row) return null;
      const signIn = signInRecord.fromRow(row);
      const { key } = (await findKey(db, signIn.keyId)) ?? {};
      return key && isGoodKey(key, now) ? { signIn, key } : null;
    },
    async removeSignIn(tokenHash) {
      await db.deleteFrom('sign_ins').where('token_hash', '=', tokenHash).execute();
    },
  };
}

async function add(db: Transaction<Tables>, signIn: SignIn): Promise<void> {
  const { keyId, createdAt } = signIn;
  await db.deleteFrom('sign_ins').where('expires_at', '<=', createdAt).execute();
  await db.insertInto('sign_ins').values(signInRecord.toRow(signIn)).execute();
  const tooMany = db
    .selectFrom('sign_ins')
    .select('token_hash')
    .where('key_id', '=', keyId)
    .orderBy('created_at', 'desc')
    .limit(1_000_000_000)
    .offset(limits.signInsPerKey);
  await db.deleteFrom('sign_ins').where('token_hash', 'in', tooMany).execute();
}
