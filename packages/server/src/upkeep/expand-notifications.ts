import type { Logger } from 'pino';
import type { AlertNotification, NotificationPayload } from '../alerts/notifications.ts';
import { openDetails } from '../alerts/sealed-details.ts';
import type { Clock } from '../clock.ts';
import type { DeliveryStore, NewDelivery, StoredDelivery } from '../deliveries/delivery-store.ts';
import type { DestinationStore, StoredDestination } from '../destinations/destination-store.ts';
import { derivedId } from '../domain/ids.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { ProjectStore } from '../projects/project-store.ts';
import { retryForMs } from '../senders/delivery-schedule.ts';
import { isFault, readDetails } from '../senders/read-details.ts';
import type { DetailsFault, DetailsTarget } from '../senders/read-details.ts';
import type { Senders } from '../senders/senders.ts';
import { openTarget, sealTarget } from '../senders/target-box.ts';
import { mintSigningSecret } from '../senders/webhook-message.ts';
import type { SecretBox } from '../store/secret-box.ts';
import { toMessage } from './notification-message.ts';

export interface ExpandDeps {
  readonly metadata: Pick<DeliveryStore, 'readNotifications' | 'storeDeliveries'> &
    Pick<DestinationStore, 'findDestination'> &
    Pick<ProjectStore, 'findProject'>;
  readonly senders: Pick<Senders, 'guard'>;
  readonly secretBox: SecretBox;
  readonly clock: Pick<Clock, 'now'>;
  readonly metrics: Pick<Metrics, 'delivery'>;
  readonly logger: Pick<Logger, 'warn'>;
  /** Where browsers find the web UI, without a slash at the end; null: not known. */
  readonly uiUrl: string | null;
}

const batchSize = 100;
/** Of one project; what comes on top is dead at once, and shown as that. */
const mostPending = 10_000;

/** Where a notification goes to. */
interface Way {
  readonly destinationId: string;
  readonly kind: StoredDelivery['kind'];
  /** Made for the notification; null: it is there, or cannot be made. */
  readonly made: StoredDestination | null;
  /** Why nothing can be sent; null if it can. */
  readonly fault: string | null;
}

/**
 * Makes a delivery of each notification for each of its destinations, once: the notification is deleted in the same
 * transaction. One that cannot be sent is dead at once, so that it is shown.
 *
 * @returns whether there may be more
 */
export async function expandNotifications(deps: ExpandDeps): Promise<boolean> {
  const notifications = await deps.metadata.readNotifications(batchSize);
  if (notifications.length === 0) return false;
  const destinations: StoredDestination[] = [];
  const deliveries: NewDelivery[] = [];
  for (const notification of notifications) {
    const payload = assumePayload(notification.payload);
    const ways = await findWays(notification, payload, deps);
    destinations.push(...ways.flatMap(({ made }) => made ?? []));
    deliveries.push(...(await toDeliveries(notification, { payload, ways }, deps)));
  }
  const dead = await deps.metadata.storeDeliveries(
    { notificationIds: notifications.map(({ id }) => id), destinations, deliveries },
    { mostPending },
  );
  for (const { id, projectId, kind, fault: error } of dead) {
    deps.metrics.delivery(kind, 'dead');
    deps.logger.warn({ projectId, deliveryId: id, error }, 'a notification cannot be sent');
  }
  return notifications.length === batchSize;
}

/** Evaluations store payloads of this shape. */
function assumePayload(payload: string): NotificationPayload {
  return JSON.parse(payload) as NotificationPayload;
}

async function findWays(
  { projectId, alertId }: AlertNotification,
  { destination_ids: ids, details: stored }: NotificationPayload,
  deps: ExpandDeps,
): Promise<Way[]> {
  const ways: Way[] = [];
  for (const destinationId of new Set(ids)) {
    const found = await deps.metadata.findDestination(projectId, destinationId);
    const fault = found === null ? 'the destination is missing: it was deleted' : null;
    ways.push({ destinationId, kind: found?.kind ?? 'webhook', made: null, fault });
  }
  if (stored === null) return ways;
  const details = openDetails(stored, deps.secretBox, { projectId, alertId });
  const target = details ? readDetails(details, deps.senders.guard) : unreadable;
  if (target === null) return ways;
  const destinationId = derivedId(JSON.stringify([projectId, isFault(target) ? stored : target]));
  if (!isFault(target)) {
    const made = await ensureDestination({ projectId, id: destinationId, target }, deps);
    return [...ways, { destinationId, kind: target.kind, made, fault: null }];
  }
  const { kind, path, fault } = target;
  const where = `notification_details: ${path.join('.')}: ${fault}`;
  return [...ways, { destinationId, kind, made: null, fault: where }];
}

const unreadable: DetailsFault = {
  kind: 'webhook',
  path: ['metadata'],
  fault: 'was encrypted with another secrets key: set it again',
};

interface Wanted {
  readonly projectId: string;
  readonly id: string;
  readonly target: DetailsTarget;
}

/** The destination of a channel: the same for all alerts of the project that name it. null: it is there. */
async function ensureDestination(
  { projectId, id, target }: Wanted,
  { metadata, secretBox, clock }: ExpandDeps,
): Promise<StoredDestination | null> {
  const known = await metadata.findDestination(projectId, id);
  if (known !== null && openTarget(secretBox, known.sealed, id) !== null) return null;
  const whole = target.kind === 'webhook' ? { ...target, secret: mintSigningSecret() } : target;
  const now = clock.now();
  return {
    id,
    projectId,
    name: known?.name ?? `${shortNameOf(target)} (${id.slice(0, 8)})`,
    kind: target.kind,
    madeBy: 'alert',
    sealed: sealTarget(secretBox, whole, id),
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
  };
}

const shortNameOf = (target: DetailsTarget): string =>
  (target.kind === 'email' ? (target.addresses[0] ?? '') : new URL(target.url).hostname).slice(
    0,
    150,
  );

async function toDeliveries(
  notification: AlertNotification,
  { payload, ways }: { readonly payload: NotificationPayload; readonly ways: readonly Way[] },
  { metadata, clock, uiUrl }: ExpandDeps,
): Promise<NewDelivery[]> {
  const { projectId } = notification;
  const project = await metadata.findProject(projectId);
  const message = toMessage(notification, payload, { project: project?.name ?? null, uiUrl });
  const now = clock.now();
  return ways.map(({ destinationId, kind, fault }) => ({
    // The same however often this is repeated.
    id: derivedId(JSON.stringify([notification.id, destinationId])),
    projectId,
    destinationId,
    kind,
    alertId: notification.alertId,
    type: message.type,
    payload: JSON.stringify(message),
    status: fault === null ? 'pending' : 'dead',
    createdAt: now,
    expiresAt: now + retryForMs,
    nextAttemptAt: now,
    attemptCount: 0,
    failureCount: 0,
    leasedUntil: 0,
    fault,
  }));
}
