import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createUseTrees } from './use-trees.ts';
import { localWriteTurns } from './write-turns.ts';
import { noPricing } from '../domain/pricing.ts';
import { systemClock } from '../clock.ts';
import { StoreUnavailable } from '../domain/event-store.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { openTestStore } from '../store/testing/open-test-store.ts';
import { createCommitter } from './committer.ts';
import type { CommitReport } from './committer.ts';
import { createKnownMarks } from './known-marks.ts';
import { createKnownRoots } from './known-roots.ts';
import { SeenIds } from './seen-ids.ts';
import type { Write } from './write.ts';
import { openTestMetadata } from '../store/testing/open-test-metadata.ts';

const store = await openTestStore();
const folder = await mkdtemp(join(tmpdir(), 'honeyhive-committer-'));
const metadata = await openTestMetadata(folder);
afterAll(async () => {
  await metadata.close();
  await rm(folder, { recursive: true, force: true });
});

/** Resolved from outside. */
function createGate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

let projects = 0;

/** A committer on the real stores, in its own project, with what continues in it in sight. */
function openCommitter({
  maxQueueBytes = 1_000_000,
  areSleepsHeld = false,
  hasOtherReaders = false,
} = {}) {
  const projectId = `project-${++projects}`;
  const reports: CommitReport[] = [];
  const failures: unknown[] = [];
  const inserts: string[][] = [];
  const sleeps: { readonly ms: number; readonly end: () => void }[] = [];
  let nowMs = 0;
  let beforeInsert = (_ids: readonly string[]): Promise<void> => Promise.resolve();
  const insert = async (rows: readonly StoredEvent[]): Promise<void> => {
    const ids = rows.filter(({ eventType }) => eventType !== 'session').map((row) => row.eventId);
    inserts.push(ids);
    await beforeInsert(ids);
    await store.insert(rows);
  };
  const seenIds = new SeenIds(1000);
  seenIds.complete();
  const committer = createCommitter({
    events: { ...store, insert },
    metadata,
    knownRoots: createKnownRoots(1000),
    knownMarks: createKnownMarks(1000),
    pricing: noPricing,
    useTrees: createUseTrees(1000),
    writeTurns: localWriteTurns,
    seenIds,
    clock: {
      ...systemClock,
      monotonicMs: () => nowMs,
      sleep(ms) {
        const { open, opened } = createGate();
        sleeps.push({ ms, end: open });
        if (!areSleepsHeld) open();
        return opened;
      },
    },
    maxQueueBytes,
    health: { noteStored: () => undefined, noteFailed: (error) => failures.push(error) },
    hasOtherReaders: (share) => hasOtherReaders && share === projectId,
    onCommit: (report) => reports.push(report),
  });
  const create = (eventId: string): Write => ({
    kind: 'create',
    event: buildStoredEvent({ projectId, sessionId: `session of ${eventId}`, eventId }),
    sent: { event_type: 'model' },
  });
  return {
    committer,
    reports,
    failures,
    inserts,
    sleeps,
    /** One request with these events. */
    submit: (...eventIds: string[]) => committer.submit(eventIds.map(create), 10),
    /** What happens before rows reach the store. */
    meddle(with_: (ids: readonly string[]) => Promise<void>) {
      beforeInsert = with_;
    },
    /** Blocks the next insert until it is released; later ones pass. */
    holdInsert() {
      const { open, opened } = createGate();
      beforeInsert = () => opened;
      return open;
    },
    passTime(ms: number) {
      nowMs += ms;
    },
    async readStored() {
      const found = await store.readSessionHeads(
        [projectId],
        inserts.flat().map((id) => `session of ${id}`),
      );
      return found
        .map(({ eventId }) => eventId)
        .filter((id) => !id.startsWith('session of '))
        .toSorted();
    },
  };
}

const kindsOf = (outcomes: readonly { readonly kind: string }[]) =>
  outcomes.map(({ kind }) => kind);

describe('groups', () => {
  test('what arrives while an insert is in flight is stored by the next one, together', async () => {
    const { submit, holdInsert, inserts, reports, readStored } = openCommitter();
    const letGo = holdInsert();

    const first = submit('a');
    await expect.poll(() => inserts).toEqual([['a']]);
    const others = [submit('b'), submit('c', 'd')];
    letGo();
    const outcomes = await Promise.all([first, ...others]);

    expect(outcomes.map(kindsOf)).toEqual([['stored'], ['stored'], ['stored', 'stored']]);
    expect(inserts).toEqual([['a'], ['b', 'c', 'd']]);
    expect(reports).toMatchObject([
      { requestCount: 1, bytes: 10 },
      { requestCount: 2, bytes: 20 },
    ]);
    expect(await readStored()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('each request gets the outcomes of the writes it made, in their order', async () => {
    const { committer, submit, holdInsert, inserts } = openCommitter();
    const letGo = holdInsert();
    const nowhere = { kind: 'project', projectId: 'nowhere' } as const;
    const missing: Write = { kind: 'delete', eventId: 'none', scope: nowhere, now: 1 };

    const first = submit('a');
    await expect.poll(() => inserts).toHaveLength(1);
    const mixed = committer.submit([missing], 1);
    const last = submit('b');
    letGo();

    expect(kindsOf(await first)).toEqual(['stored']);
    expect(kindsOf(await mixed)).toEqual(['notFound']);
    expect(await last).toMatchObject([{ kind: 'stored', event: { eventId: 'b' } }]);
  });
});

describe('a group that fails', () => {
  test('is tried again request by request: only the one that the store does not take is refused', async () => {
    const { submit, holdInsert, meddle, inserts, failures, reports, readStored } = openCommitter();
    const letGo = holdInsert();
    const first = submit('a');
    await expect.poll(() => inserts).toHaveLength(1);
    const others = [submit('b'), submit('bad'), submit('c')];
    meddle((ids) =>
      ids.includes('bad') ? Promise.reject(new StoreUnavailable('not this')) : Promise.resolve(),
    );
    letGo();

    const settled = await Promise.allSettled([first, ...others]);

    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(inserts).toEqual([['a'], ['b', 'bad', 'c'], ['b'], ['bad'], ['c']]);
    expect(failures).toMatchObject([{ message: 'not this' }]);
    expect(reports.map(({ eventCount }) => eventCount === null)).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(await readStored()).toEqual(['a', 'b', 'c']);
  });

  test('is refused as a whole, without another try, when nobody’s events can be stored', async () => {
    class DiskFull extends StoreUnavailable {
      override readonly isForAll = true;
    }
    const { submit, holdInsert, meddle, inserts, failures } = openCommitter();
    const letGo = holdInsert();
    const first = submit('a');
    await expect.poll(() => inserts).toHaveLength(1);
    const others = [submit('b'), submit('c')];
    meddle(() => Promise.reject(new DiskFull('no room')));
    letGo();

    await first;
    const settled = await Promise.allSettled(others);

    expect(settled).toMatchObject([
      { status: 'rejected', reason: { message: 'no room' } },
      { status: 'rejected', reason: { message: 'no room' } },
    ]);
    expect(inserts).toEqual([['a'], ['b', 'c']]);
    expect(failures).toHaveLength(1);
  });

  test('leaves the committer ready for the next', async () => {
    const { submit, meddle } = openCommitter();
    meddle(() => Promise.reject(new StoreUnavailable('not now')));
    await expect(submit('a')).rejects.toThrow('not now');
    meddle(() => Promise.resolve());

    expect(kindsOf(await submit('a'))).toEqual(['stored']);
  });
});

describe('the wait for callers that were just answered', () => {
  /** Two requests in a group whose insert takes so long, and how long is waited after it. */
  async function waitAfter(insertMs: number, { hasOtherReaders = false } = {}) {
    const opened = openCommitter({ areSleepsHeld: true, hasOtherReaders });
    const { submit, holdInsert, inserts, meddle, sleeps, passTime } = opened;
    const letGo = holdInsert();
    const first = submit('a');
    await expect.poll(() => inserts).toHaveLength(1);
    const others = [submit('b'), submit('c')];
    meddle(() => {
      passTime(insertMs);
      return Promise.resolve();
    });
    letGo();
    // Three are there: one was answered, and two wait. So nothing is waited for before their group.
    await expect.poll(() => sleeps.length).toBe(1);
    sleeps[0]?.end();
    await Promise.all([first, ...others]);
    await expect.poll(() => sleeps.length).toBe(2);
    return { ...opened, limitMs: sleeps[1]?.ms };
  }

  test.each([
    [3, 3],
    [8, 8],
    [500, 8],
  ])('is no longer than the insert of %i ms, and at most 8 ms: %i', async (insertMs, expected) => {
    const { limitMs, sleeps, committer } = await waitAfter(insertMs);

    expect(limitMs).toBe(expected);
    sleeps[1]?.end();
    await committer.close();
  });

  test('ends when all of them are back', async () => {
    const { submit, inserts, sleeps } = await waitAfter(5);

    const again = [submit('d'), submit('e')];
    await Promise.all(again);

    expect(inserts.at(-1)).toEqual(['d', 'e']);
    for (const { end } of sleeps) end();
  });

  test('ends with its time when one of them stays away', async () => {
    const { submit, inserts, sleeps } = await waitAfter(5);

    const again = submit('d');
    sleeps[1]?.end();
    await again;

    expect(inserts.at(-1)).toEqual(['d']);
  });

  test.each([
    [30, 60],
    [500, 250],
  ])(
    'while other projects read, is a rest twice as long as the commit of %i ms, and at most 250 ms: %i',
    async (insertMs, expected) => {
      const { submit, limitMs, sleeps, inserts } = await waitAfter(insertMs, {
        hasOtherReaders: true,
      });
      expect(limitMs).toBe(expected);

      const again = [submit('d'), submit('e'), submit('f')];
      await systemClock.nextTurn();
      expect(inserts.at(-1)).toEqual(['b', 'c']);
      sleeps[1]?.end();
      await Promise.all(again);

      expect(inserts.at(-1)).toEqual(['d', 'e', 'f']);
      for (const { end } of sleeps) end();
    },
  );

  test('is not made by a caller that is alone', async () => {
    const { submit, sleeps } = openCommitter({ areSleepsHeld: true });

    await submit('a');
    // What a caller sends next takes a turn of the event loop to arrive.
    await systemClock.nextTurn();
    await submit('b');

    expect(sleeps).toEqual([]);
  });
});

describe('the bound of the queue', () => {
  test('refuses at once what does not fit, and takes it when there is room again', async () => {
    const { submit, holdInsert, inserts, committer } = openCommitter({ maxQueueBytes: 15 });
    const letGo = holdInsert();
    const first = submit('a');
    await expect.poll(() => inserts).toHaveLength(1);

    await expect(submit('b')).rejects.toThrow('The write queue is full');
    expect(committer.stats()).toMatchObject({ requests: 1, bytes: 10, refusedRequests: 1 });
    letGo();
    await first;
    await expect.poll(() => committer.stats().bytes).toBe(0);

    expect(kindsOf(await submit('b'))).toEqual(['stored']);
  });

  test('a committer that closes answers what it accepted, and refuses the rest', async () => {
    const { submit, holdInsert, inserts, committer } = openCommitter();
    const letGo = holdInsert();
    const accepted = [submit('a')];
    await expect.poll(() => inserts).toHaveLength(1);
    accepted.push(submit('b'));

    const closed = committer.close();
    await expect(submit('c')).rejects.toThrow('shutting down');
    letGo();
    await closed;

    expect((await Promise.all(accepted)).map(kindsOf)).toEqual([['stored'], ['stored']]);
    expect(inserts).toEqual([['a'], ['b']]);
  });
});
