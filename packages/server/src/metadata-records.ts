import type { Kysely } from 'kysely';
import { alertRecords } from './alerts/alert-table.ts';
import { patchRecords } from './held-updates/held-patch-records-table.ts';
import { keyRecords } from './keys/key-table.ts';
import { recordTypes } from './metadata-codecs.ts';
import type { MetadataRecord, RecordsByType, RecordStore, RecordType } from './metadata-codecs.ts';
import { organisationRecords } from './projects/organisation-table.ts';
import { projectRecords } from './projects/project-table.ts';
import { settingsRecords } from './settings/settings-table.ts';
import type { RecordTable, Written } from './store/metadata/record-table.ts';
import { inTransaction } from './store/metadata/transaction.ts';
import type { Tables } from './tables.ts';
import { viewRecords } from './views/view-table.ts';

const tables: { readonly [Type in RecordType]: RecordTable<RecordsByType[Type]> } = {
  organisation: organisationRecords,
  project: projectRecords,
  settings: settingsRecords,
  key: keyRecords,
  view: viewRecords,
  alert: alertRecords,
  patch: patchRecords,
};

/** What leaves one installation and comes to another. */
export const createRecordStore = (db: Kysely<Tables>): RecordStore => ({
  async *readRecords(projectId) {
    for (const type of recordTypes) yield* readType(db, type, projectId);
  },
  writeRecord: (record) => write(db, record),
});

async function* readType<Type extends RecordType>(
  db: Kysely<Tables>,
  type: Type,
  projectId: string | null,
): AsyncGenerator<MetadataRecord<Type>> {
  const table: RecordTable<RecordsByType[Type]> = tables[type];
  for await (const record of await table.read(db, projectId)) yield { type, record };
}

function write<Type extends RecordType>(
  db: Kysely<Tables>,
  { type, record }: MetadataRecord<Type>,
): Promise<Written> {
  const table: RecordTable<RecordsByType[Type]> = tables[type];
  return inTransaction(db, (transaction) => table.write(transaction, record));
}
