import type { Kysely, Transaction } from 'kysely';
import { notificationRecord } from '../alerts/notifications.ts';
import { destinationRecord } from '../destinations/destination-store.ts';
import type { StoredDestination } from '../destinations/destination-store.ts';
import { inTransaction } from '../store/metadata/transaction.ts';
import type { Tables } from '../tables.ts';
import { attemptRecord, deliveryRecord } from './delivery-store.ts';
import type { DeliveryStore, NewDelivery } from './delivery-store.ts';

/** What turns notifications into deliveries. */
export function createNotificationReads(
  db: Kysely<Tables>,
): Pick<DeliveryStore, 'readNotifications' | 'storeDeliveries'> {
  return {
    async readNotifications(limit) {
      const rows = await db
        .selectFrom('alert_notifications')
        .selectAll()
        .orderBy('created_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(notificationRecord.fromRow);
    },
    storeDeliveries: (batch, options) =>
      inTransaction(db, (transaction) => store(transaction, batch, options)),
  };
}

async function store(
  db: Transaction<Tables>,
  { notificationIds, destinations, deliveries }: Parameters<DeliveryStore['storeDeliveries']>[0],
  { mostPending }: { readonly mostPending: number },
): Promise<NewDelivery[]> {
  for (const destination of destinations) await saveDestination(db, destination);
  const pending = new Map<string, number>();
  const dead: NewDelivery[] = [];
  for (const delivery of deliveries) {
    const { projectId, fault } = delivery;
    const count = pending.get(projectId) ?? (await countPending(db, projectId));
    const problem = fault ?? (count >= mostPending ? tooMany : null);
    const stored = problem === null ? delivery : toDead(delivery, problem);
    await insert(db, stored);
    if (problem !== null) dead.push(stored);
    pending.set(projectId, problem === null ? count + 1 : count);
  }
  await db.deleteFrom('alert_notifications').where('id', 'in', notificationIds).execute();
  return dead;
}

const tooMany = 'too many notifications of the project are pending';

const toDead = (delivery: NewDelivery, fault: string): NewDelivery => ({
  ...delivery,
  status: 'dead',
  fault,
});

const saveDestination = (db: Transaction<Tables>, destination: StoredDestination) =>
  db
    .insertInto('alert_destinations')
    .values(destinationRecord.toRow(destination))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(({ ref }) => ({ sealed: ref('excluded.sealed') })),
    )
    .execute();

async function insert(db: Transaction<Tables>, delivery: NewDelivery): Promise<void> {
  const { id, projectId, createdAt: at, fault } = delivery;
  const { numInsertedOrUpdatedRows: count } = await db
    .insertInto('alert_deliveries')
    .values(deliveryRecord.toRow(delivery))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (fault === null || (count ?? 0n) === 0n) return;
  // Not an attempt, but shown as one.
  const error = `not sent: ${fault}`;
  const attempt = { at, durationMs: 0, status: null, body: null, error };
  await db
    .insertInto('alert_delivery_attempts')
    .values(attemptRecord.toRow({ ...attempt, deliveryId: id, projectId, number: 0 }))
    .execute();
}

async function countPending(db: Transaction<Tables>, projectId: string): Promise<number> {
  const { count } = await db
    .selectFrom('alert_deliveries')
    .select((select) => select.fn.countAll().as('count'))
    .where('project_id', '=', projectId)
    .where('status', '=', 'pending')
    .executeTakeFirstOrThrow();
  return Number(count);
}
