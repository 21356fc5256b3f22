import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import { projectRecord, TooManyProjects } from './project-store.ts';
import type { Project, ProjectInput, ProjectStore } from './project-store.ts';
import { RecordConflict } from '../domain/record-conflict.ts';
import { toStoredText } from '../domain/stored-text.ts';
import type { RecordTable } from '../store/metadata/record-table.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import { tablesOfProject } from '../tables.ts';
import type { Tables } from '../tables.ts';

export function createProjectStore(db: Kysely<Tables>, maxProjects: number): ProjectStore {
  const create = (input: ProjectInput, now: number): Promise<Project | null> =>
    inTransaction(db, async (transaction) => {
      if (await findByName(transaction, input.name)) return null;
      await requireRoom(transaction, maxProjects);
      return insert(transaction, input, now);
    });
  return {
    createProject: create,
    async ensureProject(name, now) {
      const known = await findByName(db, name);
      if (known) return known;
      const made = await create({ name, description: '', type: null, metadata: {} }, now);
      const project = made ?? (await findByName(db, name));
      if (!project) throw new Error(`project ${JSON.stringify(name)} was removed as it was made`);
      return project;
    },
    async findProject(idOrName) {
      const row = await db
        .selectFrom('projects')
        .selectAll()
        .where('id', '=', toStoredText(idOrName))
        .executeTakeFirst();
      return row ? projectRecord.fromRow(row) : findByName(db, idOrName);
    },
    listProjects: (query) => list(db, query),
    updateProject: (id, change, now) => update(db, { id, change, now }),
    deleteProject: (id) => remove(db, id),
  };
}

async function requireRoom(db: Kysely<Tables>, maxProjects: number): Promise<void> {
  const { count } = await db
    .selectFrom('projects')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= maxProjects) throw new TooManyProjects(`there are ${count} projects`);
}

async function insert(
  db: Kysely<Tables>,
  input: ProjectInput,
  now: number,
): Promise<Project | null> {
  const row = await db
    .insertInto('projects')
    .values(projectRecord.toRow({ ...input, id: randomUUID(), createdAt: now, updatedAt: now }))
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ? projectRecord.fromRow(row) : null;
}

async function findByName(db: Kysely<Tables>, name: string): Promise<Project | null> {
  const row = await db
    .selectFrom('projects')
    .selectAll()
    .where('name', '=', toStoredText(name))
    .executeTakeFirst();
  return row ? projectRecord.fromRow(row) : null;
}

async function list(
  db: Kysely<Tables>,
  query: Parameters<ProjectStore['listProjects']>[0],
): Promise<{ projects: Project[]; total: number }> {
  if (query.ids?.length === 0) return { projects: [], total: 0 };
  let matching = db.selectFrom('projects');
  if (query.ids) matching = matching.where('id', 'in', query.ids.map(toStoredText));
  if (query.search !== undefined) {
    const literal = toLowerAscii(toStoredText(query.search)).replaceAll(/[\\%_]/g, String.raw`\$&`);
    matching = matching.where(sql<boolean>`lower(name) LIKE ${`%${literal}%`} ESCAPE '\\'`);
  }
  if (query.name !== undefined) matching = matching.where('name', '=', toStoredText(query.name));
  const { total } = await matching
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .selectAll()
    .orderBy('sequence')
    .limit(query.limit)
    .offset(query.offset)
    .execute();
  return { projects: rows.map(projectRecord.fromRow), total: Number(total) };
}

/** As `lower` of both databases: other letters stay. */
const toLowerAscii = (text: string): string =>
  text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

async function update(
  db: Kysely<Tables>,
  request: { id: string; change: Parameters<ProjectStore['updateProject']>[1]; now: number },
): Promise<Project | 'conflict' | null> {
  const { id, change, now } = request;
  return inTransaction(db, async (transaction) => {
    const holder = change.name === undefined ? null : await findByName(transaction, change.name);
    const row = await transaction
      .selectFrom('projects')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return null;
    if (holder && holder.id !== id) return 'conflict';
    const changed = await transaction
      .updateTable('projects')
      .set(projectRecord.toColumns({ ...change, updatedAt: now }))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return projectRecord.fromRow(changed);
  });
}

async function remove(db: Kysely<Tables>, id: string): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const keys = transaction.selectFrom('api_keys').select('id').where('project_id', '=', id);
    await transaction.deleteFrom('key_uses').where('key_id', 'in', keys).execute();
    for (const table of tablesOfProject)
      await transaction.deleteFrom(table).where('project_id', '=', id).execute();
    const result = await transaction.deleteFrom('projects').where('id', '=', id).executeTakeFirst();
    return result.numDeletedRows > 0n;
  });
}

export const projectRecords: RecordTable<Project> = {
  async read(db, projectId) {
    let query = db.selectFrom('projects').selectAll().orderBy('sequence');
    if (projectId !== null) query = query.where('id', '=', projectId);
    return (await query.execute()).map(projectRecord.fromRow);
  },
  async write(db, project) {
    const row = projectRecord.toRow(project);
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
  },
};
