import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { attemptRecord, deliveryRecord, sequencedDeliveryRecord } from './delivery-store.ts';
import type { DeliveryStore, NamedDelivery, NewAttempt, StoredDelivery } from './delivery-store.ts';
import { fromStoredText, toStoredText } from '../domain/stored-text.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';
import { createNotificationReads } from './notification-table.ts';

export function createDeliveryStore(db: Kysely<Tables>): DeliveryStore {
  return {
    addSentDelivery: (delivery, attempt) =>
      inTransaction(db, async (transaction) => {
        await transaction
          .insertInto('alert_deliveries')
          .values(deliveryRecord.toRow({ ...delivery, attemptCount: 0 }))
          .execute();
        await addAttempt(transaction, delivery, attempt);
      }),
    claimDeliveries: (query) => inTransaction(db, (transaction) => claim(transaction, query)),
    finishAttempt: (delivery, attempt, next) =>
      inTransaction(db, async (transaction) => {
        await addAttempt(transaction, delivery, attempt);
        await transaction
          .updateTable('alert_deliveries')
          .set(deliveryRecord.toColumns({ ...next, leasedUntil: 0 }))
          .where('id', '=', delivery.id)
          // One whose destination was deleted meanwhile is dead, unless it arrived.
          .$if(next.status !== 'delivered', (query) => query.where('status', '=', 'pending'))
          .execute();
      }),
    async releaseDeliveries() {
      await inTransaction(db, (transaction) =>
        transaction
          .updateTable('alert_deliveries')
          .set({ leased_until: 0 })
          .where('leased_until', '>', 0)
          .execute(),
      );
    },
    ...createNotificationReads(db),
    ...createDeliveryReads(db),
    async resendDelivery({ id, projectId }, { now, expiresAt }) {
      await db
        .updateTable('alert_deliveries')
        .set(
          deliveryRecord.toColumns({
            status: 'pending',
            nextAttemptAt: now,
            expiresAt,
            failureCount: 0,
          }),
        )
        .where('id', '=', id)
        .where('project_id', '=', projectId)
        .execute();
    },
    trimDeliveries: (options) => inTransaction(db, (transaction) => trim(transaction, options)),
  };
}

function createDeliveryReads(
  db: Kysely<Tables>,
): Pick<DeliveryStore, 'listDeliveries' | 'findDelivery' | 'listAttempts' | 'measureDeliveries'> {
  return {
    async listDeliveries({ projectId, alertId, destinationId, status, before, limit }) {
      let query = selectNamed(db, projectId).orderBy('sequence', 'desc').limit(limit);
      if (alertId !== null) query = query.where('alert_id', '=', toStoredText(alertId));
      if (destinationId !== null) query = query.where('destination_id', '=', destinationId);
      if (status !== null) query = query.where('status', '=', status);
      if (before !== null) query = query.where('sequence', '<', before);
      return (await query.execute()).map(toNamed);
    },
    async findDelivery(projectId, id) {
      const row = await selectNamed(db, projectId)
        .where('alert_deliveries.id', '=', id)
        .executeTakeFirst();
      return row ? toNamed(row) : null;
    },
    async listAttempts(deliveryIds, { mostOfDelivery }) {
      if (deliveryIds.length === 0) return [];
      const rows = await db
        .selectFrom('alert_delivery_attempts')
        .innerJoin('alert_deliveries', 'alert_deliveries.id', 'delivery_id')
        .selectAll('alert_delivery_attempts')
        .where('delivery_id', 'in', deliveryIds)
        .where(sql<boolean>`number > attempt_count - ${mostOfDelivery}`)
        .orderBy('delivery_id')
        .orderBy('number')
        .execute();
      return rows.map(attemptRecord.fromRow);
    },
    async measureDeliveries() {
      const { count, oldest } = await db
        .selectFrom('alert_deliveries')
        .select(({ fn }) => [fn.countAll().as('count'), fn.min('created_at').as('oldest')])
        .where('status', '=', 'pending')
        .executeTakeFirstOrThrow();
      return { pending: Number(count), oldestAt: oldest === null ? null : Number(oldest) };
    },
  };
}

const selectNamed = (db: Kysely<Tables>, projectId: string) =>
  db
    .selectFrom('alert_deliveries')
    .leftJoin('alert_destinations', 'alert_destinations.id', 'destination_id')
    .selectAll('alert_deliveries')
    .select('alert_destinations.name as destination_name')
    .where('alert_deliveries.project_id', '=', projectId);

type NamedRow = Parameters<typeof sequencedDeliveryRecord.fromRow>[0] & {
  readonly destination_name: string | null;
};

const toNamed = ({ destination_name: name, ...row }: NamedRow): NamedDelivery => ({
  delivery: sequencedDeliveryRecord.fromRow(row),
  destinationName: name === null ? null : fromStoredText(name),
});

async function claim(
  db: Transaction<Tables>,
  { now, leasedUntil, limit, except }: Parameters<DeliveryStore['claimDeliveries']>[0],
): Promise<StoredDelivery[]> {
  const due = db
    .selectFrom('alert_deliveries')
    .select(['id', 'next_attempt_at', 'sequence'])
    .select(
      sql<number>`row_number() OVER (PARTITION BY destination_id ORDER BY next_attempt_at, sequence)`.as(
        'place',
      ),
    )
    .where('status', '=', 'pending')
    .where('next_attempt_at', '<=', now)
    .where('leased_until', '<=', now)
    .$if(except.length > 0, (query) => query.where('destination_id', 'not in', except));
  const chosen = await db
    .selectFrom(due.as('due'))
    .select('id')
    .where('place', '=', 1)
    .orderBy('next_attempt_at')
    .orderBy('sequence')
    .limit(limit)
    .execute();
  if (chosen.length === 0) return [];
  const rows = await db
    .updateTable('alert_deliveries')
    .set({ leased_until: leasedUntil })
    .where(
      'id',
      'in',
      chosen.map(({ id }) => id),
    )
    .returningAll()
    .execute();
  return rows.map(deliveryRecord.fromRow);
}

async function addAttempt(
  db: Transaction<Tables>,
  { id, projectId }: Pick<StoredDelivery, 'id' | 'projectId'>,
  attempt: NewAttempt,
): Promise<void> {
  const row = await db
    .updateTable('alert_deliveries')
    .set((set) => ({ attempt_count: set('attempt_count', '+', 1) }))
    .where('id', '=', id)
    .returning('attempt_count')
    .executeTakeFirst();
  // Its project was deleted meanwhile.
  if (row === undefined) return;
  await db
    .insertInto('alert_delivery_attempts')
    .values(
      attemptRecord.toRow({
        ...attempt,
        deliveryId: id,
        projectId,
        number: Number(row.attempt_count),
      }),
    )
    .execute();
}

async function trim(
  db: Transaction<Tables>,
  { before, mostOfProject }: Parameters<DeliveryStore['trimDeliveries']>[0],
): Promise<void> {
  const places = db
    .selectFrom('alert_deliveries')
    .select(['id', 'created_at'])
    .select(
      sql<number>`row_number() OVER (PARTITION BY project_id ORDER BY sequence DESC)`.as('place'),
    )
    .where('status', '<>', 'pending');
  const old = db
    .selectFrom(places.as('places'))
    .select('id')
    .where((where) =>
      where.or([where('created_at', '<', before), where('place', '>', mostOfProject)]),
    );
  await db.deleteFrom('alert_delivery_attempts').where('delivery_id', 'in', old).execute();
  await db.deleteFrom('alert_deliveries').where('id', 'in', old).execute();
}
