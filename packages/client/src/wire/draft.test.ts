import { describe, expect, test } from 'vitest';
import { draftEvent, draftSession, draftUpdate, lockedKeys } from './draft.ts';

const context = { project: null, source: null, now: () => 1_000_000, newId: () => 'new-id' };
const configured = { ...context, project: 'support', source: 'production' };

describe('draftSession', () => {
  test('makes the id and the start, so that a retry is the same session', () => {
    expect(draftSession({}, context)).toEqual({ session_id: 'new-id', start_time: 1_000_000 });
    expect(draftSession({ session_id: 'mine', start_time: 5 }, context)).toEqual({
      session_id: 'mine',
      start_time: 5,
    });
  });

  test('puts names that a session does not have into metadata, and user_id into user_properties as well', () => {
    const input = {
      session_name: 'chat',
      user_id: 'user_123',
      priority: 'high',
      metadata: { plan: 'pro', priority: 'low' },
      user_properties: { tier: 2 },
      nothing: undefined,
    };

    expect(draftSession(input, context)).toEqual({
      session_id: 'new-id',
      start_time: 1_000_000,
      session_name: 'chat',
      metadata: { plan: 'pro', user_id: 'user_123', priority: 'high' },
      user_properties: { user_id: 'user_123', tier: 2 },
    });
  });

  test('fills in project and source of the client, unless the caller names them', () => {
    expect(draftSession({}, configured)).toMatchObject({
      project: 'support',
      source: 'production',
    });
    expect(draftSession({ project: 'other', source: null }, configured)).toMatchObject({
      project: 'other',
      source: null,
    });
  });

  test('keeps a key named __proto__ as data', () => {
    const input = JSON.parse('{"__proto__": {"a": 1}}') as Record<string, unknown>;

    const text = JSON.stringify(draftSession(input, context));

    expect(text).toContain('"metadata":{"__proto__":{"a":1}}');
  });
});

describe('draftEvent', () => {
  test('has an id, a start and inputs', () => {
    expect(draftEvent({ event_type: 'tool' }, context)).toEqual({
      event_type: 'tool',
      event_id: 'new-id',
      start_time: 1_000_000,
      inputs: {},
    });
  });

  test.each([
    [{ end_time: 5000 }, { start_time: 5000, end_time: 5000 }],
    [
      { end_time: 5000, duration: 1500 },
      { start_time: 3500, end_time: 5000 },
    ],
    [{ start_time: '1970-01-01T00:00:01.5Z' }, { start_time: 1500 }],
    [{ start_time: '1970-01-01T01:00:00+01:00' }, { start_time: 0 }],
    [{ start_time: new Date(7000) }, { start_time: 7000 }],
    [{ start_time: '2026-01-01T00:00:00' }, { start_time: '2026-01-01T00:00:00' }],
    [{ end_time: 'noon' }, { end_time: 'noon' }],
    [{ start_time: '2026-02-30T10:00:00Z' }, { start_time: '2026-02-30T10:00:00Z' }],
    [{ start_time: null }, { start_time: 1_000_000 }],
  ])('has for %j the times %j', (input, times) => {
    const { start_time: start, end_time: end } = draftEvent(input, context);

    expect(JSON.parse(JSON.stringify({ start_time: start, end_time: end }))).toEqual(times);
  });
});

describe('draftUpdate', () => {
  test('sends the change, without the project, which goes into the query', () => {
    const input = {
      event_id: 'a',
      project: 'p',
      score: 3,
      metadata: { x: 1 },
      end_time: new Date(5),
    };

    expect(draftUpdate(input)).toEqual({
      event_id: 'a',
      metadata: { x: 1, score: 3 },
      end_time: 5,
    });
  });

  test('knows what cannot be changed', () => {
    expect(
      lockedKeys({ event_id: 'a', parent_id: 'b', source: 'x', project: undefined, y: 1 }),
    ).toEqual(['parent_id', 'source']);
  });
});
