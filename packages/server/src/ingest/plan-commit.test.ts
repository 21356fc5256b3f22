import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noPricer, noPricing } from '../domain/pricing.ts';
import { draftEvent, draftSession } from '../domain/event-draft.ts';
import { parsePatch } from '../domain/event-patch.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { HeldRoom } from './held-room.ts';
import { planCommit } from './plan-commit.ts';
import type { CommitPlan, CommitState } from './plan-commit.ts';
import type { Write } from './write.ts';

const nothingHeld = { count: 0, bytes: 0 };
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const inProject = (projectId: string) => ({ kind: 'project', projectId }) as const;

function event(input: Record<string, unknown> = {}, at = now): StoredEvent {
  const draft = draftEvent(
    { event_type: 'tool', event_id: 'e1', session_id: 's1', ...input },
    {
      projectId: 'p1',
      now: at,
      acceptsUnknownType: false,
      isByOrganisation: true,
      apiKeyId: 'k1',
      pricer: noPricer,
    },
  );
  if ('issues' in draft) throw new Error(JSON.stringify(draft.issues));
  return draft.event;
}

function create(input: Record<string, unknown> = {}, at = now): Write {
  return { kind: 'create', event: event(input, at), sent: { event_type: 'tool', ...input } };
}

function session(input: Record<string, unknown> = {}, at = now): StoredEvent {
  const draft = draftSession(
    { session_id: 's1', ...input },
    {
      projectId: 'p1',
      now: at,
      acceptsUnknownType: false,
      isByOrganisation: true,
      apiKeyId: 'k1',
      pricer: noPricer,
    },
  );
  if ('issues' in draft) throw new Error(JSON.stringify(draft.issues));
  return draft.event;
}

function patch(
  change: Record<string, unknown>,
  eventId = 'e1',
  clientTimeNs: bigint | null = null,
): Write {
  const parsed = parsePatch(change);
  if ('issues' in parsed) throw new Error(JSON.stringify(parsed.issues));
  return {
    kind: 'patch',
    eventId,
    scope: inProject('p1'),
    patch: parsed.patch,
    now: now + 1,
    clientTimeNs,
  };
}

/** The latest versions that a list of rows leaves behind, as the store would merge them. */
function settle(rows: readonly StoredEvent[]): StoredEvent[] {
  const latest = new Map<string, StoredEvent>();
  for (const row of rows) {
    const before = latest.get(row.eventId);
    if (!before || row.version > before.version) latest.set(row.eventId, row);
  }
  return [...latest.values()];
}

function stateOf(rows: readonly StoredEvent[], held: CommitState['heldPatches'] = []): CommitState {
  const latest = settle(rows);
  return {
    heads: latest,
    events: latest.filter((row) => !row.isDeleted),
    heldPatches: held,
    heldRoom: new HeldRoom({ all: nothingHeld, of: () => nothingHeld }),
    moves: { parts: [], left: [] },
    hasRoot: () => false,
    pricing: noPricing,
  };
}

const empty = stateOf([]);
const rowOf = (plan: CommitPlan, eventId: string): StoredEvent | undefined =>
  settle(plan.rows).find((row) => row.eventId === eventId);
const metadataOf = (row: StoredEvent | undefined): unknown => JSON.parse(row?.metadata ?? 'null');

describe('create', () => {
  test('stores the event at version 1 and a root for its unknown session at version 0', () => {
    const plan = planCommit([create()], empty);

    expect(
      plan.rows.map(({ eventId, version, eventType }) => [eventId, version, eventType]),
    ).toEqual([
      ['e1', 1, 'tool'],
      ['s1', 0, 'session'],
    ]);
  });

  test('makes no root for a session that is known to have one', () => {
    const plan = planCommit([create()], {
      ...empty,
      hasRoot: () => true,
    });

    expect(plan.rows).toHaveLength(1);
  });

  test('the same event twice, in one group or later, is one event', () => {
    const sent = create();

    const first = planCommit([sent, sent], empty);
    const later = planCommit([sent], stateOf(first.rows));

    expect(first.rows.filter(({ eventId }) => eventId === 'e1')).toHaveLength(1);
    expect(later.rows).toEqual([]);
    expect(later.outcomes[0]).toMatchObject({ kind: 'known', kept: [] });
  });

  test('a late retry does not undo an update, nor a delete', () => {
    const updated = planCommit([create(), patch({ metadata: { a: 1 } })], empty);
    const deleted = planCommit(
      [{ kind: 'delete', eventId: 'e1', scope: inProject('p1'), now }],
      stateOf(updated.rows),
    );

    expect(planCommit([create()], stateOf(updated.rows)).rows).toEqual([]);
    expect(planCommit([create()], stateOf([...updated.rows, ...deleted.rows])).rows).toEqual([]);
  });

  test('carries the patches that came before it, in order, and releases them', () => {
    const held = [
      {
        sequence: 7,
        projectId: 'p1',
        eventId: 'e1',
        patch: '{"merge":{"metadata":{"a":1,"b":1}}}',
        receivedAt: 0,
      },
      {
        sequence: 8,
        projectId: null,
        eventId: 'e1',
        patch: '{"merge":{"metadata":{"b":2}}}',
        receivedAt: 1,
      },
      {
        sequence: 9,
        projectId: 'p2',
        eventId: 'e1',
        patch: '{"merge":{"metadata":{"c":3}}}',
        receivedAt: 1,
      },
    ];

    const plan = planCommit([create()], stateOf([], held));

    expect(metadataOf(rowOf(plan, 'e1'))).toEqual({ a: 1, b: 2 });
    expect(plan.release).toEqual([7, 8]);
  });

  test('a patch that arrives in the same group, before its event, is not kept but applied', () => {
    const plan = planCommit([patch({ metadata: { a: 1 } }), create()], empty);

    expect(metadataOf(rowOf(plan, 'e1'))).toEqual({ a: 1 });
    expect(plan.hold).toEqual([]);
  });
});

describe('patch', () => {
  test('merges key by key and writes the next version', () => {
    const stored = planCommit([create({ metadata: { a: 1, b: 1 } })], empty);

    const plan = planCommit(
      [patch({ metadata: { b: 2 }, outputs: { x: 1 } })],
      stateOf(stored.rows),
    );

    expect(rowOf(plan, 'e1')).toMatchObject({
      version: 2,
      outputs: '{"x":1}',
      metadata: '{"a":1,"b":2}',
    });
  });

  test('is kept when the event does not exist yet', () => {
    const plan = planCommit([patch({ metadata: { a: 1 } })], empty);

    expect(plan.rows).toEqual([]);
    expect(plan.outcomes).toEqual([{ kind: 'held' }]);
    expect(plan.hold).toMatchObject([{ projectId: 'p1', eventId: 'e1' }]);
  });

  test('that changes nothing writes nothing', () => {
    const stored = planCommit([create()], empty);

    expect(
      planCommit([patch({ metadata: null, outputs: null })], stateOf(stored.rows)).rows,
    ).toEqual([]);
  });

  test('patches that arrive together follow the clock of their client', () => {
    const stored = planCommit([create()], empty);

    const plan = planCommit(
      [
        patch({ metadata: { a: 'later' } }, 'e1', 20n),
        patch({ metadata: { a: 'earlier' } }, 'e1', 10n),
      ],
      stateOf(stored.rows),
    );

    expect(metadataOf(rowOf(plan, 'e1'))).toEqual({ a: 'later' });
  });

  test('many at once lose no field', () => {
    const stored = planCommit([create()], empty);
    const many = Array.from({ length: 50 }, (_, index) =>
      patch({ metadata: { [`k${index}`]: index } }),
    );

    const plan = planCommit(many, stateOf(stored.rows));

    expect(plan.rows).toHaveLength(1);
    expect(Object.keys(metadataOf(rowOf(plan, 'e1')) as object)).toHaveLength(50);
  });
});

describe('session', () => {
  test('a real start replaces the root that its events brought', () => {
    const stored = planCommit([create()], empty);

    const plan = planCommit(
      [{ kind: 'startSession', event: session({ session_name: 'chat' }) }],
      stateOf(stored.rows),
    );

    expect(rowOf(plan, 's1')).toMatchObject({ eventName: 'chat', version: 1 });
  });

  test('a start in another hour than its placeholder leaves a tombstone in the old place', () => {
    const stored = planCommit([create({}, now)], empty);
    const start = session({ session_name: 'chat', start_time: now - 7_200_000 });

    const plan = planCommit([{ kind: 'startSession', event: start }], stateOf(stored.rows));

    expect(
      plan.rows.map(({ isDeleted, version, startTime }) => [isDeleted, version, startTime]),
    ).toEqual([
      [true, 1, now],
      [false, 2, now - 7_200_000],
    ]);
  });

  test('a second start merges metadata and user properties and keeps the rest', () => {
    const first = planCommit(
      [{ kind: 'startSession', event: session({ session_name: 'a', metadata: { x: 1 } }) }],
      empty,
    );
    const again = session({
      session_name: 'b',
      metadata: { y: 2 },
      user_properties: { user_id: 'u' },
    });

    const plan = planCommit([{ kind: 'startSession', event: again }], stateOf(first.rows));

    expect(rowOf(plan, 's1')).toMatchObject({
      version: 2,
      eventName: 'a',
      metadata: '{"x":1,"y":2}',
      user_properties: '{"user_id":"u"}',
    });
  });

  test('a retried start that says the same writes nothing', () => {
    const first = planCommit(
      [{ kind: 'startSession', event: session({ metadata: { x: 1 } }) }],
      empty,
    );

    expect(
      planCommit(
        [{ kind: 'startSession', event: session({ metadata: { x: 1 } }) }],
        stateOf(first.rows),
      ).rows,
    ).toEqual([]);
  });

  test('deleting it leaves a tombstone for each of its events', () => {
    const rows = planCommit(
      [{ kind: 'startSession', event: session() }, create(), create({ event_id: 'e2' })],
      empty,
    ).rows;

    const plan = planCommit(
      [{ kind: 'deleteSession', sessionId: 's1', scope: inProject('p1'), now }],
      stateOf(rows),
    );

    expect(plan.outcomes).toEqual([{ kind: 'deleted', count: 3 }]);
    expect(settle([...rows, ...plan.rows]).every(({ isDeleted }) => isDeleted)).toBe(true);
  });

  test('a new event of a deleted session brings a root again', () => {
    const rows = planCommit([{ kind: 'startSession', event: session() }], empty).rows;
    const gone = planCommit(
      [{ kind: 'deleteSession', sessionId: 's1', scope: inProject('p1'), now }],
      stateOf(rows),
    ).rows;

    const plan = planCommit([create()], stateOf([...rows, ...gone]));

    expect(rowOf(plan, 's1')).toMatchObject({ isDeleted: false, eventType: 'session' });
  });

  test('of another project is neither patched nor deleted', () => {
    const rows = planCommit([create()], empty).rows;
    const foreign = {
      ...patch({ metadata: { a: 1 } }),
      scope: inProject('p2'),
    } as Write;

    const plan = planCommit(
      [foreign, { kind: 'delete', eventId: 'e1', scope: inProject('p2'), now }],
      stateOf(rows),
    );

    expect(plan.rows).toEqual([]);
    expect(plan.outcomes).toEqual([{ kind: 'held' }, { kind: 'notFound', elsewhere: [] }]);
  });
});

const ids = fc.constantFrom('a', 'b', 'c');
const anyWrite: fc.Arbitrary<Write> = fc.oneof(
  fc
    .record({ id: ids, session: fc.constantFrom('s1', 's1', 's2'), value: fc.integer() })
    .map(({ id, session, value }) =>
      create({ event_id: id, session_id: session, metadata: { created: value } }),
    ),
  fc
    .record({ id: ids, key: fc.constantFrom('x', 'y', 'z'), value: fc.integer() })
    .map(({ id, key, value }) => patch({ metadata: { [key]: value } }, id)),
  ids.map((id): Write => ({ kind: 'delete', eventId: id, scope: inProject('p1'), now })),
);

test('however writes are split into groups, the store ends up the same', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyWrite, { maxLength: 8 }), { maxLength: 6 }), (groups) => {
      const inGroups = commitAll(groups);
      const oneByOne = commitAll(groups.flat().map((write) => [write]));

      expect(inGroups).toEqual(oneByOne);
    }),
    { numRuns: 300 },
  );
});

function commitAll(groups: readonly (readonly Write[])[]): unknown {
  let rows: StoredEvent[] = [];
  let held: CommitState['heldPatches'] = [];
  let sequence = 0;
  for (const writes of groups) {
    const plan = planCommit(writes, stateOf(rows, held));
    rows = [...rows, ...plan.rows];
    held = [
      ...held.filter((item) => !plan.release.includes(item.sequence)),
      ...plan.hold.map((item) => ({ ...item, sequence: (sequence += 1) })),
    ];
  }
  return settle(rows)
    .map(({ eventId, isDeleted, metadata }) => ({
      eventId,
      isDeleted,
      metadata: isDeleted ? null : (JSON.parse(metadata) as unknown),
    }))
    .toSorted((a, b) => a.eventId.localeCompare(b.eventId));
}

describe('an event that would hold more than one may', () => {
  const large = 'x'.repeat(9 * 1024 * 1024);

  test('is as before: an update of it is refused, a smaller one is made', () => {
    const stored = event({ outputs: { large } });

    const plan = planCommit(
      [patch({ metadata: { large } }), patch({ metadata: { small: 1 } })],
      stateOf([stored]),
    );

    expect(plan.outcomes.map(({ kind }) => kind)).toEqual(['tooLarge', 'stored']);
    expect(settle(plan.rows)).toMatchObject([{ outputs: stored.outputs, metadata: '{"small":1}' }]);
  });

  test('may become smaller, if it is from before there was a limit', () => {
    const stored = { ...event(), outputs: JSON.stringify({ large: large + large }) };

    const plan = planCommit(
      [patch({ metadata: { more: 1 } }), patch({ outputs: { large } })],
      stateOf([stored]),
    );

    expect(plan.outcomes.map(({ kind }) => kind)).toEqual(['tooLarge', 'stored']);
    expect(settle(plan.rows)).toMatchObject([{ outputs: JSON.stringify({ large }) }]);
  });

  test('is as before: so is a session that is started again', () => {
    const stored = session({ metadata: { a: large } });

    const plan = planCommit(
      [{ kind: 'startSession', event: session({ metadata: { b: large } }, now + 1) }],
      stateOf([stored]),
    );

    expect(plan.outcomes).toEqual([{ kind: 'tooLarge' }]);
    expect(plan.rows).toEqual([]);
  });
});
