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

async function namesOf(more: Readonly<Record<string, unknown>>) {
  const body = { project, scope: 'sessions', from, to, ...more };
  const { rows, total } = await api.ok('exploreRows', { body });
  expect(total.count).toBe(rows.length);
  return rows.map(({ event_name }) => event_name);
}

test('a range finds the sessions of which any event is in it, newest first', async () => {
  expect(await namesOf({ filter_target: 'any_event' })).toEqual(['new', 'old']);
});

test('the event in the range is the one that matches', async () => {
  const filters = [{ field: 'event_type', operator: 'is', value: 'model' }];

  expect(await namesOf({ filter_target: 'any_event', filters })).toEqual(['old']);
  expect(await namesOf({ filter_target: 'any_event', text: 'today' })).toEqual(['old']);
  expect(await namesOf({ filter_target: 'any_event', text: 'before' })).toEqual([]);
});

test('sums are of the whole session, whatever of it is in the range', async () => {
  const body = { project, scope: 'sessions', from, to, filter_target: 'any_event' };
  const sort = { field: 'duration_ms', direction: 'descending' };

  const { rows } = await api.ok('exploreRows', { body: { ...body, sort } });

  expect(rows[0]).toMatchObject({
    event_name: 'old',
    event_count: 2,
    total_tokens: 5,
    duration_ms: 3 * dayMs - 59_000,
  });
});

test('of sessions themselves it finds those that began in it', async () => {
  expect(await namesOf({ filter_target: 'session' })).toEqual(['new']);
});
