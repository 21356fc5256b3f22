import { buildEvent, fillPath } from 'honeyhive-testkit';
import type { OperationCaller, OperationInput } from 'honeyhive-testkit';
import { operationList, operations } from 'honeyhive-wire';
import type { Operation, OperationId } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { openProject } from './own-project.ts';
import { openStream } from './stream-reader.ts';

const shop = await openProject();
const other = await openProject();
const { organisation } = shop;
const { key: organisationKey } = inject('service');

interface Ids {
  readonly sessionId: string;
  readonly eventId: string;
}
type Inputs = Readonly<Partial<Record<OperationId, (ids: Ids) => OperationInput>>>;

const filtersOf = ({ sessionId: value }: Ids) => [
  { field: 'session_id', operator: 'is', value, type: 'id' },
];
const eventFilters = ({ eventId: value }: Ids) => [{ field: 'event_id', operator: 'is', value }];
const range = { from: Date.now() - 60_000, to: Date.now() + 600_000 };
const selectionOf = (ids: Ids) => ({ filters: filtersOf(ids), ...range });
const ofSession = ({ sessionId: session_id }: Ids) => ({ params: { session_id } });
const ofEvent = ({ eventId: event_id }: Ids) => ({ params: { event_id } });

/** A request of each operation that reads by the id of a session or an event; none names a project. */
const reads: Inputs = {
  getEvent: ofEvent,
  getSession: ofSession,
  getSessionTree: ofSession,
  listEvents: ({ sessionId }) => ({ query: { session_id: sessionId } }),
  exportEvents: (ids) => ({ body: { filters: filtersOf(ids) } }),
  searchEvents: (ids) => ({ body: { filters: filtersOf(ids) } }),
  getEventsChart: (ids) => ({ query: { filters: JSON.stringify(filtersOf(ids)) } }),
  exploreRows: (ids) => ({ body: { ...selectionOf(ids), scope: 'sessions' } }),
  exploreHistogram: (ids) => ({ body: { ...selectionOf(ids), scope: 'events' } }),
  exploreChart: (ids) => ({ body: { ...selectionOf(ids), aggregation: 'count' } }),
  exploreGroups: (ids) => ({ body: { ...selectionOf(ids), group_by: 'event_name' } }),
  exploreBatch: (ids) => ({
    body: {
      questions: [
        { operation: 'exploreChart', body: { ...selectionOf(ids), aggregation: 'count' } },
        { operation: 'exploreGroups', body: { ...selectionOf(ids), group_by: 'event_name' } },
        {
          operation: 'exploreValues',
          body: { filters: eventFilters(ids), path: 'event_name' },
        },
      ],
    },
  }),
  exploreDurations: (ids) => ({ body: { filters: eventFilters(ids) } }),
  exploreValues: (ids) => ({ body: { filters: eventFilters(ids), path: 'event_name' } }),
  exploreDifferences: (ids) => ({
    body: { scope: 'events', selected: { filters: eventFilters(ids) } },
  }),
  exploreFind: (ids) => ({ ...ofSession(ids), body: { text: 'found' } }),
  exploreSkeleton: ofSession,
  exploreEvent: ofEvent,
  exploreEventPart: ({ eventId }) => ({ params: { event_id: eventId, part: 'event' } }),
};

/** The same of those that stream. */
const live: Inputs = {
  exploreTail: (ids) => ({ query: { since: range.from, q: JSON.stringify(filtersOf(ids)) } }),
  exploreSessionTail: (ids) => ({ ...ofSession(ids), query: { since: range.from } }),
};

const change = { metadata: { changed: true } };
const newEvent = ({ sessionId }: Ids) => buildEvent({ session_id: sessionId });
const newEvents = (ids: Ids) => [newEvent(ids), newEvent(ids)];

/** The same of those that write. */
const writes: Inputs = {
  startSession: ({ sessionId }) => ({ body: { session: { session_id: sessionId, ...change } } }),
  createSession: ({ sessionId }) => ({ body: { session_id: sessionId, ...change } }),
  addSessionTraces: (ids) => ({ ...ofSession(ids), body: { events: newEvents(ids) } }),
  addSessionEvents: (ids) => ({ ...ofSession(ids), body: { events: newEvents(ids) } }),
  createEvent: (ids) => ({ body: { event: newEvent(ids) } }),
  createEventStrict: (ids) => ({ body: newEvent(ids) }),
  createModelEvent: (ids) => ({ body: { model_event: newEvent(ids) } }),
  createEventBatch: (ids) => ({ body: { events: newEvents(ids) } }),
  createEventBatchStrict: (ids) => ({ body: { events: newEvents(ids) } }),
  createModelEventBatch: (ids) => ({ body: { model_events: newEvents(ids) } }),
  updateEvent: ({ eventId }) => ({ body: { event_id: eventId, ...change } }),
  updateEventById: (ids) => ({ ...ofEvent(ids), body: change }),
  deleteEvent: ofEvent,
  deleteSession: ofSession,
  exploreDelete: ({ eventId }) => ({ body: { scope: 'events', ids: [eventId] } }),
};

const all: Inputs = { ...reads, ...live, ...writes };

const namesOf = (schema: Operation['body']): string =>
  schema === undefined ? '' : JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' }));

/** Whether a request can say which session or event is meant, and need not say of which project. */
const takesId = ({ paths, query, body }: Operation): boolean =>
  /\{(session|event)_id\}/.test(paths[0] ?? '') ||
  (!(paths[0] ?? '').includes('{project_id}') &&
    /"(session_id|event_id|filters|ids|q)":/.test(namesOf(query) + namesOf(body)));

/** Stores a session with an event that lasted, in the project of the key or in the one named. */
async function store(api: OperationCaller, { sessionId, eventId }: Ids, project?: string) {
  const event = buildEvent({ session_id: sessionId, event_id: eventId, duration: 5 });
  const events = [{ ...event, outputs: { text: 'found' } }];
  const body = project === undefined ? { events } : { events, project };
  expect(await api.ok('createEventBatch', { body })).toMatchObject({ success: true });
}

const makeIds = (): Ids => ({ sessionId: randomUUID(), eventId: randomUUID() });

const isId = (id: string): id is OperationId => id in all;
const idsOf = (inputs: Inputs): OperationId[] => Object.keys(inputs).filter(isId);

async function ask(api: OperationCaller, id: OperationId, ids: Ids): Promise<unknown> {
  const { status, body, text } = await api.send(id, all[id]?.(ids));
  return { status, body: body ?? text };
}

/** Whether the event comes in the stream of an operation; else this never settles. */
async function streams(key: string, id: OperationId, ids: Ids): Promise<boolean> {
  const { params, query = {} } = all[id]?.(ids) ?? {};
  const url = new URL(fillPath(operations[id].paths[0], params), shop.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  const stream = await openStream(url.href, { authorization: `Bearer ${key}` });
  await stream.next(({ data }) => JSON.stringify(data).includes(ids.eventId));
  stream.close();
  return true;
}

test('every operation that takes the id of a session or an event is among them', () => {
  const covered = new Set<string>(idsOf(all));
  const takers = operationList.filter(takesId).map(({ id }) => id);

  expect(takers.filter((id) => !covered.has(id))).toEqual([]);
});

describe.each(idsOf(reads))('%s', (id) => {
  test('reads in the project where a key of the organisation wrote it, and keys of a project only in theirs', async () => {
    const ids = makeIds();
    await store(organisation, ids, shop.name);
    await store(other.api, ids);
    const [found, ofShop, ofOther] = await Promise.all([
      ask(organisation, id, ids),
      ask(shop.api, id, ids),
      ask(other.api, id, ids),
    ]);
    const nowhere = await ask(other.api, id, makeIds());

    expect(found).toEqual(ofShop);
    expect(found).not.toEqual(nowhere);
    expect(ofOther).not.toEqual(nowhere);
  });
});

describe.each(idsOf(live))('%s', (id) => {
  test('streams from the project where a key of the organisation wrote it, and to keys of a project from theirs', async () => {
    const ids = makeIds();
    const foreign = { ...ids, eventId: randomUUID() };
    await store(organisation, ids, shop.name);
    await store(other.api, foreign);

    expect(await streams(organisationKey, id, ids)).toBe(true);
    expect(await streams(other.key, id, foreign)).toBe(true);
  });
});

describe.each([...idsOf(reads), ...idsOf(live)])('%s', (id) => {
  test('asks for the project when the organisation wrote it to several', async () => {
    const ids = makeIds();
    await store(organisation, ids, shop.name);
    await store(organisation, ids, other.name);

    const answer = JSON.stringify(await ask(organisation, id, ids));

    expect(answer).toMatch(/"status(Code)?":409/);
    expect(answer).toContain(shop.name);
    expect(answer).toContain(other.name);
  });
});

describe.each(idsOf(writes))('%s', (id) => {
  const readAll = async (api: OperationCaller) =>
    (await api.ok('exportEvents', { body: {} })).events;

  test('writes where a key of the organisation wrote it, not where a key of a project did', async () => {
    const [home, foreign] = await Promise.all([openProject(), openProject()]);
    const ids = makeIds();
    await store(organisation, ids, home.name);
    await store(foreign.api, ids);
    const before = await Promise.all([readAll(home.api), readAll(foreign.api)]);

    expect(await ask(organisation, id, ids)).toMatchObject({ status: expect.toSatisfy(isSuccess) });

    const after = await Promise.all([readAll(home.api), readAll(foreign.api)]);
    expect(after[0]).not.toEqual(before[0]);
    expect(after[1]).toEqual(before[1]);
  });

  test('asks for the project when the organisation wrote it to several, and changes none', async () => {
    const [one, two] = await Promise.all([openProject(), openProject()]);
    const ids = makeIds();
    await store(organisation, ids, one.name);
    await store(organisation, ids, two.name);
    const before = await Promise.all([readAll(one.api), readAll(two.api)]);

    const answer = JSON.stringify(await ask(organisation, id, ids));

    expect(answer).toContain(one.name);
    expect(answer).toContain(two.name);
    expect(await Promise.all([readAll(one.api), readAll(two.api)])).toEqual(before);
  });
});

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
