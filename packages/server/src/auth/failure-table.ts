import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { failureWindowMs, limitFailure } from './failure-limit.ts';
import type { FailureLimit } from './failure-limit.ts';
import { toStoredText } from '../domain/stored-text.ts';
import { databaseNow } from '../store/metadata/database-now.ts';
import type { Tables } from '../tables.ts';

/** A limit that all servers of a database count for. Windows that ended are deleted with the next failure. */
export const createStoredFailureLimit = (db: Kysely<Tables>): FailureLimit => ({
  async count(subject, failure) {
    await db.deleteFrom('shared_failures').where('until', '<=', databaseNow).execute();
    const found = await db
      .insertInto('shared_failures')
      .values({
        subject: toStoredText(subject),
        count: 1,
        until: sql<number>`${databaseNow} + ${failureWindowMs}::bigint`,
      })
      .onConflict((conflict) =>
        conflict
          .column('subject')
          .doUpdateSet(({ ref }) => ({ count: sql<number>`${ref('shared_failures.count')} + 1` })),
      )
      .returning(['count', sql<number>`until - ${databaseNow}`.as('leftMs')])
      .executeTakeFirstOrThrow();
    return limitFailure(found, failure);
  },
});
