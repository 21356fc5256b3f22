import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

const { api, name: project } = await openProject();

const dayMs = 86_400_000;
const to = 1_760_000_000_000;
const from = to - dayMs;

/** A session that began three days ago, with a call today. */
const old = randomUUID();
await api.ok('startSession', {
  body: { session: { session_id: old, session_name: 'old', start_time: to - 3 * dayMs } },
});
const call = {
  session_id: old,
  event_type: 'model',
  start_time: to - 60_000,
  end_time: to - 59_000,
  outputs: { content: 'today' },
  metadata: { total_tokens: 5 },
};
await api.ok('createEvent', { body: { event: buildEvent(call) } });
await api.ok('createEvent', {
  body: {
    event: buildEvent({
      session_id: old,
      start_time: to - 2 * dayMs,
      outputs: { content: 'before' },
    }),
  },
});
await api.ok('startSession', {
  body: { session: { session_name: 'idle', start_time: to - 3 * dayMs } },
});
await api.ok('startSession', {
  body: { session: { session_name: 'new', start_time: to - dayMs / 2 } },
});

async function readPage(more: Readonly<Record<string, unknown>>) {
  const body = { project, scope: 'sessions', from, to, ...more };
  const { rows, total, next_cursor } = await api.ok('exploreRows', { body });
  return { names: rows.map(({ event_name }) => event_name), rows, total, next_cursor };
}

async function namesOf(more: Readonly<Record<string, unknown>>) {
  const { names, total } = await readPage(more);
  expect(total).toEqual({ count: names.length, exact: true });
  return names;
}

const targets = ['session', 'any_event'];
const sortBy = (field: string, direction = 'descending') => ({ sort: { field, direction } });

test.each(targets)('a range finds the sessions of which any event is in it: %s', async (target) => {
  const filter_target = target;

  expect(await namesOf({ filter_target })).toEqual(['new', 'old']);
  expect(await namesOf({ filter_target, from: to - 90_000 })).toEqual(['old']);
  expect(await namesOf({ filter_target, from: to - 60_000 })).toEqual(['old']);
  expect(await namesOf({ filter_target, from: to - 59_999 })).toEqual([]);
  expect(await namesOf({ filter_target, to: to - 60_000 })).toEqual(['new']);
  expect(await namesOf({ filter_target, to: to - 59_999 })).toEqual(['new', 'old']);
  expect(await namesOf({ filter_target, from: to - 2.5 * dayMs, to: from })).toEqual(['old']);
  expect(await namesOf({ filter_target, from: to - 2.5 * dayMs, to: to - 2 * dayMs })).toEqual([]);
});

test('its order is that of starts, or that of the last activity, page by page', async () => {
  expect(await namesOf(sortBy('start_time', 'ascending'))).toEqual(['old', 'new']);
  expect(await namesOf(sortBy('last_activity'))).toEqual(['old', 'new']);
  expect(await namesOf(sortBy('last_activity', 'ascending'))).toEqual(['new', 'old']);
  for (const field of ['start_time', 'last_activity', 'duration_ms'])
    for (const direction of ['ascending', 'descending']) {
      const whole = await namesOf(sortBy(field, direction));
      const first = await readPage({ ...sortBy(field, direction), limit: 1 });
      const second = await readPage({
        ...sortBy(field, direction),
        limit: 1,
        cursor: first.next_cursor,
      });
      expect([...first.names, ...second.names]).toEqual(whole);
      expect(second.next_cursor).toBeNull();
    }
});

test('a row says when its last event began, whatever of it is in the range', async () => {
  const { rows } = await readPage({ from: undefined, to: undefined });

  expect(rows.map((row) => [row.event_name, 'last_activity' in row && row.last_activity])).toEqual([
    ['new', to - dayMs / 2],
    ['idle', to - 3 * dayMs],
    ['old', to - 60_000],
  ]);
});

test('last activity sorts sessions, not events', async () => {
  const body = { project, scope: 'events', ...sortBy('last_activity') };

  const { issues } = await api.refused('exploreRows', 400, { body });

  expect(issues).toMatchObject([{ field: 'sort.field' }]);
});

test('conditions on the session itself hold for those that began before', async () => {
  const isOld = [{ field: 'event_name', operator: 'is', value: 'old' }];
  const isLarge = [{ field: 'total_tokens', operator: 'greater than', value: 4 }];

  expect(await namesOf({ filters: isOld })).toEqual(['old']);
  expect(await namesOf({ filters: isLarge })).toEqual(['old']);
  expect(await namesOf({ filters: [...isOld, ...isLarge], text: 'before' })).toEqual(['old']);
  expect(await namesOf({ filters: isOld, from: to - 59_999 })).toEqual([]);
});

test('the event in the range is the one that matches', async () => {
  const filters = [{ field: 'event_type', operator: 'is', value: 'model' }];

  expect(await namesOf({ filter_target: 'any_event', filters })).toEqual(['old']);
  expect(await namesOf({ filter_target: 'any_event', text: 'today' })).toEqual(['old']);
  expect(await namesOf({ filter_target: 'any_event', text: 'before' })).toEqual([]);
});

test.each(targets)(
  'sums are of the whole session, whatever is in the range: %s',
  async (target) => {
    const { rows } = await readPage({ filter_target: target, ...sortBy('duration_ms') });

    expect(rows[0]).toMatchObject({
      event_name: 'old',
      event_count: 2,
      total_tokens: 5,
      duration_ms: 3 * dayMs - 59_000,
    });
  },
);

test('groups count the sessions of the list, the volume those that began in the range', async () => {
  const body = { project, scope: 'sessions', from, to };

  const { groups } = await api.ok('exploreGroups', { body: { ...body, group_by: 'event_name' } });
  const { buckets } = await api.ok('exploreHistogram', { body: { ...body, buckets: 10 } });

  expect(groups.map(({ value, count }) => [value, count])).toEqual([
    ['new', 1],
    ['old', 1],
  ]);
  expect(buckets.reduce((sum, { ok, error }) => sum + ok + error, 0)).toBe(1);
});

test('an event that comes, moves or goes changes what a range finds', async () => {
  const session_id = randomUUID();
  const start_time = from - 5 * dayMs;
  const range = { from: to - dayMs / 4, to: to - dayMs / 8 };
  const at = to - dayMs / 6;
  await api.ok('startSession', {
    body: { session: { session_id, session_name: 'm', start_time } },
  });
  const event = buildEvent({ session_id, start_time, end_time: start_time + 1 });
  await api.ok('createEvent', { body: { event } });
  expect(await namesOf(range)).toEqual([]);

  await api.ok('updateEvent', { body: { event_id: event.event_id, start_time: at } });
  expect(await namesOf(range)).toEqual(['m']);

  await api.ok('updateEvent', { body: { event_id: session_id, start_time: at + 1 } });
  expect(await namesOf(range)).toEqual(['m']);
  expect(await namesOf({ from: range.from, to: at + 1 })).toEqual(['m']);

  await api.ok('deleteEvent', { params: { event_id: event.event_id ?? '' } });
  expect(await namesOf(range)).toEqual(['m']);
  expect(await namesOf({ from: range.from, to: at + 1 })).toEqual([]);

  await api.ok('deleteSession', { params: { session_id } });
  expect(await namesOf(range)).toEqual([]);
});
