import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AlertNotification } from '../alerts/notifications.ts';
import { sealDetails } from '../alerts/sealed-details.ts';
import type { MetadataStore } from '../open-metadata.ts';
import { createNetworkGuard } from '../senders/network-guard.ts';
import { openTarget } from '../senders/target-box.ts';
import { createSecretBox } from '../store/secret-box.ts';
import { expandNotifications } from './expand-notifications.ts';
import { openTestMetadata } from '../store/testing/open-test-metadata.ts';

const now = Date.UTC(2026, 0, 2);
const minute = 60_000;
const secretBox = createSecretBox('k'.repeat(43));

let dataDir = '';
let metadata: MetadataStore;
let projectId = '';
let warnings: string[] = [];

beforeEach(async () => {
  warnings = [];
  dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-notifications-'));
  metadata = await openTestMetadata(dataDir);
  ({ id: projectId } = await metadata.ensureProject('the shop', now));
  await metadata.saveAlert(
    { id: 'a', projectId, content: '{}' },
    { now, mostPerProject: 10, ends: null },
  );
});
afterEach(async () => {
  await metadata.close();
  await rm(dataDir, { recursive: true, force: true });
});

const expand = (box = secretBox): Promise<boolean> =>
  expandNotifications({
    metadata,
    secretBox: box,
    senders: { guard: createNetworkGuard('none') },
    clock: { now: () => now },
    metrics: { delivery: (kind, outcome) => void warnings.push(`${kind} ${outcome}`) },
    logger: { warn: (_about: object, message?: string) => void warnings.push(message ?? '') },
    uiUrl: 'https://obs.example.com/hive',
  });

let last = 0;

/** Stores notifications as an evaluation does. */
async function notify(
  notifications: readonly (Partial<AlertNotification> & { readonly id: string })[],
  payload: object,
): Promise<void> {
  last += minute;
  const place = { projectId, alertId: 'a' };
  await metadata.storeChanges([
    {
      updatedAt: now,
      run: { ...place, minute: last, result: '{}', lastTriggeredAt: last, lastChangedAt: last },
      states: [],
      gone: [],
      edges: [],
      notifications: notifications.map((each) => ({
        ...place,
        groupKey: '',
        edge: 'triggered',
        at: now,
        value: 12.5,
        threshold: 10,
        windowStart: now - minute,
        windowEnd: now,
        createdAt: now,
        payload: JSON.stringify({
          alert: {
            name: 'slow',
            description: '',
            destination_ids: ['one'],
            notification_details: { critical: { metadata: { url: 'https://a.test/secret' } } },
          },
          group: null,
          status: 'critical',
          reason: null,
          destination_ids: [],
          details: null,
          ...payload,
        }),
        ...each,
      })),
    },
  ]);
}

const addDestination = (id: string) =>
  metadata.createDestination(
    {
      id,
      projectId,
      name: id,
      kind: 'slack',
      madeBy: 'caller',
      sealed: 'x',
      createdAt: now,
      updatedAt: now,
    },
    { mostPerProject: 10 },
  );

const list = async () =>
  (
    await metadata.listDeliveries({
      projectId,
      alertId: 'a',
      destinationId: null,
      status: null,
      before: null,
      limit: 1_000,
    })
  ).toReversed();

test('each destination of an alert gets each notification, once', async () => {
  await addDestination('one');
  await addDestination('two');
  const ids = { destination_ids: ['one', 'two', 'one'] };
  await notify([{ id: 'n1' }, { id: 'n2', edge: 'renotify' }], ids);
  await expand();
  // Stored again by an evaluation that was repeated.
  await notify([{ id: 'n1' }], ids);
  await expand();

  const found = await list();
  expect(found.map(({ delivery }) => [delivery.destinationId, delivery.type])).toEqual([
    ['one', 'alert.triggered'],
    ['two', 'alert.triggered'],
    ['one', 'alert.reminder'],
    ['two', 'alert.reminder'],
  ]);
  expect(await metadata.readNotifications(10)).toEqual([]);
  expect(JSON.parse(found[0]?.delivery.payload ?? '')).toEqual({
    type: 'alert.triggered',
    timestamp: '2026-01-02T00:00:00.000Z',
    data: {
      project_id: projectId,
      project: 'the shop',
      alert: { name: 'slow', description: '' },
      alert_id: 'a',
      group: null,
      status: 'critical',
      reason: null,
      value: 12.5,
      threshold: 10,
      window_start: '2026-01-01T23:59:00.000Z',
      window_end: '2026-01-02T00:00:00.000Z',
      url: 'https://obs.example.com/hive/p/the%20shop/alerts/a',
    },
  });
});

test('a channel of the vendor becomes a destination, the same one each time', async () => {
  const details = { channel: 'WEBHOOK', metadata: { url: 'https://hooks.example.com/x' } };
  await notify([{ id: 'n1' }], { details });
  await expand();
  const [first] = await metadata.listDestinations(projectId);
  await notify([{ id: 'n2' }], { details });
  await expand();
  const again = await metadata.listDestinations(projectId);

  expect(again).toEqual([first]);
  expect(first).toMatchObject({ madeBy: 'alert', kind: 'webhook' });
  expect(first?.name).toMatch(/^hooks\.example\.com \(\w{8}\)$/);
  expect(openTarget(secretBox, first?.sealed ?? '', first?.id ?? '')).toEqual({
    kind: 'webhook',
    url: 'https://hooks.example.com/x',
    secret: expect.stringMatching(/^whsec_/),
  });
  expect((await list()).map(({ destinationName }) => destinationName)).toEqual([
    first?.name,
    first?.name,
  ]);
});

test('with another secrets key, the destination of a channel is sealed again', async () => {
  const details = { channel: 'SLACK', metadata: { url: 'https://hooks.example.com/x' } };
  await notify([{ id: 'n1' }], { details });
  await expand();
  const other = createSecretBox('o'.repeat(43));
  await notify([{ id: 'n2' }], { details });
  await expand(other);

  const [found, ...more] = await metadata.listDestinations(projectId);
  expect(more).toEqual([]);
  expect(openTarget(other, found?.sealed ?? '', found?.id ?? '')).toMatchObject({ kind: 'slack' });
});

test('encrypted details are sent to where they say; with another key they are dead and say why', async () => {
  const details = { channel: 'SLACK' as const, metadata: { url: 'https://hooks.example.com/s' } };
  const { critical } = sealDetails(
    { critical: details },
    { box: secretBox, place: { projectId, alertId: 'a' }, before: undefined },
  );
  await notify([{ id: 'n1' }], { details: critical });
  await expand();
  await notify([{ id: 'n2' }], { details: critical });
  await expand(createSecretBox('o'.repeat(43)));

  const [found] = await metadata.listDestinations(projectId);
  const deliveries = (await list()).map(({ delivery }) => delivery);
  const [attempt] = await metadata.listAttempts(
    deliveries.filter(({ status }) => status === 'dead').map(({ id }) => id),
    { mostOfDelivery: 1 },
  );
  expect(openTarget(secretBox, found?.sealed ?? '', found?.id ?? '')).toEqual({
    kind: 'slack',
    url: 'https://hooks.example.com/s',
  });
  expect(attempt?.error).toContain('metadata: was encrypted with another secrets key');
});

test('what cannot be sent is dead at once, says why, and holds nothing up', async () => {
  await addDestination('one');
  const details = { channel: 'WEBHOOK', metadata: { url: 'http://10.0.0.1/' } };
  await notify([{ id: 'n1' }], { destination_ids: ['gone', 'one'], details });
  await notify([{ id: 'n2' }], {});
  await expand();

  const found = (await list()).map(({ delivery }) => delivery);
  const attempts = await metadata.listAttempts(
    found.map(({ id }) => id),
    { mostOfDelivery: 1 },
  );
  expect(found.map(({ status }) => status)).toEqual(['dead', 'pending', 'dead']);
  expect(new Set(attempts.map(({ error }) => error))).toEqual(
    new Set([
      expect.stringContaining('not sent: notification_details: metadata.url: expected a public'),
      'not sent: the destination is missing: it was deleted',
    ]),
  );
  expect(warnings.filter((warning) => warning === 'webhook dead')).toHaveLength(2);
  expect(await metadata.readNotifications(10)).toEqual([]);
});

test('too many pending ones of a project are dead at once, and say why', async () => {
  await addDestination('one');
  for (let batch = 0; batch < 101; batch += 1)
    await notify(
      Array.from({ length: 100 }, (_each, index) => ({ id: `${batch} ${index}` })),
      { destination_ids: ['one'] },
    );
  for (let isMore = true; isMore;) isMore = await expand();

  const { pending } = await metadata.measureDeliveries();
  const dead = (await list()).filter(({ delivery }) => delivery.status === 'dead');
  const [attempt] = await metadata.listAttempts([dead[0]?.delivery.id ?? ''], {
    mostOfDelivery: 1,
  });
  expect(pending).toBe(10_000);
  expect(warnings.filter((warning) => warning === 'slack dead')).toHaveLength(100);
  expect(attempt?.error).toContain('too many notifications');
});
