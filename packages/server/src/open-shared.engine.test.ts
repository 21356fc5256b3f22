import { createPostgresDatabase, queryPostgres, startPostgres } from 'honeyhive-testkit';
import { afterAll, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';
import { Problem } from './domain/problem.ts';
import { openMetadataStore } from './open-metadata.ts';
import type { MetadataStore } from './open-metadata.ts';
import { openSharedDatabase } from './open-shared.ts';
import type { SharedDatabase } from './open-shared.ts';
import type { StoredChange } from './ingest/stored-feed.ts';
import { followServers } from './state/follow-servers.ts';
import { createLocalState } from './state/shared-state.ts';
import { openServerChannel } from './store/metadata/postgres-channel.ts';
import { countServers } from './state/server-count.ts';
import { createStoredLeases } from './state/stored-leases.ts';

const now = Date.UTC(2026, 0, 2);
const ignore = (): void => undefined;
const silent = { warn: ignore, info: ignore };
const postgres = await startPostgres();
const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
  await postgres.stop();
});

/** Two servers with a database, each on its own connections; they create its schema at the same time. */
async function openTwo<Opened extends { close(): Promise<void> }>(
  open: (url: string) => Promise<Opened>,
): Promise<readonly [Opened, Opened]> {
  const url = await createPostgresDatabase(postgres.url);
  const two = await Promise.all([open(url), open(url)]);
  closers.push(...two.map(({ close }) => close));
  return two;
}

const openTwoStores = (maxProjects = Infinity) =>
  openTwo((url) =>
    openMetadataStore('unused', {
      maxProjects,
      postgres: { url, maxConnections: 5, onWait: () => undefined },
    }),
  );

const openTwoShared = () => openTwo((url) => openSharedDatabase(url, () => undefined));

/** Calls of both servers, at once. */
const alternate = <Result>(
  [one, other]: readonly [MetadataStore, MetadataStore],
  count: number,
  work: (store: MetadataStore, index: number) => Promise<Result>,
): Promise<Result[]> =>
  Promise.all(
    Array.from({ length: count }, (_each, index) => work(index % 2 === 0 ? one : other, index)),
  );

test('two servers make one organisation, and one project of a name', async () => {
  const stores = await openTwoStores();

  const made = await alternate(stores, 20, (store) => store.ensureProject('same', now));

  expect(new Set(stores.map(({ organisationId }) => organisationId)).size).toBe(1);
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
});

test('two servers that change the settings of a project lose no change', async () => {
  const stores = await openTwoStores();

  await alternate(stores, 40, (store, index) =>
    store.changeSettings('p', (before) => ({ ...before, [`field ${index}`]: index }), now + index),
  );

  const { settings } = await stores[0].readSettings('p');
  expect(Object.keys(settings)).toHaveLength(40);
});

test('two servers stay below the limits of projects and keys together', async () => {
  const stores = await openTwoStores(5);
  const input = { description: '', type: null, metadata: {} };
  const maker = await stores[0].createKey({ name: 'm', access: 'full', projectId: null }, now);
  const { record } = maker;

  const projects = await Promise.allSettled(
    Array.from({ length: 20 }, (_each, index) =>
      stores[index % 2 === 0 ? 0 : 1].createProject({ ...input, name: `p${index}` }, now),
    ),
  );
  const keys = await alternate(stores, 20, (store) =>
    store.createKeyWith(
      record,
      { name: 'k', access: 'read', projectId: 'p', expiresAt: null },
      { now, mostActive: 7, form: 'typed' },
    ),
  );

  expect(projects.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  expect(keys.filter((key) => key === 'full')).toHaveLength(13);
});

test('a delivery is claimed by one of two servers', async () => {
  const stores = await openTwoStores();
  for (let index = 0; index < 10; index += 1) {
    await stores[0].addSentDelivery(
      {
        id: `d${index}`,
        projectId: 'p',
        destinationId: `to ${index}`,
        kind: 'webhook',
        alertId: null,
        type: 'alert.triggered',
        payload: '{}',
        status: 'pending',
        createdAt: now,
        expiresAt: now,
        nextAttemptAt: now,
        attemptCount: 0,
        failureCount: 0,
        leasedUntil: 0,
      },
      { at: now, durationMs: 0, status: null, body: null, error: null },
    );
  }

  const claims = await alternate(stores, 8, (store) =>
    store.claimDeliveries({ now, leasedUntil: now + 60_000, limit: 3, except: [] }),
  );

  const ids = claims.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(10);
});

/** The states of two servers of a database, which send each other what they do. */
async function openTwoStates() {
  const url = await createPostgresDatabase(postgres.url);
  const open = async () => {
    const channel = await openServerChannel({ url, clock: systemClock, logger: silent });
    closers.push(() => channel.close());
    return followServers(createLocalState(systemClock), channel);
  };
  return { url, one: await open(), other: await open() };
}

const changeOf = (eventId: string, isDeleted = false): StoredChange => ({
  projectId: 'p',
  sessionId: 's',
  eventId,
  startTime: 7_200_000,
  updatedAt: now,
  isDeleted,
});

test('what one server stores and refuses is known to the other, once to itself', async () => {
  const { one, other } = await openTwoStates();
  const [own, foreign]: [StoredChange[], StoredChange[]] = [[], []];
  one.feed.subscribe((rows) => own.push(...rows), ignore);
  other.feed.subscribe((rows) => foreign.push(...rows), ignore);
  const changes = Array.from({ length: 500 }, (_each, index) => changeOf(`event ${index} \0`));
  const rejection = {
    time: now,
    method: 'POST',
    path: '/events',
    status: 400,
    code: 'invalid_request',
    message: 'wrong',
    userAgent: null,
  };

  one.rejections.report({ owner: { projectId: 'p' }, source: 'key', rejection });
  one.feed.publish(changes);
  one.feed.publish([changeOf('gone', true)]);
  await vi.waitFor(() => expect(foreign).toHaveLength(501));

  expect(foreign).toEqual([...changes, changeOf('gone', true)]);
  expect(own).toEqual(foreign);
  const view = { projectId: 'p', isOrganisation: false };
  expect(await other.rejections.recent(view, 0)).toEqual([rejection]);
  expect(await one.rejections.recent(view, 0)).toEqual([rejection]);
});

test('a server whose connection broke says that events may be missing, and hears later ones', async () => {
  const { url, one, other } = await openTwoStates();
  const foreign: StoredChange[] = [];
  let gapCount = 0;
  other.feed.subscribe(
    (rows) => foreign.push(...rows),
    () => (gapCount += 1),
  );
  const name = new URL(url).pathname.slice(1);

  await queryPostgres(
    postgres.url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  await vi.waitFor(() => expect(gapCount).toBeGreaterThan(0), { timeout: 30_000 });
  await vi.waitFor(
    () => {
      one.feed.publish([changeOf('later')]);
      expect(foreign).toContainEqual(changeOf('later'));
    },
    { timeout: 30_000, interval: 100 },
  );
});

/** A promise, and what resolves it. */
function defer() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

const leasesOf = ({ leases }: SharedDatabase, name: string, clock = systemClock) =>
  createStoredLeases({ leases, clock, server: { serverId: name, about: name } });

test('work of one name runs in one of two servers; another takes over once it ended', async () => {
  const [one, other] = await openTwoShared();
  const [first, second] = [leasesOf(one, 'one'), leasesOf(other, 'other')];
  const [started, finish] = [defer(), defer()];
  const running = first.run('retention', async () => {
    started.resolve();
    await finish.promise;
  });
  await started.promise;

  const meanwhile = await second.run('retention', async () => undefined);
  const ofAnotherName = await second.run('held updates', async () => undefined);
  finish.resolve();
  await running;
  const afterwards = await second.run('retention', async () => undefined);

  expect([meanwhile, ofAnotherName, afterwards]).toEqual([false, true, true]);
});

test('servers count each other, until one ends or has not been seen for a while', async () => {
  const url = await createPostgresDatabase(postgres.url);
  const shared = await openSharedDatabase(url, ignore);
  closers.push(shared.close);
  const looks: (() => void)[] = [];
  const clock = {
    every(_ms: number, look: () => void) {
      looks.push(look);
      return ignore;
    },
  };
  const open = (id: string) =>
    countServers({ ...shared, clock, server: { serverId: id, about: id } });
  const [one, two, three] = [await open('one'), await open('two'), await open('three')];
  const lookAgain = (): void => looks.forEach((look) => look());
  expect(three.count()).toBe(3);
  lookAgain();
  await vi.waitFor(() => expect([one.count(), two.count()]).toEqual([3, 3]));

  await three.close();
  looks.pop();
  lookAgain();
  await vi.waitFor(() => expect([one.count(), two.count()]).toEqual([2, 2]));
  await queryPostgres(url, "UPDATE shared_leases SET expires_at = 0 WHERE name = 'server two'");
  looks[0]?.();

  await vi.waitFor(() => expect(one.count()).toBe(1));
  await two.close();
  await one.close();
});

test('work is aborted when another server has its lease, or PostgreSQL is away', async () => {
  const url = await createPostgresDatabase(postgres.url);
  const shared = await openSharedDatabase(url, () => undefined);
  const ticks: (() => void)[] = [];
  const every = (_ms: number, run: () => void) => {
    ticks.push(run);
    return () => undefined;
  };
  const leases = leasesOf(shared, 'one', { ...systemClock, every });
  /** @returns why it was aborted */
  const runUntilLost = async (name: string, lose: () => Promise<unknown>): Promise<unknown> => {
    const aborted = defer();
    let reason: unknown = null;
    await leases.run(name, async (lost) => {
      lost.addEventListener('abort', aborted.resolve);
      await lose();
      ticks.at(-1)?.();
      await aborted.promise;
      reason = lost.reason;
    });
    return reason;
  };

  const taken = await runUntilLost('taken', () =>
    queryPostgres(url, "UPDATE shared_leases SET holder = 'x', about = 'process 7 on another'"),
  );
  const away = await runUntilLost('away', () => shared.close());

  expect(taken).toMatchObject({ message: 'process 7 on another has the lease' });
  expect(away).toBeInstanceOf(Error);
});

test('failed sign-ins of two servers are counted together', async () => {
  const [one, other] = await openTwoShared();
  const failure = new Problem('unauthenticated', 'wrong');

  for (let count = 0; count < 5; count += 1)
    for (const { signInFailures } of [one, other])
      expect(await signInFailures.count('address \0', failure)).toBe(failure);
  const answer = await other.signInFailures.count('address \0', failure);

  expect(answer.code).toBe('rate_limited');
  expect(await one.signInFailures.count('another', failure)).toBe(failure);
});

test('a sign-in code is redeemed once, by any server', async () => {
  const url = await createPostgresDatabase(postgres.url);
  const metadata = await openMetadataStore('unused', {
    postgres: { url, maxConnections: 2, onWait: () => undefined },
  });
  const two = await Promise.all([
    openSharedDatabase(url, () => undefined),
    openSharedDatabase(url, () => undefined),
  ]);
  closers.push(metadata.close, ...two.map(({ close }) => close));
  const { record } = await metadata.createKey({ name: 'k', access: 'full', projectId: null }, now);
  const code = await two[0].signInCodes.issue(record);

  const redeemed = await Promise.all(two.map(({ signInCodes }) => signInCodes.redeem(code)));

  expect(redeemed.filter((key) => key !== null)).toEqual([record]);
  expect(await two[0].signInCodes.redeem('unknown')).toBeNull();
});
