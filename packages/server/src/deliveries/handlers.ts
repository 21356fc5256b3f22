import { limits } from 'honeyhive-wire';
import type { Delivery } from 'honeyhive-wire';
import type { DeliveryStore, NamedDelivery } from './delivery-store.ts';
import { toListedDelivery, toWireDelivery } from './wire-delivery.ts';
import { invalid, notFound, Problem } from '../domain/problem.ts';
import type { Handler } from '../calls/handler.ts';
import type { Clock } from '../clock.ts';
import { retryForMs } from '../senders/delivery-schedule.ts';

type Reads = Pick<DeliveryStore, 'listDeliveries' | 'findDelivery' | 'listAttempts'>;

export interface DeliveryServices {
  readonly metadata: Reads & Pick<DeliveryStore, 'resendDelivery'>;
  readonly clock: Pick<Clock, 'now'>;
}

const defaultPage = 50;
/** Attempts of one delivery in an answer. */
const shownAttempts = 100;

export const listAlertDeliveries: Handler<'listAlertDeliveries', DeliveryServices> = async (
  { access, params, query },
  { metadata },
) => {
  const project = await access.project(params.project_id);
  const limit = query.limit === undefined ? defaultPage : Number(query.limit);
  if (limit < 1 || limit > limits.deliveryPage)
    throw invalid([{ field: 'limit', message: `expected 1 to ${limits.deliveryPage}` }]);
  // One more tells whether there is a next page.
  const found = await metadata.listDeliveries({
    projectId: project.id,
    alertId: query.alert_id ?? null,
    destinationId: query.destination_id ?? null,
    status: query.status ?? null,
    before: query.cursor === undefined ? null : Number(query.cursor),
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const ids = page.map(({ delivery }) => delivery.id);
  const attempts = await metadata.listAttempts(ids, { mostOfDelivery: 1 });
  const lastOf = new Map(attempts.map((attempt) => [attempt.deliveryId, attempt]));
  const last = page.at(-1);
  return {
    deliveries: page.map((named) => toListedDelivery(named, lastOf.get(named.delivery.id))),
    next_cursor: found.length > limit && last !== undefined ? String(last.delivery.sequence) : null,
  };
};

export const getAlertDelivery: Handler<'getAlertDelivery', DeliveryServices> = async (
  { access, params },
  { metadata },
) => {
  const project = await access.project(params.project_id);
  return describe(metadata, await require(metadata, project.id, params.delivery_id));
};

export const resendAlertDelivery: Handler<'resendAlertDelivery', DeliveryServices> = async (
  { access, params },
  { metadata, clock },
) => {
  const project = await access.project(params.project_id);
  const { delivery, destinationName } = await require(metadata, project.id, params.delivery_id);
  if (destinationName === null)
    throw new Problem('conflict', 'The destination of this delivery was deleted.');
  const now = clock.now();
  await metadata.resendDelivery(delivery, { now, expiresAt: now + retryForMs });
  return describe(metadata, await require(metadata, project.id, delivery.id));
};

async function require(metadata: Reads, projectId: string, id: string): Promise<NamedDelivery> {
  const found = await metadata.findDelivery(projectId, id);
  if (found === null) throw notFound('delivery', id);
  return found;
}

async function describe(metadata: Reads, named: NamedDelivery): Promise<Delivery> {
  const attempts = await metadata.listAttempts([named.delivery.id], {
    mostOfDelivery: shownAttempts,
  });
  return toWireDelivery(named, attempts);
}
