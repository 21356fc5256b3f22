import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { DeliveryStore, StoredDelivery } from '../deliveries/delivery-store.ts';
import type { TargetKind } from '../domain/alert-target.ts';
import { toAttempt } from '../senders/attempt.ts';
import type { Attempt } from '../senders/attempt.ts';
import type { WriteTurns } from '../ingest/write-turns.ts';
import { decideNext } from '../senders/delivery-schedule.ts';
import { sendLimits } from '../senders/senders.ts';
import type { Senders } from '../senders/senders.ts';
import { openTarget } from '../senders/target-box.ts';
import { expandNotifications } from './expand-notifications.ts';
import type { ExpandDeps } from './expand-notifications.ts';

export interface DeliverDeps extends ExpandDeps {
  readonly metadata: ExpandDeps['metadata'] &
    Pick<
      DeliveryStore,
      'claimDeliveries' | 'finishAttempt' | 'releaseDeliveries' | 'trimDeliveries'
    >;
  readonly senders: Pick<Senders, 'send' | 'guard'>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  readonly writeTurns: Pick<WriteTurns, 'isShared'>;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
}

const everyMs = 1_000;
const trimEveryMs = 3_600_000;
const mostAtOnce = 16;
/** Longer than an attempt may take: what is not finished by then was interrupted, and is sent again. */
const claimForMs = 4 * sendLimits.totalTimeoutMs;
/** Least time from one attempt to the next to a destination. Source: Slack, "Rate limits": one message a second. */
const gapMs: Readonly<Record<TargetKind, number>> = { webhook: 100, slack: 1_000, email: 1_000 };
/** The end of the process waits so long for what is being sent; what takes longer is sent again. */
const stopWithinMs = 2_000;
const keepFor = { days: 30, mostOfProject: 10_000 };
const dayMs = 86_400_000;

/**
 * Sends what is due: one at a time to each destination, with a gap between, and a few at once in all. Claims are in the
 * store, so that several servers may do it; what a process that ended was sending is sent again, under the same id.
 *
 * @returns stops it
 */
export function deliverAlerts(deps: DeliverDeps): () => Promise<void> {
  const delivering = new Delivering(deps);
  const { clock } = deps;
  const cancels = [
    clock.every(everyMs, () => delivering.pump()),
    clock.every(trimEveryMs, () => delivering.trim()),
  ];
  delivering.begin();
  return () => {
    for (const cancel of cancels) cancel();
    return delivering.end();
  };
}

class Delivering {
  readonly #deps: DeliverDeps;
  /** What is being sent, by destination. */
  readonly #sending = new Map<string, Promise<void>>();
  #claiming: Promise<void> | null = null;
  #state: 'running' | 'stopping' | 'abandoned' = 'running';

  constructor(deps: DeliverDeps) {
    this.#deps = deps;
  }

  /** Who has the stores for itself releases what is claimed there: what did that has ended. Else claims expire. */
  begin(): void {
    if (this.#deps.writeTurns.isShared) {
      this.pump();
      return;
    }
    this.#claiming = this.#deps.metadata
      .releaseDeliveries()
      .catch(this.#report)
      .finally(() => {
        this.#claiming = null;
        this.pump();
      });
  }

  pump(): void {
    if (this.#state !== 'running') return;
    this.#claiming ??= this.#claim()
      .catch(this.#report)
      .finally(() => {
        this.#claiming = null;
      });
  }

  trim(): void {
    const { metadata, clock } = this.#deps;
    const before = clock.now() - keepFor.days * dayMs;
    metadata.trimDeliveries({ before, mostOfProject: keepFor.mostOfProject }).catch(this.#report);
  }

  async end(): Promise<void> {
    this.#state = 'stopping';
    await this.#claiming;
    const ending = Promise.all(this.#sending.values());
    await this.#deps.clock
      .withLimit(stopWithinMs, ending, () => new Error('abandoned'))
      .catch(() => {
        this.#state = 'abandoned';
      });
  }

  async #claim(): Promise<void> {
    const { metadata, clock } = this.#deps;
    while (this.#state === 'running' && (await expandNotifications(this.#deps)));
    while (this.#state === 'running' && this.#sending.size < mostAtOnce) {
      const now = clock.now();
      const claimed = await metadata.claimDeliveries({
        now,
        leasedUntil: now + claimForMs,
        limit: mostAtOnce - this.#sending.size,
        except: [...this.#sending.keys()],
      });
      if (claimed.length === 0) return;
      for (const delivery of claimed) this.#track(delivery);
    }
  }

  #track(delivery: StoredDelivery): void {
    const { clock } = this.#deps;
    const startMs = clock.monotonicMs();
    const work = this.#deliver(delivery)
      .catch(this.#report)
      .then(() => clock.sleep(gapMs[delivery.kind] - (clock.monotonicMs() - startMs)))
      .finally(() => {
        this.#sending.delete(delivery.destinationId);
        this.pump();
      });
    this.#sending.set(delivery.destinationId, work);
  }

  async #deliver(delivery: StoredDelivery): Promise<void> {
    const { metadata, senders, secretBox, clock } = this.#deps;
    const { projectId, destinationId } = delivery;
    const destination = await metadata.findDestination(projectId, destinationId);
    // Deleted meanwhile, and with it what was pending.
    if (destination === null) return;
    const target = openTarget(secretBox, destination.sealed, destinationId);
    const attempt = await toAttempt(clock, target, (opened) => senders.send(opened, delivery));
    if (this.#state !== 'abandoned') await this.#finish(delivery, attempt);
  }

  async #finish(delivery: StoredDelivery, { outcome, record }: Attempt): Promise<void> {
    const { metadata, clock, random, metrics, logger } = this.#deps;
    const failures = delivery.failureCount + 1;
    const next = decideNext(
      outcome,
      { attempt: failures, expiresAt: delivery.expiresAt },
      { now: clock.now(), random },
    );
    const isPending = next.status === 'pending';
    await metadata.finishAttempt(delivery, record, {
      status: next.status,
      nextAttemptAt: isPending ? next.nextAttemptAt : delivery.nextAttemptAt,
      failureCount: next.status === 'delivered' ? 0 : failures,
    });
    metrics.delivery(delivery.kind, isPending ? 'failed' : next.status);
    if (next.status !== 'dead') return;
    const { id, projectId, destinationId } = delivery;
    const about = { projectId, destinationId, deliveryId: id, error: outcome.error };
    logger.warn(about, 'a notification is dead: it is not retried any longer');
  }

  readonly #report = (error: unknown): void => {
    if (this.#state !== 'abandoned')
      this.#deps.logger.error({ err: error }, 'alerts could not be delivered');
  };
}
