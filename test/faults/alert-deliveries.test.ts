import {
  createOperationCaller,
  freePort,
  makeDataDir,
  removeDataDir,
  startService,
} from 'honeyhive-testkit';
import { openMetadataStore } from 'honeyhive-server';
import { randomInt, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { roundNumbers } from './rounds.ts';
import { waitUntil } from './wait-until.ts';

const notificationsOfRound = 30;

/** What came, by its id: the bodies. */
const received = new Map<string, Set<string>>();
let requestCount = 0;

/** Answers most requests well, and the others in every other way. */
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    requestCount += 1;
    const chance = randomInt(20);
    if (chance === 0) return void response.writeHead(503, { 'retry-after': '1' }).end('away');
    if (chance === 1) return void request.socket.resetAndDestroy();
    const id = String(request.headers['webhook-id']);
    const bodies = received.get(id) ?? new Set();
    received.set(id, bodies.add(Buffer.concat(chunks).toString()));
    // Taken, and nobody hears of it: it has to come again.
    if (chance === 2) return void request.socket.destroy();
    response.writeHead(204).end();
  });
});
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const { port } = receiver.address() as AddressInfo;

const dataDir = await makeDataDir();
const servicePort = await freePort();
const env = { HH_ALERT_ALLOWED_NETWORKS: 'loopback', HH_LOG_LEVEL: 'warn' };
let service = await startService({ dataDir, env, port: servicePort });
const { key } = service;
const restart = async () => {
  service = await startService({ dataDir, env, key, port: servicePort });
};
const api = createOperationCaller({ url: service.url, key });
afterAll(async () => {
  await service.kill();
  receiver.closeAllConnections();
  receiver.close();
  await removeDataDir(dataDir);
});

const { id: projectId } = await api.ok('createProject', { body: { name: 'watched' } });
const params = { project_id: projectId };
const create = async (name: string) =>
  (
    await api.ok('createAlertDestination', {
      params,
      body: { kind: 'webhook', name, url: `http://127.0.0.1:${port}/${name}` },
    })
  ).destination.id;
const destinationIds = [await create('one'), await create('two')];
const { data: alert } = await api.ok('createAlert', {
  params,
  body: {
    name: 'never on its own',
    aggregation: 'COUNT',
    thresholds: { critical: { operator: 'greater_than', value: 1e9 } },
    destination_ids: destinationIds,
    status: 'PAUSED',
  },
});

let minute = 0;

/** Stores notifications as an evaluation does, beside the service. */
async function notify(count: number): Promise<void> {
  const metadata = await openMetadataStore(dataDir);
  const place = { projectId, alertId: alert.id };
  minute += 1;
  const at = minute * 60_000;
  await metadata.storeChanges([
    {
      updatedAt: Date.parse(alert.updated_at),
      run: { ...place, minute: at, result: '{}', lastChangedAt: null, lastTriggeredAt: at },
      states: [],
      gone: [],
      edges: [],
      notifications: Array.from({ length: count }, (_each, index) => ({
        ...place,
        id: randomUUID(),
        groupKey: JSON.stringify(`group ${index}`),
        edge: 'triggered',
        at,
        value: index,
        threshold: 1,
        windowStart: at - 60_000,
        windowEnd: at,
        createdAt: at,
        payload: JSON.stringify({
          alert: { name: alert.name },
          group: `group ${index}`,
          status: 'critical',
          destination_ids: destinationIds,
          details: null,
        }),
      })),
    },
  ]);
  await metadata.close();
}

async function countPending(): Promise<number> {
  const { deliveries } = await api.ok('listAlertDeliveries', {
    params,
    query: { status: 'pending', limit: '200' },
  });
  return deliveries.length;
}

async function listAll(): Promise<{ id: string; status: string }[]> {
  const all: { id: string; status: string }[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: Record<string, string> = cursor === '' ? {} : { cursor };
    const page = await api.ok('listAlertDeliveries', { params, query: { ...query, limit: '200' } });
    all.push(...page.deliveries);
    cursor = page.next_cursor;
  }
  return all;
}

test('over kill -9, every notification comes to every destination, and again only under its id', async () => {
  for (const _round of roundNumbers) {
    await notify(notificationsOfRound);
    const until = requestCount + randomInt(1, 2 * notificationsOfRound);
    const beganAt = performance.now();
    await waitUntil(
      () => requestCount >= until || performance.now() - beganAt > 5_000,
      () => 'no requests came',
    );
    await delay(randomInt(20));
    await service.kill();
    await restart();
  }
  await waitUntil(
    async () => (await listAll()).length > 0 && (await countPending()) === 0,
    () => 'there are pending deliveries',
  );

  const all = await listAll();
  const expected = roundNumbers.length * notificationsOfRound * destinationIds.length;
  expect(all.filter(({ status }) => status !== 'delivered')).toEqual([]);
  expect(all).toHaveLength(expected);
  expect(new Set(received.keys())).toEqual(new Set(all.map(({ id }) => id)));
  expect([...received.values()].filter((bodies) => bodies.size !== 1)).toEqual([]);
});
