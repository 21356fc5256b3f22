import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { databaseNow } from './database-now.ts';
import type { Tables } from '../../tables.ts';

/** Who wants a lease. */
export interface LeaseHolder {
  /** Unique: of one piece of work in one process. */
  readonly holder: string;
  /** Of its data folder, on which one process works at a time. */
  readonly serverId: string;
  /** For people: the process, its host and port. */
  readonly about: string;
}

/** Who has a lease. */
export interface HeldLease {
  readonly about: string;
  /** How long, milliseconds by the clock of the database, unless it is renewed. */
  readonly leftMs: number;
}

/** Leases by name, which expire by the clock of the database. */
export interface LeaseStore {
  /**
   * Takes a lease that is free, expired or the caller's own, which renews it.
   *
   * @returns who else has it; null: the caller
   */
  takeLease(
    name: string,
    by: LeaseHolder,
    options: { readonly forMs: number },
  ): Promise<HeldLease | null>;
  /** Frees the lease if the caller has it. */
  dropLease(name: string, holder: string): Promise<void>;
  /** Leases that are held, and whose names begin so. */
  countLeases(prefix: string): Promise<number>;
  /** Frees all leases of earlier processes of a data folder. The caller has taken none yet. */
  dropLeasesOf(serverId: string): Promise<void>;
}

export const createLeaseStore = (db: Kysely<Tables>): LeaseStore => ({
  async takeLease(name, { holder, serverId, about }, { forMs }) {
    const expiresAt = sql<number>`${databaseNow} + ${forMs}::bigint`;
    const own = { holder, server_id: serverId, about, expires_at: expiresAt };
    const taken = await db
      .insertInto('shared_leases')
      .values({ name, ...own })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet(own)
          .where((where) =>
            where.or([
              where('shared_leases.holder', '=', holder),
              where('shared_leases.expires_at', '<=', databaseNow),
            ]),
          ),
      )
      .returning('name')
      .executeTakeFirst();
    if (taken !== undefined) return null;
    const other = await db
      .selectFrom('shared_leases')
      .select(['about', sql<number>`expires_at - ${databaseNow}`.as('leftMs')])
      .where('name', '=', name)
      .executeTakeFirst();
    return other ?? { about: 'a server that just stopped', leftMs: 0 };
  },
  async dropLease(name, holder) {
    await db
      .deleteFrom('shared_leases')
      .where('name', '=', name)
      .where('holder', '=', holder)
      .execute();
  },
  async countLeases(prefix) {
    const { count } = await db
      .selectFrom('shared_leases')
      .select(sql<number>`count(*)`.as('count'))
      .where(sql<boolean>`starts_with(name, ${prefix})`)
      .where('expires_at', '>', databaseNow)
      .executeTakeFirstOrThrow();
    return Number(count);
  },
  async dropLeasesOf(serverId) {
    await db.deleteFrom('shared_leases').where('server_id', '=', serverId).execute();
  },
});
