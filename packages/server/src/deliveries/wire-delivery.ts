import type { Delivery, DeliveryAttempt, ListedDelivery } from 'honeyhive-wire';
import { attemptRecord, deliveryRecord } from './delivery-store.ts';
import type { StoredAttempt, StoredDelivery } from './delivery-store.ts';
import { parseStoredObject } from '../domain/stored-text.ts';

interface Named {
  readonly delivery: StoredDelivery;
  readonly destinationName: string | null;
}

function toSummary({ delivery, destinationName }: Named) {
  const {
    payload: _payload,
    leased_until: _lease,
    failure_count: _failures,
    ...rest
  } = deliveryRecord.toLine(delivery);
  return {
    ...rest,
    destination_name: destinationName,
    next_attempt_at: rest.status === 'pending' ? rest.next_attempt_at : null,
  };
}

function toWireAttempt(attempt: StoredAttempt): DeliveryAttempt {
  const { delivery_id: _delivery, project_id: _project, ...rest } = attemptRecord.toLine(attempt);
  return rest;
}

export const toWireDelivery = (named: Named, attempts: readonly StoredAttempt[]): Delivery => ({
  ...toSummary(named),
  payload: parseStoredObject(named.delivery.payload),
  attempts: attempts.map(toWireAttempt),
});

export const toListedDelivery = (
  named: Named,
  last: StoredAttempt | undefined,
): ListedDelivery => ({
  ...toSummary(named),
  last_attempt: last === undefined ? null : toWireAttempt(last),
});
