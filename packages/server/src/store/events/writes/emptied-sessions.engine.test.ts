import { expect, test } from 'vitest';
import type { StoredEvent } from '../../../domain/stored-event.ts';
import { buildStoredEvent, buildStoredSession } from '../../testing/build-event.ts';
import { openTestStore } from '../../testing/open-test-store.ts';

const before = Date.UTC(2026, 0, 10);
const old = before - 1;
const store = await openTestStore();
const noEmptied = { eventCount: 0, payloadBytes: 0 };

const inputs = '{"question":"Where is the heliotrope?"}';
const outputs = '{"answer":"In the greenhouse."}';
const payload = { inputs, outputs, inputPreview: 'Where is', outputPreview: 'In the' };
const bytes = inputs.length + outputs.length;

/** A session with one event that has a payload, both last changed at the instant. */
const makeSession = (event: Partial<StoredEvent> & { projectId: string; sessionId: string }) => [
  buildStoredSession({ updatedAt: old, ...event }),
  buildStoredEvent({
    updatedAt: old,
    ...payload,
    model: 'gpt-5',
    totalTokens: 12,
    costUsd: 0.5,
    costSource: 'table',
    metadata: '{"plan":"pro"}',
    error: 'boom',
    ...event,
    eventId: `${event.sessionId}-1`,
    parentId: event.sessionId,
  }),
];

const allEvents = (projectId: string) =>
  ({ projectId, scope: 'events', filters: [], target: 'session', words: [] }) as const;

const read = async (projectId: string, eventId: string): Promise<StoredEvent> => {
  const [event] = await store.readEvents([projectId], [eventId]);
  if (!event) throw new Error(`there is no ${eventId}`);
  return event;
};

test('inputs and outputs go, and all else of the events stays', async () => {
  const [root, event] = makeSession({ projectId: 'a', sessionId: 's' });
  if (!root || !event) throw new Error('a session has a root and an event');
  await store.insert([root, event, ...makeSession({ projectId: 'b', sessionId: 's' })]);

  expect(await store.emptyExpired('a', before)).toEqual({ eventCount: 1, payloadBytes: bytes });

  expect(await read('a', 's-1')).toEqual({
    ...event,
    inputs: '{}',
    outputs: '{}',
    inputPreview: '',
    outputPreview: '',
    isEmptied: true,
  });
  expect(await read('a', 's')).toEqual(root);
  expect(await read('b', 's-1')).toMatchObject(payload);
  expect(await store.emptyExpired('a', before)).toEqual(noEmptied);
});

test('a session that changed since keeps all of its payloads', async () => {
  await store.insert([
    ...makeSession({ projectId: 'c', sessionId: 's' }),
    buildStoredEvent({ projectId: 'c', sessionId: 's', eventId: 'late', updatedAt: before }),
  ]);

  expect(await store.emptyExpired('c', before)).toEqual(noEmptied);

  expect(await read('c', 's-1')).toMatchObject(payload);
});

test('older versions go with the latest', async () => {
  const [root, event] = makeSession({ projectId: 'd', sessionId: 's' });
  if (!root || !event) throw new Error('a session has a root and an event');
  await store.insert([root, event]);
  await store.insert([{ ...event, version: 2 }]);

  expect(await store.emptyExpired('d', before)).toEqual({
    eventCount: 1,
    payloadBytes: 2 * bytes,
  });

  expect(await read('d', 's-1')).toMatchObject({ version: 2, inputs: '{}' });
  expect(await store.emptyExpired('d', before)).toEqual(noEmptied);
});

test('what would be emptied leaves out sessions that would be deleted', async () => {
  await store.insert([
    ...makeSession({ projectId: 'e', sessionId: 'ancient', updatedAt: old - 1_000 }),
    ...makeSession({ projectId: 'e', sessionId: 'old' }),
    ...makeSession({ projectId: 'e', sessionId: 'new', updatedAt: before }),
  ]);
  const count = (notBefore: number | null) =>
    store.explore.readEmptiable({ projectId: 'e', before, notBefore });

  expect(await count(null)).toEqual({ eventCount: 2, payloadBytes: 2 * bytes });
  expect(await count(old)).toEqual({ eventCount: 1, payloadBytes: bytes });
  expect(await count(before)).toEqual(noEmptied);
});

test('words of what went are found no more, in hours that were indexed, and others still are', async () => {
  const rest = async (work: () => Promise<void>) => work();
  await store.insert([
    ...makeSession({ projectId: 'f', sessionId: 'old' }),
    ...makeSession({ projectId: 'f', sessionId: 'new', updatedAt: before }),
  ]);
  const find = async (text: string): Promise<number> =>
    store.explore.countRows({ ...allEvents('f'), words: [text] }, 100);
  await store.indexWords({ isStopped: () => false, rest });
  const found = [await find('heliotrope'), await find('boom')];

  await store.emptyExpired('f', before);
  const right = [await find('heliotrope'), await find('boom')];
  await store.indexWords({ isStopped: () => false, rest });

  expect(found).toEqual([2, 2]);
  expect(right).toEqual([1, 2]);
  expect([await find('heliotrope'), await find('boom')]).toEqual([1, 2]);
});

test('charts from cached hours stay as they are, and those of payloads see that they went', async () => {
  await store.insert([
    ...makeSession({ projectId: 'g', sessionId: 'old', outputs: '{"score":2}' }),
    ...makeSession({ projectId: 'g', sessionId: 'new', outputs: '{"score":4}', updatedAt: before }),
  ]);
  const sum = async (...metric: string[]): Promise<number | null | undefined> => {
    const { series } = await store.explore.readSeries({
      rows: allEvents('g'),
      starts: [0],
      metric,
      aggregation: 'sum',
      groupBy: null,
      top: 1,
    });
    return series[0]?.total;
  };
  const all = async () => [await sum('cost_usd'), await sum('outputs', 'score')];
  const first = await all();

  await store.emptyExpired('g', before);

  expect(first).toEqual([1, 12]);
  expect(await all()).toEqual([1, 8]);
});

test('rows of lists show no preview of what went', async () => {
  await store.insert(makeSession({ projectId: 'h', sessionId: 's' }));
  await store.emptyExpired('h', before);

  const [row] = await store.explore.readRows({
    ...allEvents('h'),
    filters: [{ path: ['event_type'], operator: 'is', value: 'model', type: 'string' }],
    columns: [],
    sort: { field: 'start_time', isDescending: true },
    limit: 10,
    after: null,
  });

  expect(row?.event).toMatchObject({
    inputPreview: '',
    outputPreview: '',
    inputsBytes: 0,
    model: 'gpt-5',
    hasEnded: true,
  });
});
