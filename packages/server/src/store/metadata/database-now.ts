import { sql } from 'kysely';

/** Epoch milliseconds by the clock of PostgreSQL, which all servers share; also within a transaction. */
export const databaseNow = sql<number>`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;
