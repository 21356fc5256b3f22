import { expect, test } from 'vitest';
import { makeSampleSessions } from './sample-sessions.ts';

const now = Date.UTC(2026, 5, 15, 12);
const sessions = [...makeSampleSessions({ count: 120, now })];
const events = sessions.flat();

test('the same seed and instant give the same sessions, another seed others', () => {
  const first = (seed: string) => JSON.stringify([...makeSampleSessions({ count: 3, seed, now })]);

  expect(first('1')).toBe(JSON.stringify(sessions.slice(0, 3)));
  expect(first('2')).not.toBe(first('1'));
});

test('every event has its own id and a parent in its session, and lies in the past days', () => {
  expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(events.length);
  for (const [root, ...rest] of sessions) {
    const ids = new Set([root?.event_id, ...rest.map(({ event_id }) => event_id)]);
    expect(root?.event_id).toBe(root?.session_id);
    expect(rest.every(({ parent_id }) => ids.has(parent_id))).toBe(true);
  }
  expect(Math.min(...events.map(({ start_time }) => start_time))).toBeGreaterThan(
    now - 8 * 86_400_000,
  );
  expect(Math.max(...events.map(({ end_time }) => end_time))).toBeLessThan(now + 3_600_000);
  expect(events.every((event) => event.end_time >= event.start_time)).toBe(true);
});

test('there is something of everything: long and large sessions, errors, feedback, models, users', () => {
  const has = (test: (event: (typeof events)[number]) => boolean) => events.some(test);
  const models = new Set(events.map(({ config }) => (config as { model?: string })?.model));

  expect(Math.max(...sessions.map((session) => session.length))).toBeGreaterThan(2_000);
  expect(
    Math.max(...events.map(({ outputs }) => JSON.stringify(outputs ?? '').length)),
  ).toBeGreaterThan(700_000);
  expect(models.size).toBe(5);
  expect(has(({ error }) => error !== undefined)).toBe(true);
  expect(has(({ feedback }) => feedback !== undefined)).toBe(true);
  expect(new Set(sessions.map(([root]) => root?.event_name)).size).toBeGreaterThanOrEqual(7);
});
