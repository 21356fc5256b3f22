import type { Clock } from '../clock.ts';
import type { StoredDestination } from '../destinations/destination-store.ts';
import type { AlertMessage } from '../domain/alert-message.ts';
import { newId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Project } from '../projects/project-store.ts';
import { toAttempt } from '../senders/attempt.ts';
import type { Senders } from '../senders/senders.ts';
import { openTarget } from '../senders/target-box.ts';
import type { SecretBox } from '../store/secret-box.ts';
import type { DeliveryStore, StoredAttempt, StoredDelivery } from './delivery-store.ts';

/** Sends tests of destinations. */
export interface TestSender {
  /**
   * Sends one test, without retries, and keeps it in the log.
   *
   * @throws {Problem} `rate_limited` while another test is sent to the destination, or too many are sent in all
   */
  send(about: TestedDestination): Promise<SentTest>;
}

interface TestedDestination {
  readonly project: Project;
  readonly destination: StoredDestination;
}

export interface TestSenderDeps {
  readonly metadata: Pick<DeliveryStore, 'addSentDelivery'>;
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>;
  readonly secretBox: SecretBox;
  readonly senders: Pick<Senders, 'send'>;
}

export interface SentTest {
  readonly delivery: StoredDelivery;
  readonly attempt: StoredAttempt;
}

const mostRunning = 8;

/** One test at a time to each destination, a few in all. */
export function createTestSender(deps: TestSenderDeps): TestSender {
  const running = new Set<string>();
  return {
    async send(about) {
      const { id } = about.destination;
      if (running.has(id) || running.size >= mostRunning)
        throw new Problem('rate_limited', 'Another test is being sent: wait until it is done.');
      running.add(id);
      try {
        return await send(about, deps);
      } finally {
        running.delete(id);
      }
    },
  };
}

async function send(
  { project, destination }: TestedDestination,
  { metadata, clock, secretBox, senders }: TestSenderDeps,
): Promise<SentTest> {
  const now = clock.now();
  const id = newId(now);
  const payload = JSON.stringify(testMessage(project, now));
  const target = openTarget(secretBox, destination.sealed, destination.id);
  const attempt = await toAttempt(clock, target, (opened) => senders.send(opened, { id, payload }));
  const delivery: StoredDelivery = {
    id,
    projectId: project.id,
    destinationId: destination.id,
    kind: destination.kind,
    alertId: null,
    type: 'alert.test',
    payload,
    status: attempt.outcome.error === null ? 'delivered' : 'dead',
    createdAt: now,
    expiresAt: now,
    nextAttemptAt: now,
    attemptCount: 1,
    failureCount: 0,
    leasedUntil: 0,
  };
  await metadata.addSentDelivery(delivery, attempt.record);
  return {
    delivery,
    attempt: { ...attempt.record, deliveryId: id, projectId: project.id, number: 1 },
  };
}

function testMessage({ id, name }: Project, now: number): AlertMessage {
  const at = new Date(now).toISOString();
  return {
    type: 'alert.test',
    timestamp: at,
    data: {
      project_id: id,
      project: name,
      alert: null,
      alert_id: null,
      group: null,
      status: 'ok',
      reason: null,
      value: null,
      threshold: null,
      window_start: at,
      window_end: at,
      url: null,
    },
  };
}
