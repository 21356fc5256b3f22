import fc from 'fast-check';
import { byLevel, createPostgresDatabase, queryPostgres, startPostgres } from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { StoreUnavailable } from '../domain/event-store.ts';
import type { EventStore } from '../domain/event-store.ts';
import { noPricing } from '../domain/pricing.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { openMetadataStore } from '../open-metadata.ts';
import { openSharedDatabase } from '../open-shared.ts';
import { evictOthers } from '../state/evict-others.ts';
import { createEventStore } from '../store/events/event-store.ts';
import { followParts } from '../store/events/follow/follow-parts.ts';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { openTestEngine } from '../store/testing/open-test-engine.ts';
import { createCommitter } from './committer.ts';
import type { Committer } from './committer.ts';
import { createKnownMarks } from './known-marks.ts';
import { createKnownRoots } from './known-roots.ts';
import { loadSeenIds } from './load-seen-ids.ts';
import { createUseTrees } from './use-trees.ts';
import type { Write } from './write.ts';

const serverCount = 3;
const eventCount = 6;
const sessionCount = 2;

/** What happens to the inserts of a server during a wave. */
type Fault =
  | 'none'
  /** They do not reach the store. */
  | 'lost'
  /** They do, but the server gets no answer. */
  | 'unanswered'
  /** The server stops before them, loses its locks, and stores them when others have written. */
  | 'late';

interface Server {
  readonly store: EventStore;
  readonly committer: Committer;
  fault: Fault;
}

const postgres = await startPostgres();
const url = await createPostgresDatabase(postgres.url);
const engine = await openTestEngine();
const servers: Server[] = [];
for (let index = 0; index < serverCount; index += 1) servers.push(await openServer(index));
afterAll(() => postgres.stop());

/** Everything of a server that has to do with writes, on stores that all of them share. */
async function openServer(index: number): Promise<Server> {
  const shared = await openSharedDatabase(
    `${url}?application_name=server${index}`,
    () => undefined,
  );
  const metadata = await openMetadataStore('unused', {
    maxProjects: Infinity,
    postgres: { url, maxConnections: 2, onWait: () => undefined },
  });
  afterAll(async () => {
    await metadata.close();
    await shared.close();
  });
  const { writeTurns } = shared;
  const store = createEventStore(engine, {
    others: await followParts(engine, writeTurns.ownNumbers),
  });
  const caches = {
    knownRoots: createKnownRoots(1_000),
    knownMarks: createKnownMarks(1_000),
    useTrees: createUseTrees(1_000),
  };
  store.others.subscribe(evictOthers(caches));
  const { seenIds, loading } = await loadSeenIds(store, { warn: () => undefined });
  await loading;
  const committer = createCommitter({
    ...caches,
    events: { ...store, insert: (rows) => insert(index, rows) },
    metadata,
    pricing: noPricing,
    writeTurns,
    seenIds,
    clock: systemClock,
    maxQueueBytes: 1_000_000,
    health: { noteStored: () => undefined, noteFailed: () => undefined },
    hasOtherReaders: () => false,
    onCommit: () => undefined,
  });
  return { store, committer, fault: 'none' };
}

async function insert(index: number, rows: readonly StoredEvent[]): Promise<void> {
  const server = servers[index];
  if (server === undefined) throw new Error('no such server');
  const { fault, store } = server;
  server.fault = 'none';
  if (fault === 'lost') throw new StoreUnavailable('the insert did not reach the store');
  if (fault === 'late') {
    await queryPostgres(
      postgres.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'server${index}' AND state = 'idle in transaction'`,
    );
    await systemClock.sleep(150);
  }
  await store.insert(rows);
  if (fault === 'unanswered') throw new StoreUnavailable('the answer did not arrive');
}

const step = fc.record({
  server: fc.nat({ max: serverCount - 1 }),
  event: fc.nat({ max: eventCount - 1 }),
  kind: fc.constantFrom('create' as const, 'patch' as const, 'patch' as const),
});
/** Steps of a wave are done at once. */
const waves = fc.array(
  fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 10 }),
    faults: fc.array(fc.constantFrom<Fault>('none', 'none', 'none', 'lost', 'unanswered', 'late'), {
      minLength: serverCount,
      maxLength: serverCount,
    }),
  }),
  { minLength: 2, maxLength: 6 },
);

let runCount = 0;
const acknowledged = new Set(['stored', 'known', 'held']);

/** The writes of one run, in its own project. */
function openRun() {
  runCount += 1;
  const projectId = `p${runCount}`;
  const scope = { kind: 'project', projectId } as const;
  let patchCount = 0;
  const idOf = (event: number): string => `e${event} of ${projectId}`;
  return {
    projectId,
    idOf,
    sessionIds: Array.from({ length: sessionCount }, (_each, index) => `s${index} of ${projectId}`),
    create(event: number): Write {
      const sessionId = `s${event % sessionCount} of ${projectId}`;
      return {
        kind: 'create',
        event: buildStoredEvent({
          projectId,
          sessionId,
          eventId: idOf(event),
          parentId: sessionId,
          startTime: event * 1_800_000,
          endTime: event * 1_800_000 + 10,
        }),
        sent: { event_type: 'model' },
      };
    },
    patch(event: number): { readonly write: Write; readonly field: string } {
      patchCount += 1;
      const field = `f${patchCount}`;
      const patch = { merge: { metadata: { [field]: patchCount } } };
      return {
        field,
        write: { kind: 'patch', eventId: idOf(event), scope, patch, now: 1, clientTimeNs: null },
      };
    },
  };
}

type Run = ReturnType<typeof openRun>;

/** What is known to be stored. */
interface Model {
  readonly created: Set<number>;
  /** Names of acknowledged fields of each event. */
  readonly fields: Map<number, string[]>;
}

async function submit(server: number, write: Write): Promise<boolean> {
  try {
    const [outcome] = (await servers[server]?.committer.submit([write], 10)) ?? [];
    expect(acknowledged).toContain(outcome?.kind);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(StoreUnavailable);
    return false;
  }
}

async function doStep(
  run: Run,
  model: Model,
  { server, event, kind }: { server: number; event: number; kind: 'create' | 'patch' },
): Promise<void> {
  if (kind === 'create') {
    if (await submit(server, run.create(event))) model.created.add(event);
    return;
  }
  const { write, field } = run.patch(event);
  if (await submit(server, write))
    model.fields.set(event, [...(model.fields.get(event) ?? []), field]);
}

/** All servers read the same, which is what a new store reads. */
async function checkReads({ projectId, sessionIds }: Run): Promise<StoredEvent[]> {
  const query = { projectIds: [projectId], filters: [], rootsOnly: false };
  const fresh = createEventStore(engine);
  const expected = await fresh.listEvents({ ...query, limit: 100, offset: 0 });
  const rollups = await fresh.readRollups([projectId], sessionIds);
  for (const { store } of servers) {
    expect(await store.countEvents(query)).toBe(expected.length);
    expect(await store.readRollups([projectId], sessionIds)).toEqual(rollups);
    expect(await store.listEvents({ ...query, limit: 100, offset: 0 })).toEqual(expected);
  }
  return expected;
}

function checkEvents({ idOf }: Run, stored: readonly StoredEvent[], model: Model): void {
  const ids = stored.map(({ eventId }) => eventId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const event of model.created) expect(ids).toContain(idOf(event));
  for (const { eventId, metadata } of stored) {
    const event = Array.from({ length: eventCount }, (_each, index) => index).find(
      (index) => idOf(index) === eventId,
    );
    const names = Object.keys(JSON.parse(metadata) as object);
    expect(names).toEqual(expect.arrayContaining(model.fields.get(event ?? -1) ?? []));
  }
}

test('whatever three servers write at once, with inserts that are lost, unanswered or late, what was acknowledged is there once', async () => {
  await fc.assert(
    fc.asyncProperty(waves, async (plan) => {
      const run = openRun();
      const model: Model = { created: new Set(), fields: new Map() };
      for (const { steps, faults } of plan) {
        servers.forEach((server, index) => (server.fault = faults[index] ?? 'none'));
        await Promise.all(steps.map((each) => doStep(run, model, each)));
        checkEvents(run, await checkReads(run), model);
      }
      for (const server of servers) server.fault = 'none';
      for (let event = 0; event < eventCount; event += 1)
        expect(await submit(event % serverCount, run.create(event))).toBe(true);
      for (let event = 0; event < eventCount; event += 1) model.created.add(event);
      checkEvents(run, await checkReads(run), model);
    }),
    { numRuns: byLevel({ short: 5, full: 100 }) },
  );
}, 600_000);
