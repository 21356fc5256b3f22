import type { AlertNotification } from '../alerts/notifications.ts';
import type { StoredDestination } from '../destinations/destination-store.ts';
import { targetKinds } from '../domain/alert-target.ts';
import {
  choice,
  describeRecord,
  integer,
  nullable,
  objectText,
  plain,
  text,
} from '../domain/record.ts';
import type { RecordOf } from '../domain/record.ts';

const deliveryFields = {
  /** Stable over attempts. */
  id: plain,
  project_id: plain,
  destination_id: plain,
  kind: choice(targetKinds),
  /** null: a test. */
  alert_id: nullable(text),
  type: plain,
  /** JSON text of an `AlertMessage`. */
  payload: objectText,
  status: choice(['pending', 'delivered', 'dead']),
  created_at: integer,
  /** Until when it is retried. */
  expires_at: integer,
  /** While it is pending. */
  next_attempt_at: integer,
  attempt_count: integer,
  /** Failed attempts since it was stored or sent again by hand. */
  failure_count: integer,
  /** Until then, somebody sends it; 0: nobody does. */
  leased_until: integer,
};

/** A notification for one destination. */
export const deliveryRecord = describeRecord(deliveryFields);
export type StoredDelivery = RecordOf<typeof deliveryRecord>;

/** The same, with its place in the order of what was stored. */
export const sequencedDeliveryRecord = describeRecord({ sequence: integer, ...deliveryFields });
export type SequencedDelivery = RecordOf<typeof sequencedDeliveryRecord>;

export const attemptRecord = describeRecord({
  delivery_id: plain,
  project_id: plain,
  number: integer,
  at: integer,
  duration_ms: integer,
  /** Of the HTTP response or SMTP reply; null without one. */
  status: nullable(integer),
  /** The beginning of the response; null without one. */
  body: nullable(text),
  /** Why it counts as failed; null if delivered. */
  error: nullable(text),
});

export type StoredAttempt = RecordOf<typeof attemptRecord>;

/** A delivery to store. */
export interface NewDelivery extends StoredDelivery {
  /** Why it is dead at once; null if it is not. */
  readonly fault: string | null;
}

/** An attempt, before it has its number. */
export type NewAttempt = Omit<StoredAttempt, 'deliveryId' | 'projectId' | 'number'>;

/** A delivery with the name of its destination, null if that was deleted. */
export interface NamedDelivery {
  readonly delivery: SequencedDelivery;
  readonly destinationName: string | null;
}

/** What is left to do, of all projects. */
export interface DeliveryBacklog {
  readonly pending: number;
  /** When the oldest of them was stored, epoch milliseconds; null without any. */
  readonly oldestAt: number | null;
}

/** Deliveries and their attempts. */
export interface DeliveryStore {
  /** The oldest ones. */
  readNotifications(limit: number): Promise<AlertNotification[]>;
  /**
   * Stores the deliveries of notifications and the destinations that were made for them, and deletes the notifications,
   * all of it or nothing. What is stored already stays as it is.
   *
   * @returns those that are dead at once, those among them for which too many of their project are pending
   */
  storeDeliveries(
    batch: {
      notificationIds: readonly string[];
      destinations: readonly StoredDestination[];
      deliveries: readonly NewDelivery[];
    },
    options: { mostPending: number },
  ): Promise<NewDelivery[]>;
  /** Stores one that was sent already, with its attempt. */
  addSentDelivery(delivery: StoredDelivery, attempt: NewAttempt): Promise<void>;
  /** Takes what is due, at most one for each destination, none of those in `except`; the longest due first. */
  claimDeliveries(query: {
    now: number;
    leasedUntil: number;
    limit: number;
    except: readonly string[];
  }): Promise<StoredDelivery[]>;
  /** Stores an attempt and its outcome for the delivery. What was delivered meanwhile stays delivered. */
  finishAttempt(
    delivery: Pick<StoredDelivery, 'id' | 'projectId'>,
    attempt: NewAttempt,
    next: Pick<StoredDelivery, 'status' | 'nextAttemptAt' | 'failureCount'>,
  ): Promise<void>;
  /** Lets go of what a process that ended was sending. */
  releaseDeliveries(): Promise<void>;
  /** Newest first. */
  listDeliveries(query: {
    projectId: string;
    alertId: string | null;
    destinationId: string | null;
    status: StoredDelivery['status'] | null;
    /** Only those before the sequence; null: from the newest. */
    before: number | null;
    limit: number;
  }): Promise<NamedDelivery[]>;
  /** null when the project has no such delivery. */
  findDelivery(projectId: string, id: string): Promise<NamedDelivery | null>;
  /** The latest ones of each of the deliveries, oldest first. */
  listAttempts(
    deliveryIds: readonly string[],
    options: { mostOfDelivery: number },
  ): Promise<StoredAttempt[]>;
  /** Makes it due now; it is retried until `expiresAt`. */
  resendDelivery(
    delivery: Pick<StoredDelivery, 'id' | 'projectId'>,
    options: { now: number; expiresAt: number },
  ): Promise<void>;
  measureDeliveries(): Promise<DeliveryBacklog>;
  /** Drops the oldest that are not pending: from before an instant, and what a project has too many of. */
  trimDeliveries(options: { before: number; mostOfProject: number }): Promise<void>;
}
