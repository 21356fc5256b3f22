import { HoneyHive } from 'honeyhive';
import type { HoneyHiveOptions } from 'honeyhive';
import { byLevel, createOperationCaller, startFaultProxy, startService } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { faultMatrix } from './fault-matrix.mjs';

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const api = createOperationCaller(service);
afterAll(() => service.stop());

/** What became of a number of events, and of the session they are in. */
interface Account {
  readonly session_id: string;
  readonly sent: number;
  readonly stored: number;
  /** Names of the errors, or reasons of the drops, one for each event. */
  readonly dropped: readonly string[];
}

const eventCount = 60;
const batchSize = 20;

const makeEvents = (session_id: string) =>
  Array.from({ length: eventCount }, (_each, place) => ({
    session_id,
    event_type: 'tool' as const,
    event_name: 'step',
    inputs: { text: 'x'.repeat(200) },
    metadata: { place },
  }));

/** A client behind a separate proxy. */
async function open(options: HoneyHiveOptions = {}) {
  const proxy = await startFaultProxy(service.url);
  const client = new HoneyHive({
    apiKey: service.key,
    baseUrl: proxy.url,
    maxRetries: 5,
    retryBackoffFactor: 0.02,
    flushInterval: 0.02,
    maxBatchEvents: batchSize,
    readTimeout: 2,
    ...options,
  });
  return {
    proxy,
    client,
    async [Symbol.asyncDispose]() {
      await client.close();
      await proxy.close();
    },
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

/** The ways to send events. */
const ways = {
  async logEvent(client: HoneyHive): Promise<Account> {
    // Several sessions would do as well; one shows the order, too.
    const session_id = randomUUID();
    for (const event of makeEvents(session_id)) client.logEvent(event);
    const { sent, stored, dropped, pending } = await client.flush({ timeout: 120 });
    const reasons = Object.entries(dropped).flatMap(([reason, count]) =>
      Array.from({ length: count }, () => reason),
    );
    expect(pending).toBe(0);
    return { session_id, sent, stored, dropped: reasons };
  },
  async createEvent(client: HoneyHive): Promise<Account> {
    const session_id = randomUUID();
    const settled = await Promise.allSettled(
      makeEvents(session_id).map((event) => client.createEvent(event)),
    );
    const dropped = settled.flatMap((each) =>
      each.status === 'rejected' ? [nameOf(each.reason)] : [],
    );
    return { session_id, sent: eventCount, stored: eventCount - dropped.length, dropped };
  },
  async createEventsBatch(client: HoneyHive): Promise<Account> {
    const session_id = randomUUID();
    const events = makeEvents(session_id);
    const dropped: string[] = [];
    for (let first = 0; first < eventCount; first += batchSize) {
      const batch = events.slice(first, first + batchSize);
      const failed = await client.createEventsBatch(batch).then(() => null, nameOf);
      if (failed !== null) dropped.push(...batch.map(() => failed));
    }
    return { session_id, sent: eventCount, stored: eventCount - dropped.length, dropped };
  },
};

/** Places of the events in the store, in its order; an event that is there twice is there twice. */
async function readPlaces(session_id: string): Promise<number[]> {
  const tree = await api.ok('getSessionTree', { params: { session_id } });
  return tree.children.map(({ metadata }) => Number((metadata as { place?: number }).place));
}

/** How often all events are sent to a service that ends its connections. */
const endingRounds = byLevel({ short: 2, full: 5 });

const inOrder = Array.from({ length: eventCount }, (_each, place) => place);

// Most of their time they wait for the limits of a client: they wait together.
test.concurrent.each(faultMatrix)(
  '$name: $awaited for those who wait, stored for the log',
  async (row) => {
    const run = async (way: keyof typeof ways) => {
      await using opened = await open();
      opened.proxy.script(...row.makeFaults());
      const account = await ways[way](opened.client);
      return { account, places: await readPlaces(account.session_id).catch(() => []), opened };
    };

    const logged = await run('logEvent');
    const [single, batch] = await Promise.all([run('createEvent'), run('createEventsBatch')]);

    expect(logged.account).toMatchObject({ sent: eventCount, stored: eventCount, dropped: [] });
    expect(logged.places).toEqual(inOrder);
    for (const { account, places } of [single, batch]) {
      expect(new Set(places).size).toBe(places.length);
      // A reported failure may have succeeded; what was acknowledged is stored.
      expect(places.length).toBeGreaterThanOrEqual(account.stored);
      expect(account.stored + account.dropped.length).toBe(account.sent);
      const outcomes = new Set(account.dropped);
      expect([...outcomes]).toEqual(row.awaited === 'stored' ? [] : [row.awaited]);
    }
  },
);

test.concurrent.each(['seconds', 'a date'])(
  'nothing is sent before Retry-After in %s is over',
  async (form) => {
    await using opened = await open({ maxInFlight: 2 });
    const { client, proxy } = opened;
    const untilMs = Math.ceil((Date.now() + 3000) / 1000) * 1000;
    const value = form === 'seconds' ? '4' : new Date(untilMs).toUTCString();
    proxy.script({ kind: 'answer', status: 503, headers: { 'retry-after': value } });
    const dueAt = form === 'seconds' ? Date.now() + 4000 : untilMs;

    client.logEvent({ session_id: randomUUID(), event_type: 'tool', event_name: 'step' });
    await expect.poll(() => client.stats().pausedForMs).toBeGreaterThan(0);
    for (const event of makeEvents(randomUUID())) client.logEvent(event);
    await expect.poll(() => proxy.requests.length).toBeGreaterThan(1);
    const sentAgainAt = Date.now();

    expect(sentAgainAt).toBeGreaterThan(dueAt - 300);
    expect(await client.flush()).toMatchObject({ stored: eventCount + 1, pending: 0 });
  },
);

test.concurrent('new connections that are reset cost nothing', async () => {
  await using opened = await open();
  opened.proxy.resetConnections(3);

  const account = await ways.logEvent(opened.client);

  expect(account).toMatchObject({ stored: eventCount, dropped: [] });
  expect(await readPlaces(account.session_id)).toEqual(inOrder);
});

test.concurrent.each(['logEvent', 'createEvent', 'createEventsBatch'] as const)(
  '%s survives a service that ends each connection after its answer, unannounced',
  async (way) => {
    await using opened = await open({ maxBatchEvents: 2, maxRetries: 8 });
    opened.proxy.always({ kind: 'hang-up' });

    for (let round = 0; round < endingRounds; round += 1) {
      const account = await ways[way](opened.client);

      expect(account.dropped).toEqual([]);
      const places = await readPlaces(account.session_id);
      expect(places.toSorted((a, b) => a - b)).toEqual(inOrder);
    }
    const atLeast = (endingRounds * eventCount) / batchSize;
    expect(opened.proxy.connectionCount()).toBeGreaterThanOrEqual(atLeast);
  },
);

test.concurrent('connections that are refused for a second cost nothing', async () => {
  await using opened = await open({ maxRetries: 10, retryBackoffFactor: 0.1 });
  const { client, proxy } = opened;
  await proxy.goAway();
  const waiting = Promise.all([ways.logEvent(client), ways.createEventsBatch(client)]);
  await delay(1000);
  await proxy.comeBack();

  for (const account of await waiting) {
    expect(account.dropped).toEqual([]);
    expect(await readPlaces(account.session_id)).toEqual(inOrder);
  }
});

test.concurrent.each([
  ['is away', 'HoneyHiveConnectionError'],
  ['never answers', 'HoneyHiveTimeoutError'],
])('a service that %s makes awaited calls fail, and nothing is stored', async (how, name) => {
  await using opened = await open({ maxRetries: 1, timeout: how === 'is away' ? 60 : 1 });
  const { client, proxy } = opened;
  if (how === 'is away') await proxy.goAway();
  else proxy.always({ kind: 'stall' });

  const accounts = await Promise.all([ways.createEvent(client), ways.createEventsBatch(client)]);

  for (const { session_id, sent, dropped } of accounts) {
    expect(dropped).toEqual(Array.from({ length: sent }, () => name));
    await api.refused('getSessionTree', 404, { params: { session_id } });
  }
});
