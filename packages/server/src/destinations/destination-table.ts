import type { Kysely, Transaction } from 'kysely';
import { destinationRecord } from './destination-store.ts';
import type { DestinationStore, StoredDestination } from './destination-store.ts';
import { toStoredText } from '../domain/stored-text.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';

export function createDestinationStore(db: Kysely<Tables>): DestinationStore {
  return {
    async listDestinations(projectId) {
      const rows = await db
        .selectFrom('alert_destinations')
        .selectAll()
        .where('project_id', '=', projectId)
        .execute();
      return rows.map(destinationRecord.fromRow);
    },
    findDestination: (projectId, id) => find(db, { projectId, id }),
    createDestination: (destination, { mostPerProject }) =>
      inTransaction(db, async (transaction) => {
        if (await hasName(transaction, destination)) return 'taken';
        if ((await countMade(transaction, destination.projectId)) >= mostPerProject) return 'full';
        await transaction
          .insertInto('alert_destinations')
          .values(destinationRecord.toRow(destination))
          .execute();
        return destination;
      }),
    updateDestination: (place, change, now) =>
      inTransaction(db, async (transaction) => {
        const known = await find(transaction, place);
        if (known === null) return null;
        const changed = { ...known, ...change, updatedAt: now };
        if (await hasName(transaction, changed)) return 'taken';
        await transaction
          .updateTable('alert_destinations')
          .set(destinationRecord.toColumns({ ...change, updatedAt: now }))
          .where('id', '=', place.id)
          .execute();
        return changed;
      }),
    deleteDestination: (projectId, id) =>
      inTransaction(db, (transaction) => remove(transaction, { projectId, id })),
  };
}

type Place = Pick<StoredDestination, 'projectId' | 'id'>;

async function remove(db: Transaction<Tables>, { projectId, id }: Place): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('alert_destinations')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  await db
    .updateTable('alert_deliveries')
    .set({ status: 'dead' })
    .where('destination_id', '=', id)
    .where('status', '=', 'pending')
    .execute();
  return true;
}

async function find(
  db: Kysely<Tables>,
  { projectId, id }: Place,
): Promise<StoredDestination | null> {
  const row = await db
    .selectFrom('alert_destinations')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? destinationRecord.fromRow(row) : null;
}

/** Whether another destination of the project has the name. */
async function hasName(
  db: Transaction<Tables>,
  { projectId, id, name }: Pick<StoredDestination, 'projectId' | 'id' | 'name'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('alert_destinations')
    .select('id')
    .where('project_id', '=', projectId)
    .where('name', '=', toStoredText(name))
    .where('id', '<>', id)
    .executeTakeFirst();
  return row !== undefined;
}

async function countMade(db: Transaction<Tables>, projectId: string): Promise<number> {
  const { count } = await db
    .selectFrom('alert_destinations')
    .select((select) => select.fn.countAll().as('count'))
    .where('project_id', '=', projectId)
    .where('made_by', '=', 'caller')
    .executeTakeFirstOrThrow();
  return Number(count);
}
