import { buildEvent } from 'honeyhive-testkit';
import { limits } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';

test('deletes events, and says which were there', async () => {
  const { api } = await openProject();
  const events = [1, 2, 3].map(() => buildEvent({ session_id: 'one' }));
  await api.ok('createEventBatch', { body: { events } });
  const [a, b, c] = events.map(({ event_id }) => event_id);

  const result = await api.ok('exploreDelete', { body: { scope: 'events', ids: [a, 'x', b, a] } });
  const { rows } = await api.ok('exploreRows', { body: { scope: 'events' } });

  expect(result).toEqual({ deleted: [a, b], missing: ['x'] });
  expect(new Set(rows.map(({ event_id }) => event_id))).toEqual(new Set([c, 'one']));
});

test('deletes sessions with all of their events', async () => {
  const { api } = await openProject();
  const events = ['one', 'two', 'three'].map((session_id) => buildEvent({ session_id }));
  await api.ok('createEventBatch', { body: { events } });

  const ids = ['one', 'three', randomUUID()];
  const result = await api.ok('exploreDelete', { body: { scope: 'sessions', ids } });
  const { rows } = await api.ok('exploreRows', { body: { scope: 'events' } });

  expect(result).toEqual({ deleted: ['one', 'three'], missing: [ids[2]] });
  expect(new Set(rows.map(({ session_id }) => session_id))).toEqual(new Set(['two']));
});

test.each<[Record<string, unknown>, string]>([
  [{ scope: 'events', ids: [] }, 'ids'],
  [{ scope: 'events', ids: Array.from({ length: limits.deleteMany + 1 }, () => 'a') }, 'ids'],
  [{ ids: ['a'] }, 'scope'],
])('refuses a wrong list', async (body, field) => {
  const { api } = await openProject();

  const refusal = await api.refused('exploreDelete', 400, { body });

  expect(refusal.issues?.[0]?.field).toBe(field);
});
