import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { createHash, randomBytes } from 'node:crypto';
import { codeMs } from './sign-in-codes.ts';
import type { SignInCodes } from './sign-in-codes.ts';
import { findKey } from '../keys/key-table.ts';
import { databaseNow } from '../store/metadata/database-now.ts';
import type { Tables } from '../tables.ts';

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

/** Codes that any server of a database redeems, once; only their hashes are stored. */
export const createStoredSignInCodes = (db: Kysely<Tables>): SignInCodes => ({
  async issue(key) {
    const code = randomBytes(24).toString('base64url');
    await db.deleteFrom('shared_sign_in_codes').where('expires_at', '<=', databaseNow).execute();
    await db
      .insertInto('shared_sign_in_codes')
      .values({
        code_hash: hashOf(code),
        key_id: key.id,
        expires_at: sql<number>`${databaseNow} + ${codeMs}::bigint`,
      })
      .execute();
    return code;
  },
  async redeem(code) {
    const found = await db
      .deleteFrom('shared_sign_in_codes')
      .where('code_hash', '=', hashOf(code))
      .returning(['key_id', sql<boolean>`expires_at > ${databaseNow}`.as('isValid')])
      .executeTakeFirst();
    if (found?.isValid !== true) return null;
    return (await findKey(db, found.key_id))?.key ?? null;
  },
});
