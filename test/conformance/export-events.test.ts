import { buildEvent, buildSession } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { namesOf, storeSample } from './filter-sample.ts';
import { openProject } from './own-project.ts';

const { api, organisation, name: projectName } = await openProject();
const { sessionId, ids } = await storeSample(api);

interface Condition {
  readonly field: string;
  readonly operator: string;
  readonly value?: string | number | boolean | null;
  readonly type?: string;
}

type Parts = readonly [field: string, operator: string, value?: Condition['value'], type?: string];

function where(...[field, operator, value, type]: Parts): Condition {
  return {
    field,
    operator,
    ...(value === undefined ? {} : { value }),
    ...(type === undefined ? {} : { type }),
  };
}

const find = async (...filters: readonly Condition[]) =>
  namesOf(await api.ok('exportEvents', { body: { filters } }));

describe.each(operations.exportEvents.paths)('POST %s', (path) => {
  test('answers with everything, newest first, session roots among it', async () => {
    const page = await api.ok('exportEvents', { path, body: {} });

    expect(namesOf(page)).toEqual(['gamma', 'beta', 'alpha', 'root']);
    expect(page).toMatchObject({ totalEvents: 4, count: 4 });
    expect(page.events[0]).toMatchObject({
      event_id: ids['gamma'],
      session_id: sessionId,
      parent_id: sessionId,
      event_type: 'chain',
      duration: 5,
      project: projectName,
      metadata: { run_id: 'run-2', big: 12_345_678_901 },
    });
  });

  test('has pages', async () => {
    const pages = await Promise.all(
      [1, 2, 3].map((page) => api.ok('exportEvents', { path, body: { limit: 3, page } })),
    );

    expect(pages.map(namesOf)).toEqual([['gamma', 'beta', 'alpha'], ['root'], []]);
    expect(pages.map(({ totalEvents }) => totalEvents)).toEqual([4, 4, 4]);
  });

  test('skips `offset` events whatever the page says', async () => {
    const page = await api.ok('exportEvents', { path, body: { limit: 2, page: 9, offset: 1 } });

    expect(namesOf(page)).toEqual(['beta', 'alpha']);
  });

  test.each([
    [{ $gte: '2026-01-02T00:00:00.000Z' }, ['gamma', 'beta']],
    [{ $lte: '2026-01-02T00:00:00.000Z' }, ['beta', 'alpha', 'root']],
    [{ $gte: '2026-01-01', $lte: '2026-01-02' }, ['beta', 'alpha']],
    [{ $gte: Date.UTC(2026, 0, 3), $lte: null }, ['gamma']],
    [{}, ['gamma', 'beta', 'alpha', 'root']],
    [null, ['gamma', 'beta', 'alpha', 'root']],
  ])('keeps to the date range %j, both ends included', async (dateRange, names) => {
    expect(namesOf(await api.ok('exportEvents', { path, body: { dateRange } }))).toEqual(names);
  });

  test('takes a single filter that stands without a list', async () => {
    const filters = where('event_type', 'is', 'model');

    expect(namesOf(await api.ok('exportEvents', { path, body: { filters } }))).toEqual(['beta']);
  });

  test('answers with the fields that were asked for, and the ids', async () => {
    const body = {
      projections: ['event_name', 'metadata.user.name', 'metadata.absent', 'nothing'],
      limit: 2,
    };

    const page = await api.ok('exportEvents', { path, body });

    expect(page.events[1]).toEqual({
      event_id: ids['beta'],
      session_id: sessionId,
      event_name: 'beta',
      metadata: { user: { name: 'Bob' } },
    });
  });

  test('keeps to one run with `evaluation_id`', async () => {
    const page = await api.ok('exportEvents', { path, body: { evaluation_id: 'run-1' } });

    expect(namesOf(page)).toEqual(['alpha']);
  });

  test('takes null for absent, and keys that it does not know', async () => {
    const body = {
      filters: null,
      projections: null,
      limit: null,
      page: null,
      ignore_order: true,
      other: 1,
    };

    expect(namesOf(await api.ok('exportEvents', { path, body }))).toHaveLength(4);
  });

  test.each([
    ['limit', 0],
    ['limit', 7501],
    ['limit', 'all'],
    ['page', 0],
    ['page', 1.5],
    ['offset', -1],
    ['projections', 'event_name'],
    ['dateRange', { $gte: 'yesterday' }],
    ['dateRange', 5],
    ['filters', 'event_type'],
  ])('refuses %s = %j and names it', async (field, value) => {
    const refusal = await api.refused('exportEvents', 400, { path, body: { [field]: value } });

    expect(refusal.issues?.[0]?.field).toContain(field);
  });

  test.each([
    ['filters[0].operator', where('event_type', 'like', 'x')],
    ['filters[0].field', where('no_such_field', 'is', 'x')],
    ['filters[0].field', where('', 'is', 'x')],
    ['filters[0].value', where('duration', 'is', 'fast', 'number')],
    ['filters[0].value', where('metadata.ok', 'is', 'maybe', 'boolean')],
    ['filters[0].value', where('start_time', 'after', 'soon')],
    ['filters[0].value', where('event_type', 'is')],
    ['filters[0].type', where('event_type', 'is', 'x', 'uuid')],
  ])('refuses a filter with a wrong part: %s', async (field, filter) => {
    const refusal = await api.refused('exportEvents', 400, { path, body: { filters: [filter] } });

    expect(refusal.issues?.map((issue) => issue.field)).toContain(field);
  });
});

test.each([
  [where('event_type', 'is', 'tool'), ['alpha']],
  [where('event_type', 'is not', 'tool'), ['gamma', 'beta', 'root']],
  [where('event_name', 'contains', 'et'), ['beta']],
  [where('event_name', 'not contains', 'a'), ['root']],
  [where('error', 'exists'), ['beta']],
  [where('error', 'not exists'), ['gamma', 'alpha', 'root']],
  [where('error', 'contains', '30 s'), ['beta']],
  [where('duration', 'greater than', 20, 'number'), ['beta', 'alpha']],
  [where('duration', 'less than', 20.5, 'number'), ['gamma', 'root']],
  [where('start_time', 'after', '2026-01-02T00:00:00Z', 'datetime'), ['gamma']],
  [where('start_time', 'before', Date.UTC(2026, 0, 1), 'datetime'), ['root']],
  [where('start_time', 'greater than', Date.UTC(2026, 0, 2), 'number'), ['gamma']],
  [where('source', 'is', 'dev'), ['gamma', 'beta']],
])('filters its own field: %j', async (filter, names) => {
  expect(await find(filter)).toEqual(names);
});

test.each([
  [where('metadata.plan', 'is', 'pro'), ['alpha']],
  [where('metadata.plan', 'is not', 'pro'), ['gamma', 'beta', 'root']],
  [where('metadata.plan', 'exists'), ['beta', 'alpha']],
  [where('metadata.plan', 'exists', null), ['beta', 'alpha']],
  [where('metadata.plan', 'not exists'), ['gamma', 'root']],
  [where('metadata.nothing', 'exists'), []],
  [where('metadata.plan', 'contains', 're'), ['beta']],
  [where('metadata.plan', 'not contains', 're'), ['gamma', 'alpha', 'root']],
  [where('metadata.score', 'greater than', 9, 'number'), ['alpha']],
  [where('metadata.score', 'less than', '10', 'number'), ['beta']],
  [where('metadata.score', 'is', '10.0', 'number'), ['alpha']],
  [where('metadata.score', 'is', '10'), ['alpha']],
  [where('metadata.big', 'is', 12_345_678_901, 'number'), ['gamma']],
  [where('metadata.ok', 'is', true, 'boolean'), ['alpha']],
  [where('metadata.ok', 'is', 'false', 'boolean'), ['beta']],
  [where('metadata.ok', 'is not', true, 'boolean'), ['gamma', 'beta', 'root']],
  [where('metadata.when', 'after', '2026-01-10T00:00:00Z', 'datetime'), ['beta']],
  [where('metadata.when', 'before', Date.UTC(2026, 0, 10), 'datetime'), ['alpha']],
  [where('metadata.user.name', 'is', 'Bob'), ['beta']],
  [where('metadata.user', 'exists'), ['beta', 'alpha']],
  [where('feedback.rating', 'greater than', '2', 'number'), ['alpha']],
  [where('user_properties.user_id', 'is', 'ünal'), ['beta']],
  [where('inputs.chat_history.content', 'contains', 'order'), ['alpha']],
  [where('inputs.chat_history.1.content', 'contains', 'order'), ['alpha']],
  [where('inputs.chat_history.0.content', 'contains', 'order'), []],
  [where('inputs.chat_history.0.content', 'is', 'Be kind.'), ['alpha']],
  [where('inputs.chat_history.0.content', 'exists'), ['alpha']],
  [where('inputs.chat_history.2', 'exists'), []],
  [where('inputs.chat_history.1.parts.text', 'is', 'two'), ['alpha']],
  [where('inputs.chat_history.1.parts.0.text', 'is', 'two'), []],
  [where('inputs.chat_history.1.parts.1.text', 'is', 'two'), ['alpha']],
  [where('inputs.grid.1.0', 'is', 3, 'number'), ['alpha']],
  [where('inputs.grid.0.0', 'is', 3, 'number'), []],
  [where('inputs.chat_history', 'contains', 'my order'), ['alpha']],
])('filters a path into a bucket: %j', async (filter, names) => {
  expect(await find(filter)).toEqual(names);
});

test.each(["it's", '"50%"', '50%', '\\ a_b', 'a_b'])(
  'takes %s as text, not as a pattern',
  async (text) => {
    expect(await find(where('metadata.quote', 'contains', text))).toEqual(['alpha']);
  },
);

test('takes the whole of a text with quotes and backslashes', async () => {
  expect(await find(where('metadata.quote', 'is', `it's "50%" \\ a_b`))).toEqual(['alpha']);
});

test.each(["metadata.x') OR 1=1 --", 'metadata.`plan`', "metadata.'plan'", 'metadata.plan\\'])(
  'takes the path %s for a path that no event has',
  async (field) => {
    expect(await find(where(field, 'exists'))).toEqual([]);
  },
);

test('takes the old type `id` for text', async () => {
  expect(await find(where('event_id', 'is', ids['beta'] ?? '', 'id'))).toEqual(['beta']);
  expect(await find(where('session_id', 'is', sessionId, 'id'))).toHaveLength(4);
});

test('wants all filters of a list to hold', async () => {
  expect(
    await find(where('source', 'is', 'dev'), where('duration', 'less than', 10, 'number')),
  ).toEqual(['gamma']);
});

test('counts what matches rather than the page', async () => {
  const page = await api.ok('exportEvents', {
    body: { filters: [where('source', 'is', 'dev')], limit: 1 },
  });

  expect(page).toMatchObject({ totalEvents: 2, count: 2 });
  expect(namesOf(page)).toEqual(['gamma']);
});

test('carries the sums on the root of a session, and finds roots alone', async () => {
  const page = await api.ok('exportEvents', { body: { roots_only: true } });

  expect(page).toMatchObject({
    totalEvents: 1,
    events: [{ event_id: sessionId, session_name: 'root', event_count: 3, error_count: 1 }],
  });
});

test('follows an update', async () => {
  const { api: own } = await openProject();
  const event = buildEvent({ metadata: { stage: 'old' } });
  await own.ok('createEvent', { body: { event } });

  await own.ok('updateEvent', { body: { event_id: event.event_id, metadata: { stage: 'new' } } });
  const [old, fresh] = await Promise.all(
    ['old', 'new'].map((stage) =>
      own.ok('exportEvents', { body: { filters: [where('metadata.stage', 'is', stage)] } }),
    ),
  );

  expect(old?.totalEvents).toBe(0);
  expect(fresh).toMatchObject({ totalEvents: 1, events: [{ event_id: event.event_id }] });
});

test('on the unprefixed path, no key of an event is null but `parent_id` and `error`', async () => {
  const page = await api.ok('exportEvents', { path: '/events/export', body: {} });

  const nulls = page.events.flatMap((event) =>
    Object.entries(event).flatMap(([key, value]) => (value === null ? [key] : [])),
  );
  expect(nulls.filter((key) => key !== 'parent_id' && key !== 'error')).toEqual([]);
});

test('pages through many events that began in the same instant, each once', async () => {
  const { api: own } = await openProject();
  const session = buildSession({ start_time: 1 });
  const events = Array.from({ length: 250 }, () =>
    buildEvent({ session_id: session.session_id, start_time: 1_760_000_000_000 }),
  );
  await own.ok('startSession', { body: { session } });
  await own.ok('createEventBatch', { body: { events } });

  const pages = await Promise.all(
    [1, 2, 3].map((page) => own.ok('exportEvents', { body: { limit: 100, page } })),
  );

  const seen = pages.flatMap((page) => page.events.map((event) => event['event_id']));
  expect(seen).toHaveLength(251);
  expect(new Set(seen).size).toBe(251);
});

test('with a key of the organisation, takes the project by name or id, and 404 if it does not exist', async () => {
  const page = await organisation.ok('exportEvents', { body: { project: projectName } });
  const refusal = await organisation.refused('exportEvents', 404, {
    body: { project: randomUUID() },
  });

  expect(page.totalEvents).toBe(4);
  expect(refusal.errorCode).toBe('not_found');
});
