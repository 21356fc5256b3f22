import { isSampled } from 'honeyhive-facts';
import { expect, test } from 'vitest';
import { readSamplingRules } from '../domain/sampling-rules.ts';
import type { JsonObject } from '../domain/json-text.ts';
import type { EventHead, StoredEvent } from '../domain/stored-event.ts';
import { buildStoredEvent, buildStoredSession } from '../store/testing/build-event.ts';
import { createSampler } from './sampler.ts';
import type { NewWrite, PatchWrite, Sampler } from './sampler.ts';
import { SetAside } from './set-aside.ts';
import type { SetAsideLimits } from './set-aside.ts';
import type { Write } from './write.ts';

const startMs = Date.UTC(2026, 0, 1);
const drops: number[] = [];
const inProject = (projectId: string) => ({ kind: 'project', projectId }) as const;
const everywhere = { kind: 'organisation', projectIds: ['q', 'p'], defaultId: 'q' } as const;

/** A sampler that began at the start of 2026, and the hour of its clock. */
function makeSampler(
  settings: Readonly<Record<string, JsonObject>>,
  {
    stored = [],
    limits = { maxBytes: 1_000_000, maxAgeMs: 60_000 },
  }: { stored?: readonly string[]; limits?: SetAsideLimits } = {},
) {
  const clock = { now: startMs };
  const toHead = (eventId: string): EventHead => ({
    ...buildStoredEvent({ eventId, sessionId: eventId, projectId: 'p' }),
  });
  const sampler = createSampler({
    rates: { of: async (projectId) => readSamplingRules(settings[projectId] ?? {}) },
    aside: new SetAside(limits, startMs),
    events: {
      readHeads: async (_projectIds, ids) =>
        ids.filter((id) => stored.includes(id)).map((id) => toHead(id)),
    },
    seenIds: {
      catchUp: () => Promise.resolve(),
      mayHold: (_projectId, id) => stored.includes(id),
    },
    now: () => clock.now,
    onDropped: (count) => drops.push(count),
  });
  return { sampler, clock };
}

const create = (event: StoredEvent): NewWrite => ({
  kind: 'create',
  event,
  sent: { event_type: event.eventType },
});
const startSession = (sessionId: string): NewWrite => ({
  kind: 'startSession',
  event: buildStoredSession({ projectId: 'p', sessionId }),
});
const eventIn = (sessionId: string, eventId: string, rest: Partial<StoredEvent> = {}): NewWrite =>
  create(buildStoredEvent({ projectId: 'p', sessionId, eventId, ...rest }));

const patch = (
  eventId: string,
  change: PatchWrite['patch'],
  scope: PatchWrite['scope'] = inProject('p'),
): PatchWrite => ({
  kind: 'patch',
  eventId,
  scope,
  patch: change,
  now: startMs,
  clientTimeNs: null,
});

/** What is stored of writes: ids, with `*` for sessions that may be partial, and the rate of each. */
const summarise = (writes: readonly Write[] | null): string[] | null =>
  writes &&
  writes.map((write) =>
    'event' in write
      ? `${write.event.eventId}${write.event.isPartial ? '*' : ''} ${write.event.sampleRate}`
      : `${write.kind} ${'eventId' in write ? write.eventId : ''}`,
  );

const selectOne = async (sampler: Sampler, write: NewWrite): Promise<string[] | null> => {
  const [chosen = null] = await sampler.select([write]);
  return summarise(chosen);
};

/** A session of which the hash says, at half of the sessions, that it goes or stays. */
const findSession = (isKept: boolean, rate = 0.5): string =>
  Array.from({ length: 1_000 }, (_each, index) => `session ${index}`).find(
    (id) => isSampled(id, rate) === isKept,
  ) ?? '';
const [gone, kept] = [findSession(false), findSession(true)];

/** Two events for each of so many sessions. */
const makeEvents = (projectId: string, sessionCount: number): NewWrite[] =>
  Array.from({ length: sessionCount * 2 }, (_each, index) =>
    create(
      buildStoredEvent({
        projectId,
        sessionId: `session ${index % sessionCount}`,
        eventId: `event ${index}`,
      }),
    ),
  );

test('keeps about the share that is asked for, each session whole, and says what each event stands for', async () => {
  const writes = makeEvents('p', 2_000);
  const { sampler } = makeSampler({ p: { sampling_rate: 0.25 } });

  const chosen = await sampler.select(writes);

  const stored = chosen.flatMap((list) => list ?? []);
  const sessions = new Set(stored.map((write) => ('event' in write ? write.event.sessionId : '')));
  expect(sessions.size).toBeGreaterThan(400);
  expect(sessions.size).toBeLessThan(600);
  expect(stored).toHaveLength(2 * sessions.size);
  for (const write of stored)
    expect(write).toMatchObject({ event: { sampleRate: 0.25, isPartial: false } });
});

test('every project has its own rate', async () => {
  const writes = ['none', 'all'].flatMap((projectId) => makeEvents(projectId, 10));

  const chosen = await makeSampler({ none: { sampling_rate: 0 } }).sampler.select(writes);

  expect(chosen).toEqual(writes.map((write) => (write.event.projectId === 'all' ? [write] : null)));
  expect(drops.at(-1)).toBe(20);
});

test('updates of what was left out are left out, in its project only, until it is stored after all', async () => {
  const settings = { p: { sampling_rate: 0 } };
  const { sampler } = makeSampler(settings);
  const write = eventIn('s', 'e1');
  await sampler.select([write]);
  const change = (scope: PatchWrite['scope']) =>
    sampler.selectUpdate(patch('e1', { merge: {} }, scope));

  expect(await change(everywhere)).toBeNull();
  expect(await change(inProject('q'))).toHaveLength(1);

  settings.p = { sampling_rate: 1 };
  await sampler.select([write]);

  expect(await change(inProject('p'))).toHaveLength(1);
});

test('what a key of a project left out hides no update of the organisation', async () => {
  const { sampler } = makeSampler({ p: { sampling_rate: 0 } });
  const change = () => sampler.selectUpdate(patch('e1', { merge: {} }, everywhere));
  await sampler.select([eventIn('s', 'e1', { isByOrganisation: false })]);
  const before = await change();
  await sampler.select([eventIn('s', 'e1')]);
  await sampler.select([eventIn('s', 'e1', { isByOrganisation: false })]);

  expect([before?.length, await change()]).toEqual([1, null]);
});

test('the cache is bounded: the oldest is evicted first', async () => {
  const { sampler } = makeSampler({ p: { sampling_rate: 0 } });

  await sampler.select(makeEvents('p', 50_001));

  const isLeftOut = async (id: string) =>
    (await sampler.selectUpdate(patch(id, { merge: {} }))) === null;
  expect(await isLeftOut('event 1')).toBe(false);
  expect(await isLeftOut('event 2')).toBe(true);
  expect(await isLeftOut('event 100001')).toBe(true);
});

test('an error brings back all that was set aside of its session, in order, and what comes after is kept', async () => {
  const { sampler } = makeSampler({ p: { sampling_rate: 0.5, keep_errors: true } });
  expect(await selectOne(sampler, startSession(gone))).toBeNull();
  expect(await selectOne(sampler, eventIn(gone, 'a'))).toBeNull();
  expect(await sampler.selectUpdate(patch('a', { merge: { metrics: { x: 1 } } }))).toBeNull();

  expect(await selectOne(sampler, eventIn(gone, 'b', { error: 'boom' }))).toEqual([
    `${gone} 0`,
    'a 0',
    'patch a',
    'b 1',
  ]);
  expect(await selectOne(sampler, eventIn(gone, 'c'))).toEqual(['c 0']);
  expect(await sampler.selectUpdate(patch('a', { merge: {} }))).toHaveLength(1);
});

test('an error that is set by an update does the same', async () => {
  const { sampler } = makeSampler({ p: { sampling_rate: 0.5, keep_errors: true } });
  await sampler.select([startSession(gone), eventIn(gone, 'a')]);

  const chosen = await sampler.selectUpdate(patch('a', { merge: {}, error: 'boom' }));

  expect(summarise(chosen)).toEqual([`${gone} 0`, 'a 0', 'patch a']);
});

test('feedback keeps a session only where that is asked for', async () => {
  const both = { sampling_rate: 0.5, keep_errors: true };
  for (const keepsFeedback of [false, true]) {
    const { sampler } = makeSampler({ p: { ...both, keep_feedback: keepsFeedback } });
    await sampler.select([startSession(gone)]);

    const chosen = await sampler.selectUpdate(patch(gone, { merge: { feedback: { rating: 5 } } }));

    expect(summarise(chosen)).toEqual(keepsFeedback ? [`${gone} 0`, `patch ${gone}`] : null);
  }
});

test('events of one request are kept with the error among them, those before it too', async () => {
  const { sampler } = makeSampler({ p: { sampling_rate: 0.5, keep_errors: true } });

  const chosen = await sampler.select([
    startSession(gone),
    eventIn(gone, 'a'),
    eventIn(gone, 'b', { error: 'boom' }),
  ]);

  expect(chosen.map(summarise)).toEqual([[`${gone} 0`], ['a 0'], ['b 1']]);
});

test('an error stands for itself alone in a session that the sample keeps, too', async () => {
  const { sampler } = makeSampler({ p: { sampling_rate: 0.5, keep_errors: true } });

  expect(await selectOne(sampler, startSession(kept))).toEqual([`${kept} 0.5`]);
  expect(await selectOne(sampler, eventIn(kept, 'a', { error: 'boom' }))).toEqual(['a 1']);
  expect(await selectOne(sampler, eventIn(kept, 'b'))).toEqual(['b 0.5']);
});

const failing = { p: { sampling_rate: 0.5, keep_errors: true } };

test('a session whose start is not at hand may be partial', async () => {
  const { sampler } = makeSampler(failing);

  expect(await selectOne(sampler, eventIn(gone, 'b', { error: 'boom' }))).toEqual(['b* 1']);
});

test('so may one that began before the service did', async () => {
  const { sampler } = makeSampler(failing);
  const early = { projectId: 'p', sessionId: gone, startTime: startMs - 1 };

  const chosen = await sampler.select([
    { kind: 'startSession', event: buildStoredSession(early) },
    eventIn(gone, 'b', { error: 'boom' }),
  ]);

  expect(chosen.map(summarise)).toEqual([[`${gone}* 0`], ['b* 1']]);
});

test.each<[string, SetAsideLimits, number]>([
  ['for too long', { maxBytes: 1_000_000, maxAgeMs: 1_000 }, 1_000],
  ['for lack of room', { maxBytes: 2_500, maxAgeMs: 60_000 }, 0],
])('and one of which something was dropped %s', async (_why, limits, passedMs) => {
  const { sampler, clock } = makeSampler(failing, { limits });
  await sampler.select([startSession(gone), eventIn(gone, 'a'), eventIn(gone, 'b')]);
  clock.now += passedMs;

  const chosen = await sampler.select([startSession(gone), eventIn(gone, 'c', { error: 'boom' })]);

  expect(chosen.map(summarise)).toEqual([[`${gone}* 0`], ['c* 1']]);
});

test('what is stored of a session already is continued, whatever its share is now', async () => {
  const { sampler } = makeSampler({ p: { sampling_rate: 0 } }, { stored: [gone] });

  expect(await selectOne(sampler, eventIn(gone, 'late'))).toEqual(['late 0']);
  expect(await selectOne(sampler, eventIn(kept, 'other'))).toBeNull();
});

test('a session that was kept is continued when its rate is lowered, but for types that it lacks', async () => {
  const settings: Record<string, JsonObject> = { p: { sampling_rate: 0.5 } };
  const { sampler } = makeSampler(settings);
  await sampler.select([startSession(kept)]);
  settings['p'] = { sampling_rate: 0, sampling_by_event_type: { tool: 0 } };

  expect(await selectOne(sampler, eventIn(kept, 'late'))).toEqual(['late* 0']);
  expect(await selectOne(sampler, eventIn(kept, 'tool', { eventType: 'tool' }))).toBeNull();
});

test('a session that is kept since the settings changed is partial', async () => {
  const settings = { p: { sampling_rate: 0 } };
  const { sampler } = makeSampler(settings);
  await sampler.select([startSession(gone)]);
  settings.p = { sampling_rate: 0.9999 };

  expect(await selectOne(sampler, eventIn(gone, 'late'))).toEqual(['late* 0.9999']);
});

test('sources have their own rates; that of the first event counts for its session', async () => {
  const { sampler } = makeSampler({
    p: { sampling_rate: 0, sampling_by_source: { staging: 1 } },
  });
  const start = (sessionId: string, source: string): NewWrite => ({
    kind: 'startSession',
    event: buildStoredSession({ projectId: 'p', sessionId, source }),
  });

  expect(await selectOne(sampler, start('s1', 'staging'))).toEqual(['s1 1']);
  expect(await selectOne(sampler, eventIn('s1', 'a', { source: 'unknown' }))).toEqual(['a 1']);
  expect(await selectOne(sampler, start('s2', 'production'))).toBeNull();
  expect(await selectOne(sampler, eventIn('s2', 'b', { source: 'staging' }))).toBeNull();
  // It is not known that nothing came before.
  expect(await selectOne(sampler, eventIn('s3', 'c', { source: 'staging' }))).toEqual(['c* 1']);
});

test('types have their own rates, never more than their session, which is partial without them', async () => {
  const tool = { eventType: 'tool' } as const;
  const { sampler } = makeSampler({
    p: { sampling_rate: 0.5, sampling_by_event_type: { tool: 0.1, chain: 1 } },
  });
  const rare = findSession(true, 0.1);
  const thin =
    Array.from({ length: 1_000 }, (_each, index) => `s${index}`).find(
      (id) => isSampled(id, 0.5) && !isSampled(id, 0.1),
    ) ?? '';

  const stored = async (session: string) => [
    await selectOne(sampler, startSession(session)),
    await selectOne(sampler, eventIn(session, `${session} tool`, tool)),
    await selectOne(sampler, eventIn(session, `${session} chain`, { eventType: 'chain' })),
  ];
  expect(await stored(rare)).toEqual([
    [`${rare} 0.5`],
    [`${rare} tool 0.1`],
    [`${rare} chain 0.5`],
  ]);
  expect(await stored(thin)).toEqual([[`${thin}* 0.5`], null, [`${thin} chain* 0.5`]]);
  expect(await stored(gone)).toEqual([null, null, null]);
});
