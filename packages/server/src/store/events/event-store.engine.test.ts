import { beforeEach, describe, expect, test } from 'vitest';
import type { EventFilter, EventQuery } from '../../domain/event-query.ts';
import type { StoredEvent } from '../../domain/stored-event.ts';
import { useBits } from '../../domain/use-tree.ts';
import { buildStoredEvent, buildStoredSession } from '../testing/build-event.ts';
import { openTestStore } from '../testing/open-test-store.ts';
import { maxPositions } from './hours/event-positions.ts';

const hourMs = 3_600_000;
const noon = Date.UTC(2026, 0, 14, 12);
const store = await openTestStore();
let projectId = '';
let projectCount = 0;

beforeEach(() => {
  projectCount += 1;
  projectId = `p${projectCount}`;
});

const event = (more: Partial<StoredEvent> = {}): StoredEvent =>
  buildStoredEvent({ startTime: noon, ...more, projectId });
const session = (more: Partial<StoredEvent> = {}): StoredEvent =>
  buildStoredSession({ startTime: noon, ...more, projectId });
const query = (more: Partial<EventQuery> = {}): EventQuery => ({
  projectIds: [projectId],
  filters: [],
  rootsOnly: false,
  ...more,
});
const list = async (more: Partial<EventQuery> & { limit?: number; offset?: number } = {}) =>
  (await store.listEvents({ limit: 1_000, offset: 0, ...query(more) })).map(
    ({ eventId }) => eventId,
  );
const is = (field: string, value: string): EventFilter => ({
  path: field.split('.'),
  operator: 'is',
  value,
  type: 'string',
});

describe('versions', () => {
  test('a filter that an older version matched does not find the event', async () => {
    await store.insert([event({ version: 1, eventName: 'draft', metadata: '{"state":"old"}' })]);
    await store.insert([event({ version: 2, eventName: 'final', metadata: '{"state":"new"}' })]);

    expect(await list({ filters: [is('event_name', 'draft')] })).toEqual([]);
    expect(await list({ filters: [is('metadata.state', 'old')] })).toEqual([]);
    expect(await list({ filters: [is('metadata.state', 'new')] })).toEqual(['e1']);
    expect(await store.countEvents(query({ filters: [is('event_id', 'e1')] }))).toBe(1);
  });

  test('an older version that arrives late changes nothing', async () => {
    await store.insert([event({ version: 3, eventName: 'new' })]);
    await store.insert([event({ version: 1, eventName: 'old' })]);

    expect(await store.readEvents([projectId], ['e1'])).toMatchObject([
      { version: 3, eventName: 'new' },
    ]);
    expect(await store.readHeads([projectId], ['e1'])).toMatchObject([{ version: 3 }]);
  });

  test('an event that moved to another session is listed where it is now', async () => {
    const moved = (more: Partial<StoredEvent>) => event({ eventId: 'moved', ...more });
    await store.insert([
      moved({ sessionId: 's1', version: 2, isDeleted: true }),
      moved({ sessionId: 's2', version: 2 }),
      event({ sessionId: 's1', eventId: 'stays' }),
    ]);

    expect(await list()).toEqual(['stays', 'moved']);
    expect(await store.countEvents(query())).toBe(2);
  });

  test('the same rows twice are the same events', async () => {
    const rows = [session(), event({ eventId: 'a' }), event({ eventId: 'b' })];
    await store.insert(rows);
    await store.insert(rows);
    await store.insert([...rows, ...rows]);

    expect(await store.countEvents(query())).toBe(3);
    expect(await store.readSession([projectId], 's1', 10)).toHaveLength(3);
    expect(await store.readProjectCounts([projectId])).toEqual([
      { projectId, eventCount: 2, sessionCount: 1 },
    ]);
  });

  test('a deleted event is gone from every read, and its head says so', async () => {
    await store.insert([event({ eventId: 'gone' }), event({ eventId: 'here' })]);
    await store.insert([event({ eventId: 'gone', version: 2, isDeleted: true })]);

    expect(await list()).toEqual(['here']);
    expect(await store.readEvents([projectId], ['gone'])).toEqual([]);
    expect(await store.readSession([projectId], 's1', 10)).toHaveLength(1);
    expect(await store.readHeads([projectId], ['gone', 'never'])).toEqual([
      {
        projectId,
        sessionId: 's1',
        eventId: 'gone',
        version: 2,
        isDeleted: true,
        isByOrganisation: true,
        origin: '',
        startTime: noon,
      },
    ]);
  });

  test('an event that moved to another hour is there once', async () => {
    await store.insert([session({ version: 0 })]);
    await store.insert([
      session({ version: 1, isDeleted: true }),
      session({ version: 2, startTime: noon - 5 * hourMs, eventName: 'real' }),
    ]);

    expect(await store.readEvents([projectId], ['s1'])).toMatchObject([{ eventName: 'real' }]);
    expect(await store.listEvents({ ...query(), limit: 9, offset: 0 })).toMatchObject([
      { eventName: 'real', startTime: noon - 5 * hourMs },
    ]);
    expect(await store.readHeads([projectId], ['s1'])).toMatchObject([{ version: 2 }]);
  });
});

describe('lists', () => {
  test('are newest first, by id downwards where times are equal, and stable from page to page', async () => {
    const rows = Array.from({ length: 250 }, (_, index) =>
      event({ eventId: `e${index}`, startTime: noon - (index % 7) * 2 * hourMs }),
    );
    await store.insert(rows);
    const expected = rows
      .toSorted((a, b) => b.startTime - a.startTime || (a.eventId < b.eventId ? 1 : -1))
      .map(({ eventId }) => eventId);

    const pages: string[] = [];
    for (let offset = 0; offset < 300; offset += 40)
      pages.push(...(await list({ limit: 40, offset })));

    expect(pages).toEqual(expected);
    expect(await list({ limit: 0 })).toEqual([]);
  });

  test('reach beyond the first window of a large store', async () => {
    const rows = Array.from({ length: 45_000 }, (_, index) =>
      event({
        eventId: `e${index}`,
        startTime: noon - index * 1000,
        eventName: index === 44_000 ? 'needle' : 'hay',
      }),
    );
    await store.insert(rows);

    expect(await list({ limit: 2 })).toEqual(['e0', 'e1']);
    expect(await list({ limit: 5, filters: [is('event_name', 'needle')] })).toEqual(['e44000']);
    expect(await list({ limit: 2, offset: 44_998 })).toEqual(['e44998', 'e44999']);
    expect(await list({ limit: 2, offset: 44_999 })).toEqual(['e44999']);
  });

  test('are found in an hour of more events than are cached individually', async () => {
    await store.insert(
      Array.from({ length: maxPositions + 1 }, (_, index) =>
        event({ eventId: `e${index}`, startTime: noon + index }),
      ),
    );
    const range = { fromMs: noon + 50, toMs: noon + maxPositions - 50 };

    expect(await store.countEvents(query(range))).toBe(maxPositions - 99);
    expect(await list({ ...range, limit: 2, offset: 3 })).toEqual([
      `e${maxPositions - 53}`,
      `e${maxPositions - 54}`,
    ]);
  });

  test('keep within the time range, bounds included', async () => {
    await store.insert(
      [-1, 0, 0.5, 1, 2].map((offset) =>
        event({ eventId: `t${offset}`, startTime: noon + offset }),
      ),
    );

    expect(await list({ fromMs: noon, toMs: noon + 1 })).toEqual(['t1', 't0.5', 't0']);
    expect(await list({ fromMs: noon + 2 })).toEqual(['t2']);
    expect(await store.countEvents(query({ toMs: noon - 1 }))).toBe(1);
  });

  test('of roots hold sessions alone, also beside a child of type session', async () => {
    await store.insert([
      session(),
      event({ eventId: 'child', eventType: 'session' }),
      session({ sessionId: 's2' }),
    ]);

    expect(await list({ rootsOnly: true })).toEqual(['s2', 's1']);
    expect(await store.countEvents(query({ rootsOnly: true }))).toBe(2);
  });

  test('see the named projects only', async () => {
    await store.insert([event(), { ...event(), projectId: `${projectId}-other` }]);

    expect(await list()).toEqual(['e1']);
    expect(await list({ projectIds: [] })).toEqual([]);
    expect(await list({ projectIds: [projectId, `${projectId}-other`] })).toEqual(['e1', 'e1']);
    expect(await store.readEvents([`${projectId}-none`], ['e1'])).toEqual([]);
    expect(await store.readSession([`${projectId}-other`], 's1', 9)).toHaveLength(1);
  });
});

describe('sessions', () => {
  test('come in the order of time, as many as asked for', async () => {
    await store.insert([
      event({ eventId: 'late', startTime: noon + 2 }),
      event({ eventId: 'early', startTime: noon + 1 }),
      session(),
      event({ eventId: 'elsewhere', sessionId: 's2' }),
    ]);
    const read = async (limit: number) =>
      (await store.readSession([projectId], 's1', limit)).map(({ eventId }) => eventId);

    expect(await read(10)).toEqual(['s1', 'early', 'late']);
    expect(await read(2)).toEqual(['s1', 'early']);
  });

  test('say which events they hold, without their payload', async () => {
    await store.insert([session(), event({ version: 4 }), event({ eventId: 'gone' })]);
    await store.insert([event({ eventId: 'gone', version: 2, isDeleted: true })]);

    const heads = await store.readSessionHeads([projectId], ['s1', 's2']);

    expect(heads.map(({ eventId, version }) => `${eventId} ${version}`).toSorted()).toEqual([
      'e1 4',
      's1 1',
    ]);
    expect(await store.readSessionHeads([projectId], [])).toEqual([]);
  });

  test('add up what nothing below repeats; the root is no event', async () => {
    await store.insert([
      session({
        totalTokens: 1000,
        costUsd: 9,
        error: 'root',
        endTime: noon + 500,
        repeatedUse: useBits.tokens | useBits.cost,
      }),
      event({ eventId: 'a', promptTokens: 1, completionTokens: 2, totalTokens: 3, costUsd: 0.5 }),
      event({ eventId: 'b', eventType: 'tool', error: '', feedback: '{"rating":1}' }),
      event({
        eventId: 'c',
        eventType: 'chain',
        endTime: noon + 900,
        costUsd: 0.25,
        totalTokens: 3,
        repeatedUse: useBits.tokens,
      }),
      event({ eventId: 'd', eventType: 'tool', costSource: 'unknown' }),
      event({
        eventId: 'e',
        eventType: 'tool',
        costSource: 'unknown',
        repeatedUse: useBits.tokens,
      }),
      session({ sessionId: 's2' }),
    ]);

    expect(await store.readRollups([projectId], ['s1', 's2', 's3'])).toEqual([
      {
        projectId,
        sessionId: 's1',
        eventCount: 5,
        modelEventCount: 1,
        errorCount: 1,
        hasFeedback: true,
        promptTokens: 1,
        completionTokens: 2,
        totalTokens: 3,
        costUsd: 0.75,
        unknownCostCount: 1,
        firstStartTime: noon,
        lastStartTime: noon,
        lastEndTime: noon + 900,
        isPartial: false,
        hasEnded: true,
      },
      {
        projectId,
        sessionId: 's2',
        eventCount: 0,
        modelEventCount: 0,
        errorCount: 0,
        hasFeedback: false,
        promptTokens: 0,
        completionTokens: 0,
        totalTokens: 0,
        costUsd: 0,
        unknownCostCount: 0,
        firstStartTime: noon,
        lastStartTime: noon,
        lastEndTime: noon + 10,
        isPartial: false,
        hasEnded: true,
      },
    ]);
    expect(await store.readRollups([projectId], [])).toEqual([]);
  });
});

describe('the catalogue', () => {
  test('lists the fields of each type of event, two levels deep', async () => {
    await store.insert([
      event({
        metadata: '{"cost":1,"user":{"plan":"pro","id":1},"empty":{},"tags":["a"]}',
        inputs: '{"chat_history":[{"role":"user","content":"hi"}],"odd":"\\ud800"}',
      }),
      event({ eventId: 'e2', eventType: 'tool', outputs: '{"big":123456789012345680000}' }),
      event({ eventId: 'e3', version: 1, config: '{"old":1}' }),
    ]);
    await store.insert([event({ eventId: 'e3', version: 2, config: '{"new":1}' })]);

    const fields = await store.readCatalogue(query());

    expect(fields.map(({ name, eventType }) => `${eventType} ${name}`)).toEqual([
      'model config.new',
      'model inputs.chat_history.content',
      'model inputs.chat_history.role',
      'model inputs.odd',
      'model metadata.cost',
      'model metadata.empty',
      'model metadata.tags',
      'model metadata.user.id',
      'model metadata.user.plan',
      'tool outputs.big',
    ]);
    expect(await store.readCatalogue(query({ filters: [is('event_type', 'tool')] }))).toEqual([
      { name: 'outputs.big', eventType: 'tool' },
    ]);
  });

  test('stops at two thousand fields', async () => {
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`k${index}`, 1]));
    await store.insert([event({ metadata: JSON.stringify(many) })]);

    expect(await store.readCatalogue(query())).toHaveLength(2_000);
  });
});

describe('a project', () => {
  test('is counted only when it has events', async () => {
    expect(await store.readProjectCounts([projectId])).toEqual([]);
    expect(await store.readProjectCounts([])).toEqual([]);
  });

  test('is deleted for good, and the others stay', async () => {
    const other = `${projectId}'x`;
    await store.insert([session(), event(), { ...event(), projectId: other }]);
    await store.insert([event({ version: 2, isDeleted: true })]);

    await store.deleteProject(projectId);

    expect(await store.readHeads([projectId], ['e1', 's1'])).toEqual([]);
    expect(await store.countEvents(query())).toBe(0);
    expect(await store.countEvents(query({ projectIds: [other] }))).toBe(1);
    await store.deleteProject(other);
    expect(await store.countEvents(query({ projectIds: [other] }))).toBe(0);
    await store.deleteProject('never there');
  });

  test('can be written again after it was deleted', async () => {
    await store.insert([event()]);
    await store.deleteProject(projectId);

    await store.insert([event({ eventName: 'again' })]);

    expect(await store.readEvents([projectId], ['e1'])).toMatchObject([{ eventName: 'again' }]);
  });
});

test('tens of thousands of ids are looked up at once', async () => {
  const ids = Array.from({ length: 25_000 }, (_, index) => `id-${index}-${'x'.repeat(100)}`);
  await store.insert([event({ eventId: ids[20_001] ?? '' })]);

  expect(await store.readHeads([projectId], ids)).toHaveLength(1);
  expect(await store.readHeads([projectId], [])).toEqual([]);
  expect(await store.readEvents([projectId], [])).toEqual([]);
});

test('an insert of nothing does nothing', async () => {
  await store.insert([]);

  expect(await store.countEvents(query())).toBe(0);
});

test('the engine answers, and says which it is', async () => {
  expect(await store.ping()).toBeGreaterThan(0);
  expect(await store.engineVersion()).toMatch(/^\d+\.\d+/);
});
