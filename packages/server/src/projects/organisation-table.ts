import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { OrganisationStore } from './organisation-store.ts';
import type { RecordTable } from '../store/metadata/record-table.ts';
import type { Tables } from '../tables.ts';

const name = 'organisation_id';

async function readId(db: Kysely<Tables>): Promise<string> {
  const row = await db
    .selectFrom('facts')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return row.value;
}

/** Its id is created once, on first use. */
export async function openOrganisationStore(db: Kysely<Tables>): Promise<OrganisationStore> {
  await db
    .insertInto('facts')
    .values({ name, value: randomUUID() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return { organisationId: await readId(db) };
}

/** An installation that has projects or keys has its own identity, and keeps it. */
export const organisationRecords: RecordTable<{ readonly id: string }> = {
  read: async (db, projectId) => (projectId === null ? [{ id: await readId(db) }] : []),
  async write(db, { id }) {
    for (const table of ['projects', 'api_keys'] as const) {
      if (await db.selectFrom(table).select('id').limit(1).executeTakeFirst()) return 'known';
    }
    await db.updateTable('facts').set({ value: id }).where('name', '=', name).execute();
    return 'stored';
  },
};
