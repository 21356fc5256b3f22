import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noPricing } from '../domain/pricing.ts';
import { parsePatch } from '../domain/event-patch.ts';
import type { IdScope } from '../domain/id-home.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { buildStoredEvent, buildStoredSession } from '../store/testing/build-event.ts';
import { planCommit } from './plan-commit.ts';
import type { CommitState } from './plan-commit.ts';
import type { Write, WriteOutcome } from './write.ts';

const everywhere: IdScope = {
  kind: 'organisation',
  projectIds: ['default', 'a'],
  defaultId: 'default',
};
const inA: IdScope = { kind: 'project', projectId: 'a' };
const now = Date.UTC(2026, 0, 2);

/** Who writes: a key of project `a`, or one of the organisation that names `a`, or none. */
type Writer = 'project' | 'named' | 'unnamed';

function create(by: Writer, eventId = 'e1', sessionId = 's1'): Write {
  const projectId = by === 'unnamed' ? 'default' : 'a';
  const isByOrganisation = by !== 'project';
  return {
    kind: 'create',
    event: buildStoredEvent({ eventId, sessionId, projectId, isByOrganisation }),
    sent: { event_type: 'model' },
  };
}

function start(by: Writer, sessionId = 's1'): Write {
  const projectId = by === 'unnamed' ? 'default' : 'a';
  const event = buildStoredSession({ sessionId, projectId, isByOrganisation: by !== 'project' });
  return { kind: 'startSession', event };
}

function patch(by: Writer, eventId = 'e1'): Write {
  const parsed = parsePatch({ metadata: { [`by ${by}`]: true } });
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
  const scope = by === 'unnamed' ? everywhere : inA;
  return { kind: 'patch', eventId, scope, patch: parsed.patch, now, clientTimeNs: null };
}

const remove = (by: Writer, eventId = 'e1'): Write => ({
  kind: 'delete',
  eventId,
  scope: by === 'unnamed' ? everywhere : inA,
  now,
});

/** A store and its commits, as plainly as possible. */
class Store {
  readonly #latest = new Map<string, StoredEvent>();
  #held: CommitState['heldPatches'] = [];
  #sequence = 0;

  commit(...writes: Write[]): WriteOutcome[] {
    const latest = [...this.#latest.values()];
    const plan = planCommit(writes, {
      heads: latest,
      events: latest.filter(({ isDeleted }) => !isDeleted),
      heldPatches: this.#held,
      heldRoom: { tryTake: () => null },
      moves: { parts: [], left: [] },
      hasRoot: () => false,
      pricing: noPricing,
    });
    for (const row of plan.rows) {
      const key = JSON.stringify([row.projectId, row.eventId]);
      const before = this.#latest.get(key);
      if (before === undefined || before.version < row.version) this.#latest.set(key, row);
    }
    const kept = this.#held.filter(({ sequence }) => !plan.release.includes(sequence));
    const added = plan.hold.map((held) => ({ ...held, sequence: (this.#sequence += 1) }));
    this.#held = [...kept, ...added];
    return [...plan.outcomes];
  }

  event(projectId: string, eventId: string): StoredEvent | undefined {
    return this.#latest.get(JSON.stringify([projectId, eventId]));
  }

  get heldCount(): number {
    return this.#held.length;
  }

  all(): StoredEvent[] {
    return [...this.#latest.values()];
  }
}

const storeOf = (...writes: Write[]): Store => {
  const store = new Store();
  for (const write of writes) store.commit(write);
  return store;
};

test.each<[string, Write[], boolean]>([
  ['an event of a key of the project', [create('project')], false],
  ['a session that a key of the project started', [start('project')], false],
  ['an event of the organisation', [create('named')], true],
  ['a session that the organisation starts', [start('named')], true],
  ['an event of both, the project first', [create('project'), create('named', 'e2')], true],
  ['an event of both, the project last', [create('named'), create('project', 'e2')], true],
  ['a start by both, the project first', [start('project'), start('named')], true],
  ['a start by both, the project last', [start('named'), start('project')], true],
  ['a start after a planted event', [create('project'), start('named')], true],
  ['an event in a planted session', [start('project'), create('named')], true],
  ['a start by the project after an event', [create('named'), start('project')], true],
  ['an update of the organisation', [start('project'), patch('named', 's1')], false],
])('the session is the organisation’s after %s: %s', (_name, writes, isByOrganisation) => {
  const inTurn = storeOf(...writes);
  const atOnce = new Store();
  atOnce.commit(...writes);

  expect(inTurn.event('a', 's1')).toMatchObject({ isByOrganisation });
  expect(atOnce.event('a', 's1')).toMatchObject({ isByOrganisation });
});

test('an event of the same id in another session is another event, and stays the project’s', () => {
  const store = storeOf(create('project', 'e1', 'planted'), create('named', 'e1', 's1'));

  expect(store.event('a', 'e1')).toMatchObject({ sessionId: 'planted', isByOrganisation: false });
  expect(store.event('a', 'planted')).toMatchObject({ isByOrganisation: false });
});

test('a deleted session of the organisation that its project begins again stays the organisation’s', () => {
  const store = storeOf(start('named'), remove('named', 's1'), create('project'));

  expect(store.event('a', 's1')).toMatchObject({ isDeleted: false, isByOrganisation: true });
});

test('an update that waited is for what the organisation writes, in whichever project', () => {
  const store = storeOf(patch('unnamed'), create('project'));
  const planted = store.event('a', 'e1')?.metadata;
  store.commit(create('named'));

  expect([planted, store.event('a', 'e1')?.metadata]).toEqual(['{}', '{"by unnamed":true}']);
  expect(store.heldCount).toBe(0);
});

test('an update that named its project waits for the event there, regardless of the sender', () => {
  const store = storeOf(patch('named'), create('unnamed'), create('project'));

  expect(store.event('default', 'e1')?.metadata).toBe('{}');
  expect(store.event('a', 'e1')?.metadata).toBe('{"by named":true}');
});

test('two events of the organisation under one id are distinguished by nobody', () => {
  const store = storeOf(create('named'), create('unnamed'));
  const ambiguous = { kind: 'ambiguous', projectIds: ['default', 'a'] };

  expect(store.commit(patch('unnamed'), remove('unnamed'))).toEqual([ambiguous, ambiguous]);
  expect(store.all().every(({ version }) => version <= 1)).toBe(true);
});

test('a delete that finds only what a key of a project wrote says where', () => {
  expect(storeOf(create('project')).commit(remove('unnamed'))).toEqual([
    { kind: 'notFound', elsewhere: ['a'] },
  ]);
});

const ids = fc.constantFrom('x', 'y');
const byProject = fc.oneof(
  fc.tuple(ids, ids).map(([event, session]) => create('project', `event ${event}`, session)),
  ids.map((session) => start('project', session)),
  ids.map((id) => patch('project', `event ${id}`)),
  ids.map((id) => remove('project', `event ${id}`)),
);
const byOrganisation = fc.oneof(
  fc.tuple(ids, ids).map(([event, session]) => create('unnamed', `event ${event}`, session)),
  ids.map((session) => start('unnamed', session)),
  ids.map((id) => patch('unnamed', `event ${id}`)),
  ids.map((id) => remove('unnamed', `event ${id}`)),
);

test('whatever a key of a project writes, in whatever groups, the organisation’s default project is as without it', () => {
  const writes = fc.array(
    fc.record({ write: fc.oneof(byProject, byOrganisation), isNewGroup: fc.boolean() }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(writes, (all) => {
      const attacked = new Store();
      const alone = new Store();
      let group: Write[] = [];
      const flush = (): void => {
        attacked.commit(...group);
        group = [];
      };
      for (const { write, isNewGroup } of all) {
        if (isNewGroup) flush();
        group.push(write);
        if (isOfOrganisation(write)) alone.commit(write);
      }
      flush();
      const inDefault = (store: Store) =>
        store
          .all()
          .filter(({ projectId }) => projectId === 'default')
          .map(({ eventId, isDeleted, metadata }) => ({
            eventId,
            isDeleted,
            metadata: isDeleted ? '' : metadata,
          }))
          .toSorted((a, b) => a.eventId.localeCompare(b.eventId));

      expect(inDefault(attacked)).toEqual(inDefault(alone));
      expect(
        attacked
          .all()
          .filter(({ projectId, metadata }) => projectId === 'a' && metadata.includes('unnamed')),
      ).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

const isOfOrganisation = (write: Write): boolean =>
  write.kind === 'create' || write.kind === 'startSession'
    ? write.event.isByOrganisation
    : 'scope' in write && write.scope.kind === 'organisation';
