import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import type { ExploreQuery } from '../../domain/explore-query.ts';
import type { ExploredRow } from '../../domain/explore-store.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { buildStoredEvent } from '../testing/build-event.ts';
import { openTestStore } from '../testing/open-test-store.ts';

const store = await openTestStore();
const hourMs = 3_600_000;
let projectCount = 0;

/** The first round leaves alone what was just written to. */
async function index(): Promise<void> {
  const round = { isStopped: () => false, rest: (work: () => Promise<void>) => work() };
  await store.indexWords(round);
  await store.indexWords(round);
}

const uuids = ['0190b2a4-7c1e-7abc-8def-0123456789ab', '0190b2a4-7c1e-7abc-8def-fedcba987654'];
const texts = [
  'Refund for order 48213',
  'REFUNDABLE',
  'prefund\nrefund\ttab',
  'say "Zürich" to ÄRGER',
  'C:\\refunds\\4821',
  '退款请求😀👍',
  '退款',
  'e-mail: ada@example.io',
  'x '.repeat(300),
];
const needles = [
  ...['refund', 'EFUND', 'undab', 'order 48213', '482', '48213', 'absent', 'no'],
  ...['zürich', 'ärger', '款请', '😀', '退', 'ada@', '.io', '"Zürich"', '\nrefund', 'C:\\ref'],
  ...['0123456789AB', '7abc-8def', 'fedc', 'name-7', 'odd-id', 'role'],
];

const event = fc.record({
  eventIndex: fc.nat({ max: 11 }),
  isDeleted: fc.constantFrom(false, false, false, true),
  eventName: fc.constantFrom('one', 'name-7', 'Refund'),
  error: fc.constantFrom(null, null, ...texts),
  input: fc.constantFrom('', ...texts),
  output: fc.constantFrom('', ...texts),
  key: fc.constantFrom('role', ...texts),
});
const steps = fc.array(
  fc.record({ events: fc.array(event, { minLength: 1, maxLength: 8 }), isIndexed: fc.boolean() }),
  { minLength: 1, maxLength: 4 },
);
type Made = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** Where an event lies follows from its index: hour, session, and an id of either form. */
function toRow(made: Made, projectId: string, version: number): StoredEvent {
  const { eventIndex } = made;
  const sessionId = uuids[eventIndex % 2] ?? '';
  return buildStoredEvent({
    projectId,
    sessionId,
    eventId: eventIndex < 2 ? sessionId : `odd-id ${eventIndex}`,
    version,
    isDeleted: made.isDeleted,
    eventName: made.eventName,
    error: made.error,
    startTime: (10 + (eventIndex % 3)) * hourMs + eventIndex,
    endTime: (10 + (eventIndex % 3)) * hourMs + eventIndex,
    inputs: JSON.stringify({ text: made.input }),
    outputs: JSON.stringify({ text: made.output }),
    metadata: JSON.stringify({ [made.key]: 1 }),
  });
}

/** Case aside, in a text as it is or in JSON as it is stored. */
function hasText(row: StoredEvent, needle: string): boolean {
  const includes = (text: string, part: string): boolean =>
    text.toLowerCase().includes(part.toLowerCase());
  const plain = [row.eventName, row.eventId, row.sessionId, row.user, row.model, row.error ?? ''];
  const json = [row.inputs, row.outputs, row.metadata, row.feedback];
  const inJson = JSON.stringify(needle).slice(1, -1);
  return (
    plain.some((text) => includes(text, needle)) || json.some((text) => includes(text, inJson))
  );
}

/** The rows; the count and the histogram have to agree with them. */
async function search(projectId: string, query: Partial<ExploreQuery>): Promise<ExploredRow[]> {
  const asked: ExploreQuery = {
    projectId,
    scope: 'events',
    filters: [],
    target: 'any_event',
    words: [],
    ...query,
  };
  const rows = await store.explore.readRows({
    ...asked,
    sort: { field: 'start_time', isDescending: true },
    after: null,
    limit: 100,
    columns: [],
  });
  const histogram = await store.explore.readHistogram({ rows: asked, starts: [0, 1e12] });
  const [bars] = [histogram.reduce((sum, { ok, error }) => sum + ok + error, 0)];
  expect([await store.explore.countRows(asked, 1_000), bars]).toEqual([rows.length, rows.length]);
  return rows;
}

const idsOf = (rows: readonly ExploredRow[]): string[] =>
  rows.map(({ event: { eventId } }) => eventId).toSorted();

/** The latest version of each event, by id. */
type Latest = Map<string, StoredEvent>;

const alive = (latest: Latest): StoredEvent[] =>
  [...latest.values()].filter(({ isDeleted }) => !isDeleted);

function findEvents(latest: Latest, words: readonly string[]): string[] {
  const found = alive(latest).filter((row) => words.every((word) => hasText(row, word)));
  return found.map(({ eventId }) => eventId).toSorted();
}

/** Sessions with an event that has all of the words. */
function findSessions(latest: Latest, words: readonly string[]): string[] {
  const found = new Set(findEvents(latest, words));
  const rows = alive(latest);
  const sessions = new Set(
    rows.filter(({ eventId }) => found.has(eventId)).map(({ sessionId }) => sessionId),
  );
  return uuids.filter((id) => sessions.has(id) && rows.some(({ eventId }) => eventId === id));
}

/** The event that is shown as the match of a session: the earliest that has all of the words. */
const firstMatch = (latest: Latest, words: readonly string[], sessionId: string): string => {
  const found = new Set(findEvents(latest, words));
  const [first] = alive(latest)
    .filter((row) => row.sessionId === sessionId && found.has(row.eventId))
    .toSorted((one, other) => one.startTime - other.startTime);
  return first?.eventId ?? '';
};

const buckets = ['inputs', 'outputs', 'metadata', 'feedback'];
/** As a stored event names the field. */
const toName = (field = ''): string =>
  field.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());

/** Each row shows the first word, as the event has it. */
function expectMatches(
  latest: Latest,
  words: readonly string[],
  { rows, eventOf }: { rows: ExploredRow[]; eventOf: (row: ExploredRow) => string },
): void {
  const [word = ''] = words;
  for (const row of rows) {
    const { match } = row;
    expect([words, match?.text.toLowerCase()]).toEqual([
      words,
      word.replaceAll(/\s+/g, ' ').toLowerCase(),
    ]);
    expect(match?.eventId).toBe(eventOf(row));
    const event = latest.get(eventOf(row));
    const value = event && Object.entries(event).find(([name]) => name === toName(match?.field));
    expect(String(value?.[1]).toLowerCase()).toContain(
      (buckets.includes(match?.field ?? '')
        ? JSON.stringify(word).slice(1, -1)
        : word
      ).toLowerCase(),
    );
  }
}

async function expectAll(projectId: string, latest: Latest): Promise<void> {
  // In `npm test`, each run asks for another third.
  const third = needles.filter((_needle, place) => place % 3 === projectCount % 3);
  const some = byLevel({ short: third, full: needles });
  const asked = [...some.map((needle) => [needle]), ['refund', '48213'], ['undab', '退款']];
  for (const words of asked) {
    const all = await search(projectId, { words });
    expect([words, idsOf(all)]).toEqual([words, findEvents(latest, words)]);
    expectMatches(latest, words, { rows: all, eventOf: ({ event }) => event.eventId });
    const sessions = await search(projectId, { words, scope: 'sessions' });
    expect([words, idsOf(sessions)]).toEqual([words, findSessions(latest, words)]);
    const eventOf = ({ event }: ExploredRow) => firstMatch(latest, words, event.sessionId);
    expectMatches(latest, words, { rows: sessions, eventOf });
    const range = { fromMs: 10 * hourMs + 1, beforeMs: 12 * hourMs + 6 };
    const inRange: Latest = new Map(
      [...latest].filter(
        ([, { startTime }]) => startTime >= range.fromMs && startTime < range.beforeMs,
      ),
    );
    const events = await search(projectId, { words, ...range });
    expect([words, idsOf(events)]).toEqual([words, findEvents(inRange, words)]);
  }
}

test('searches find every part of a word in the latest versions, whatever of the store is indexed', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      projectCount += 1;
      const projectId = `words-${projectCount}`;
      const latest: Latest = new Map();
      for (const { events, isIndexed } of plan) {
        const rows = events.map((made) => {
          const { eventId } = toRow(made, projectId, 0);
          const row = toRow(made, projectId, (latest.get(eventId)?.version ?? 0) + 1);
          latest.set(eventId, row);
          return row;
        });
        await store.insert(rows);
        if (isIndexed) await index();
      }
      await expectAll(projectId, latest);
    }),
    { numRuns: byLevel({ short: 3, full: 15 }) },
  );
}, 300_000);

test('hours are indexed once nothing is written to them, and again after a write', async () => {
  const projectId = 'rounds';
  const row = toRow(
    {
      eventIndex: 3,
      isDeleted: false,
      eventName: 'one',
      error: null,
      input: 'first',
      output: '',
      key: 'role',
    },
    projectId,
    1,
  );
  const indexed = (): number => store.wordIndex().hours - store.wordIndex().indexedHours;
  await index();
  expect(indexed()).toBe(0);

  await store.insert([row]);
  await store.indexWords({ isStopped: () => false, rest: (work) => work() });
  expect(indexed()).toBe(1);
  await index();
  expect(indexed()).toBe(0);
  await store.insert([{ ...row, version: 2, inputs: '{"text":"second"}' }]);

  expect(idsOf(await search(projectId, { words: ['second'] }))).toEqual([row.eventId]);
  expect(await search(projectId, { words: ['first'] })).toEqual([]);
});

test('a word that is in more events of an hour than are listed is found in all of them', async () => {
  const rows = Array.from({ length: 1_100 }, (_, index) =>
    buildStoredEvent({
      projectId: 'frequent',
      sessionId: `s${index % 3}`,
      eventId: index < 3 ? `s${index}` : `e${index}`,
      startTime: hourMs + index,
      inputs: JSON.stringify({ text: index % 3 === 2 ? 'rare' : 'Common' }),
    }),
  );
  await store.insert(rows);
  const count = (text: string, scope: 'events' | 'sessions') =>
    store.explore.countRows(
      { projectId: 'frequent', scope, filters: [], target: 'session', words: [text] },
      10_000,
    );

  for (const _ of ['read', 'cached'])
    expect([
      await count('text', 'events'),
      await count('common', 'events'),
      await count('common', 'sessions'),
      await count('rare', 'sessions'),
    ]).toEqual([1_100, 734, 2, 1]);
  const sessions = await search('frequent', { scope: 'sessions', words: ['text', 'e'] });
  expect(sessions.map(({ event, match }) => [event.eventId, match])).toEqual(
    [2, 1, 0].map((index) => [
      `s${index}`,
      {
        eventId: `s${index}`,
        field: 'inputs',
        before: '{"',
        text: 'text',
        after: index === 2 ? '":"rare"}' : '":"Common"}',
      },
    ]),
  );
});

test('words of a deleted project and of expired sessions are deleted from the index', async () => {
  const row = (projectId: string) =>
    buildStoredEvent({ projectId, updatedAt: 5, startTime: hourMs });
  await store.insert([row('gone'), row('expired'), row('kept')]);
  await index();

  await store.deleteProject('gone');
  await store.deleteExpired('expired', 10);

  const [{ hours, indexedHours }] = [store.wordIndex()];
  await index();
  expect(store.wordIndex()).toEqual({ hours: hours - 2, indexedHours: indexedHours - 2 });
});
