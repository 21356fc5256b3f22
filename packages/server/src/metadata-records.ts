import type { Kysely, Transaction } from 'kysely';
import { RecordConflict } from './metadata-store.ts';
import type { MetadataRecord, MetadataStore } from './metadata-store.ts';
import { toHeldPatch } from './held-updates/held-patch-table.ts';
import { insertKeyFacts, selectKeys, toApiKey } from './keys/key-table.ts';
import { toProject } from './projects/project-table.ts';
import { toStoredText } from './store/metadata/stored-text.ts';
import type { Tables } from './store/metadata/tables.ts';
import { toView } from './views/view-table.ts';

/** Held patches read at once; the other tables are small. */
const patchPage = 500;

type RecordOf<Type extends MetadataRecord['type']> = Extract<MetadataRecord, { type: Type }>;
type Written = Promise<'stored' | 'known'>;

export function createRecordStore(
  db: Kysely<Tables>,
): Pick<MetadataStore, 'readRecords' | 'writeRecord'> {
  return {
    async *readRecords(projectId) {
      if (projectId === null) yield await readOrganisation(db);
      yield* await readProjects(db, projectId);
      yield* await readSettings(db, projectId);
      if (projectId === null) yield* await readKeys(db);
      yield* await readViews(db, projectId);
      yield* readPatches(db, projectId);
    },
    writeRecord: (record) =>
      db.transaction().execute((transaction) => writeRecord(transaction, record)),
  };
}

async function readOrganisation(db: Kysely<Tables>): Promise<MetadataRecord> {
  const { value } = await db
    .selectFrom('facts')
    .select('value')
    .where('name', '=', 'organisation_id')
    .executeTakeFirstOrThrow();
  return { type: 'organisation', id: value };
}

async function readProjects(
  db: Kysely<Tables>,
  projectId: string | null,
): Promise<MetadataRecord[]> {
  let query = db.selectFrom('projects').selectAll().orderBy('sequence');
  if (projectId !== null) query = query.where('id', '=', projectId);
  return (await query.execute()).map((row) => ({ type: 'project', project: toProject(row) }));
}

async function readSettings(
  db: Kysely<Tables>,
  projectId: string | null,
): Promise<MetadataRecord[]> {
  let query = db.selectFrom('project_settings').selectAll().orderBy('project_id');
  if (projectId !== null) query = query.where('project_id', '=', projectId);
  return (await query.execute()).map((row) => ({
    type: 'settings',
    projectId: row.project_id,
    settings: row.settings,
    updatedAt: Number(row.updated_at),
  }));
}

async function readKeys(db: Kysely<Tables>): Promise<MetadataRecord[]> {
  const rows = await selectKeys(db).orderBy('sequence').execute();
  return rows.map((row) => ({ type: 'key', key: toApiKey(row), hash: row.key_hash }));
}

async function readViews(db: Kysely<Tables>, projectId: string | null): Promise<MetadataRecord[]> {
  let query = db.selectFrom('project_views').selectAll().orderBy('project_id').orderBy('id');
  if (projectId !== null) query = query.where('project_id', '=', projectId);
  return (await query.execute()).map((row) => ({ type: 'view', view: toView(row) }));
}

async function* readPatches(
  db: Kysely<Tables>,
  projectId: string | null,
): AsyncGenerator<MetadataRecord> {
  let last = 0;
  for (;;) {
    let query = db.selectFrom('held_patches').selectAll().where('sequence', '>', last);
    if (projectId !== null) query = query.where('project_id', '=', projectId);
    const rows = await query.orderBy('sequence').limit(patchPage).execute();
    for (const { sequence, ...patch } of rows.map(toHeldPatch)) {
      last = sequence;
      yield { type: 'patch', patch };
    }
    if (rows.length < patchPage) return;
  }
}

async function writeRecord(db: Transaction<Tables>, record: MetadataRecord): Written {
  switch (record.type) {
    case 'organisation':
      return writeOrganisation(db, record);
    case 'project':
      return writeProject(db, record);
    case 'settings':
      return writeSettings(db, record);
    case 'key':
      return writeKey(db, record);
    case 'view':
      return writeView(db, record);
    case 'patch':
      return writePatch(db, record);
  }
}

/** An installation that has projects or keys has an identity of its own, and keeps it. */
async function writeOrganisation(db: Kysely<Tables>, { id }: RecordOf<'organisation'>): Written {
  for (const table of ['projects', 'api_keys'] as const) {
    if (await db.selectFrom(table).select('id').limit(1).executeTakeFirst()) return 'known';
  }
  await db.updateTable('facts').set({ value: id }).where('name', '=', 'organisation_id').execute();
  return 'stored';
}

async function writeProject(db: Kysely<Tables>, { project }: RecordOf<'project'>): Written {
  const row = {
    id: project.id,
    name: toStoredText(project.name),
    description: toStoredText(project.description),
    type: project.type === null ? null : toStoredText(project.type),
    metadata: JSON.stringify(project.metadata),
    created_at: project.createdAt,
    updated_at: project.updatedAt,
  };
  const known = db.selectFrom('projects').select('id');
  if (await known.where('id', '=', row.id).executeTakeFirst()) return 'known';
  const namesake = await known.where('name', '=', row.name).executeTakeFirst();
  if (namesake) {
    throw new RecordConflict(
      `another project has the name ${JSON.stringify(project.name)}: it is ${namesake.id} there, and ${project.id} here`,
    );
  }
  await db.insertInto('projects').values(row).execute();
  return 'stored';
}

async function writeSettings(db: Kysely<Tables>, record: RecordOf<'settings'>): Written {
  const result = await db
    .insertInto('project_settings')
    .values({
      project_id: record.projectId,
      settings: record.settings,
      updated_at: record.updatedAt,
    })
    .onConflict((conflict) => conflict.column('project_id').doNothing())
    .executeTakeFirst();
  return toWritten(result.numInsertedOrUpdatedRows);
}

/** A key that was revoked here stays revoked, whatever it was there. */
async function writeKey(db: Transaction<Tables>, { key, hash }: RecordOf<'key'>): Written {
  const known = await db
    .selectFrom('api_keys')
    .select('key_hash')
    .where('id', '=', key.id)
    .executeTakeFirst();
  if (known) {
    if (known.key_hash === hash) return 'known';
    throw new RecordConflict(`another key has the id ${key.id}`);
  }
  await insertKeyFacts(db, key);
  await db
    .insertInto('api_keys')
    .values({
      id: key.id,
      name: toStoredText(key.name),
      access: key.access,
      project_id: key.projectId,
      key_hash: hash,
      created_at: key.createdAt,
      revoked_at: key.revokedAt,
    })
    .execute();
  return 'stored';
}

async function writeView(db: Kysely<Tables>, { view }: RecordOf<'view'>): Written {
  const result = await db
    .insertInto('project_views')
    .values({
      id: toStoredText(view.id),
      project_id: view.projectId,
      content: view.content,
      created_at: view.createdAt,
      updated_at: view.updatedAt,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'id']).doNothing())
    .executeTakeFirst();
  return toWritten(result.numInsertedOrUpdatedRows);
}

/** The same change that arrived at the same instant is one change: applied twice, it would do no more than once. */
async function writePatch(db: Kysely<Tables>, { patch }: RecordOf<'patch'>): Written {
  const row = {
    project_id: patch.projectId,
    event_id: toStoredText(patch.eventId),
    patch: patch.patch,
    received_at: patch.receivedAt,
  };
  const known = await db
    .selectFrom('held_patches')
    .select('sequence')
    .where('event_id', '=', row.event_id)
    .where('project_id', 'is', row.project_id)
    .where('patch', '=', row.patch)
    .where('received_at', '=', row.received_at)
    .executeTakeFirst();
  if (known) return 'known';
  await db.insertInto('held_patches').values(row).execute();
  return 'stored';
}

const toWritten = (rowCount: bigint | undefined): 'stored' | 'known' =>
  (rowCount ?? 0n) > 0n ? 'stored' : 'known';
