import { startFaultProxy } from 'honeyhive-testkit';
import type { FaultProxy } from 'honeyhive-testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { localWriteTurns } from '../ingest/write-turns.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { NamedDelivery, StoredDelivery } from '../deliveries/delivery-store.ts';
import type { MetadataStore } from '../open-metadata.ts';
import { createSenders } from '../senders/senders.ts';
import { sealTarget } from '../senders/target-box.ts';
import { mintSigningSecret } from '../senders/webhook-message.ts';
import { createSecretBox } from '../store/secret-box.ts';
import { deliverAlerts } from './deliver-alerts.ts';
import { openTestMetadata } from '../store/testing/open-test-metadata.ts';

const start = Date.UTC(2026, 0, 2);
const hour = 3_600_000;
const projectId = 'p';
const secretBox = createSecretBox('k'.repeat(43));

let dataDir = '';
let metadata: MetadataStore;
let receiver: FaultProxy;
let now = start;
let ticks: { readonly everyMs: number; readonly run: () => void }[] = [];
let stop: () => Promise<void>;
const outcomes: string[] = [];

/** Its timers run when the test says so; only the limits of an attempt take real time. */
const clock: Clock = {
  ...systemClock,
  now: () => now,
  sleep: () => systemClock.nextTurn(),
  every(everyMs, run) {
    ticks.push({ everyMs, run });
    return () => undefined;
  },
};

const startDelivering = (totalTimeoutMs = 60_000): (() => Promise<void>) =>
  deliverAlerts({
    writeTurns: localWriteTurns,
    metadata,
    secretBox,
    clock,
    senders: createSenders({
      allowedNetworks: 'loopback',
      smtp: null,
      clock,
      limits: { connectTimeoutMs: 60_000, totalTimeoutMs, bodyBytes: 1_024 },
    }),
    metrics: { delivery: (kind, outcome) => void outcomes.push(`${kind} ${outcome}`) },
    logger: { warn: () => undefined, error: (error: unknown) => void outcomes.push(String(error)) },
    random: () => 1,
    uiUrl: null,
  });

beforeEach(async () => {
  [now, ticks, outcomes.length] = [start, [], 0];
  dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-deliveries-'));
  metadata = await openTestMetadata(dataDir);
  receiver = await startFaultProxy('http://127.0.0.1:1');
  receiver.always({ kind: 'answer', status: 204 });
});
afterEach(async () => {
  await stop();
  await receiver.close();
  await metadata.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function addDestination(id: string, url = receiver.url): Promise<void> {
  const target = { kind: 'webhook', url, secret: mintSigningSecret() } as const;
  const sealed = sealTarget(secretBox, target, id);
  await metadata.createDestination(
    {
      id,
      projectId,
      name: id,
      kind: 'webhook',
      madeBy: 'caller',
      sealed,
      createdAt: 1,
      updatedAt: 1,
    },
    { mostPerProject: 1_000 },
  );
}

/** Stores one that is due: as a sent one that is sent again. */
async function addDelivery(id: string, destinationId: string): Promise<void> {
  const delivery: StoredDelivery = {
    id,
    projectId,
    destinationId,
    kind: 'webhook',
    alertId: 'a',
    type: 'alert.triggered',
    payload: '{"type":"alert.triggered","n":1}',
    status: 'dead',
    createdAt: now,
    expiresAt: now,
    nextAttemptAt: now,
    attemptCount: 0,
    failureCount: 0,
    leasedUntil: 0,
  };
  await metadata.addSentDelivery(delivery, {
    at: now,
    durationMs: 0,
    status: null,
    body: null,
    error: 'before the test',
  });
  await metadata.resendDelivery(delivery, { now, expiresAt: now + 24 * hour });
}

const list = async (): Promise<NamedDelivery['delivery'][]> => {
  const found = await metadata.listDeliveries({
    projectId,
    alertId: null,
    destinationId: null,
    status: null,
    before: null,
    limit: 1_000,
  });
  return found.map(({ delivery }) => delivery).toReversed();
};

const tick = (): void => ticks.find(({ everyMs }) => everyMs === 1_000)?.run();

/** Everything that is due is sent. */
async function settle(): Promise<void> {
  await vi.waitFor(
    async () => {
      tick();
      const due = (await list()).filter(
        ({ status, nextAttemptAt }) => status === 'pending' && nextAttemptAt <= now,
      );
      expect(due).toEqual([]);
    },
    { timeout: 30_000, interval: 5 },
  );
}

const ids = (): (string | undefined)[] =>
  receiver.requests.map(({ headers }) => String(headers['webhook-id']));

test('a receiver that is away for hours gets its notification once it is back', async () => {
  await addDestination('d');
  await addDelivery('one', 'd');
  receiver.always({ kind: 'answer', status: 500, body: 'away' });
  stop = startDelivering();
  await settle();
  for (let step = 0; step < 12; step += 1) {
    now = Math.max(...(await list()).map(({ nextAttemptAt }) => nextAttemptAt));
    if (step === 11) receiver.always({ kind: 'answer', status: 200 });
    await settle();
  }

  const [delivery] = await list();
  const attempts = await metadata.listAttempts(['one'], { mostOfDelivery: 100 });
  expect(delivery).toMatchObject({ status: 'delivered', attemptCount: 14, failureCount: 0 });
  expect(now - start).toBeGreaterThan(hour);
  expect(attempts.slice(1, -1).every(({ status, body }) => status === 500 && body === 'away')).toBe(
    true,
  );
  expect(attempts.at(-1)).toMatchObject({ number: 14, status: 200, error: null, at: now });
  expect(new Set(ids())).toEqual(new Set(['one']));
  expect(new Set(receiver.requests.map(({ body }) => String(body)))).toEqual(
    new Set(['{"type":"alert.triggered","n":1}']),
  );
});

test('what is never taken is dead after 24 hours, and can be sent again', async () => {
  await addDestination('d');
  await addDelivery('one', 'd');
  receiver.always({ kind: 'answer', status: 503 });
  stop = startDelivering();
  await settle();
  for (let [one] = await list(); one?.status === 'pending'; [one] = await list()) {
    now = one.nextAttemptAt;
    await settle();
  }
  const [dead] = await list();
  receiver.always({ kind: 'answer', status: 200 });
  await metadata.resendDelivery({ id: 'one', projectId }, { now, expiresAt: now + 24 * hour });
  await settle();

  expect(now).toBe(start + 24 * hour);
  expect(dead).toMatchObject({ status: 'dead', attemptCount: 35, failureCount: 34 });
  expect(outcomes.filter((outcome) => outcome === 'webhook dead')).toHaveLength(1);
  expect(await list()).toMatchObject([{ status: 'delivered', attemptCount: 36 }]);
});

test('Retry-After is honoured', async () => {
  await addDestination('d');
  await addDelivery('one', 'd');
  receiver.script({ kind: 'answer', status: 429, headers: { 'retry-after': '1800' } });
  stop = startDelivering();
  await settle();

  expect(await list()).toMatchObject([{ status: 'pending', nextAttemptAt: start + 1_800_000 }]);
});

test('a receiver that hangs holds up its own notifications alone', async () => {
  const hanging = await startFaultProxy('http://127.0.0.1:1');
  hanging.always({ kind: 'stall' });
  await addDestination('slow', hanging.url);
  await addDestination('fast');
  for (let count = 0; count < 2; count += 1) await addDelivery(`slow ${count}`, 'slow');
  for (let count = 0; count < 5; count += 1) await addDelivery(`fast ${count}`, 'fast');
  stop = startDelivering(1_500);
  await settle();
  await hanging.close();

  const found = await list();
  expect(found.filter(({ status }) => status === 'delivered').map(({ id }) => id)).toEqual([
    'fast 0',
    'fast 1',
    'fast 2',
    'fast 3',
    'fast 4',
  ]);
  expect(ids()).toEqual(['fast 0', 'fast 1', 'fast 2', 'fast 3', 'fast 4']);
  expect(hanging.requests).toHaveLength(2);
  const attempts = await metadata.listAttempts(['slow 0'], { mostOfDelivery: 1 });
  expect(attempts[0]?.error).toBe('no complete response within 1500 ms');
});

test('what was being sent when the process ended is sent again under the same id', async () => {
  await addDestination('d');
  await addDelivery('one', 'd');
  await metadata.claimDeliveries({ now, leasedUntil: now + hour, limit: 1, except: [] });
  const nobody = await metadata.claimDeliveries({ now, leasedUntil: now, limit: 1, except: [] });
  stop = startDelivering();
  await settle();

  expect(nobody).toEqual([]);
  await vi.waitFor(async () => expect((await list())[0]?.status).toBe('delivered'));
  expect(ids()).toEqual(['one']);
});

test('a destination that is deleted gets nothing more, and what was for it is dead', async () => {
  await addDestination('d');
  await addDelivery('one', 'd');
  await metadata.deleteDestination(projectId, 'd');
  stop = startDelivering();
  await settle();

  expect(receiver.requests).toEqual([]);
  expect(await list()).toMatchObject([{ status: 'dead' }]);
});

test('a destination of another secrets key says so, and is tried again', async () => {
  await addDestination('d');
  await metadata.updateDestination(
    { id: 'd', projectId },
    { sealed: createSecretBox('o'.repeat(43)).seal('{}', 'd') },
    now,
  );
  await addDelivery('one', 'd');
  stop = startDelivering();
  await settle();

  const attempts = await metadata.listAttempts(['one'], { mostOfDelivery: 1 });
  expect(attempts[0]?.error).toContain('another secrets key');
  expect(await list()).toMatchObject([{ status: 'pending' }]);
});

test('old ones are dropped with their attempts, pending ones never', async () => {
  const day = 24 * hour;
  await addDestination('d');
  receiver.script({ kind: 'answer', status: 500 });
  await addDelivery('pending', 'd');
  stop = startDelivering();
  await settle();
  await addDelivery('old', 'd');
  await settle();
  now = start + 31 * day;
  ticks.find(({ everyMs }) => everyMs === hour)?.run();

  await vi.waitFor(async () => expect((await list()).map(({ id }) => id)).toEqual(['pending']));
  expect(await metadata.listAttempts(['old'], { mostOfDelivery: 100 })).toEqual([]);
});
