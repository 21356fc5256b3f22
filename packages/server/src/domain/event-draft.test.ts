import { describe, expect, test } from 'vitest';
import { noPricer } from './pricing.ts';
import { draftEvent, draftSession } from './event-draft.ts';

const now = 1_700_000_000_000;
const context = {
  projectId: 'p',
  now,
  acceptsUnknownType: true,
  isByOrganisation: true,
  apiKeyId: 'k1',
  pricer: noPricer,
};

function event(input: Record<string, unknown>) {
  const draft = draftEvent({ event_type: 'tool', ...input }, context);
  if ('issues' in draft) throw new Error(JSON.stringify(draft.issues));
  return { ...draft.event, warnings: draft.warnings };
}

describe('times', () => {
  test.each([
    [{}, now, now, 0],
    [{ start_time: 1000, duration: 50 }, 1000, 1050, 50],
    [{ start_time: 1000, end_time: 1200 }, 1000, 1200, 200],
    [{ end_time: 1200, duration: 200 }, 1000, 1200, 200],
    [{ start_time: '1970-01-01T00:00:01Z' }, 1000, 1000, 0],
    [{ start_time: '1970-01-01 00:00:01' }, 1000, 1000, 0],
    [{ start_time: '1000.5' }, 1000.5, 1000.5, 0],
  ])('%j', (...[input, startTime, endTime, durationMs]) => {
    expect(event(input)).toMatchObject({ startTime, endTime, durationMs });
  });

  test('text that is no instant is refused by the name of its field', () => {
    expect(draftEvent({ event_type: 'tool', start_time: 'noon' }, context)).toMatchObject({
      issues: [{ field: 'start_time' }],
    });
  });
});

describe('identity', () => {
  test('an event id without a session always lands in the same session', () => {
    expect(event({ event_id: 'x' }).sessionId).toBe(event({ event_id: 'x' }).sessionId);
  });

  test('a session event without a session id is its own root', () => {
    expect(event({ event_type: 'session', event_id: 'x' })).toMatchObject({
      sessionId: 'x',
      parentId: null,
    });
  });

  test('a session event with a foreign session id is a child of that session', () => {
    expect(event({ event_type: 'session', event_id: 'x', session_id: 's' })).toMatchObject({
      eventType: 'session',
      parentId: 's',
    });
  });
});

describe('content', () => {
  test('keys that nobody knows go to metadata, `__proto__` among them', () => {
    const input = JSON.parse(
      '{"priority":"high","__proto__":{"polluted":true},"metadata":{"a":1}}',
    ) as Record<string, unknown>;

    expect(event(input).metadata).toBe('{"a":1,"priority":"high","__proto__":{"polluted":true}}');
    expect({}).not.toHaveProperty('polluted');
  });

  test('user_id goes to metadata and to user properties', () => {
    expect(event({ user_id: 'u1' })).toMatchObject({
      metadata: '{"user_id":"u1"}',
      user_properties: '{"user_id":"u1"}',
    });
  });

  test('metadata.ground_truth belongs to feedback', () => {
    expect(event({ metadata: { ground_truth: 'yes', a: 1 } })).toMatchObject({
      metadata: '{"a":1}',
      feedback: '{"ground_truth":"yes"}',
    });
  });

  test.each([
    [[1, 2], '{"value":[1,2]}'],
    ['text', '{"value":"text"}'],
    [null, '{}'],
    [{ a: 1 }, '{"a":1}'],
  ])('outputs %j are kept as %s', (outputs, text) => {
    expect(event({ outputs }).outputs).toBe(text);
  });

  test('an unknown type is stored as chain, with what was sent and a warning', () => {
    expect(event({ event_type: 'batch_item' })).toMatchObject({
      eventType: 'chain',
      metadata: '{"event_type_raw":"batch_item"}',
      warnings: [{ field: 'event_type' }],
    });
  });

  test.each([
    [{ metadata: { prompt_tokens: 1, completion_tokens: 2 } }, 3, 0],
    [{ metadata: { total_tokens: 9, cost: '0.5' } }, 9, 0.5],
    [{ outputs: { usage: { prompt_tokens: 10, completion_tokens: 12, total_tokens: 22 } } }, 22, 0],
    [{ metadata: { total_tokens: 'many', cost: -1 } }, 0, 0],
  ])('usage of %j', (input, totalTokens, costUsd) => {
    expect(event(input)).toMatchObject({ totalTokens, costUsd });
  });
});

test('a session keeps its own keys and puts the rest in metadata', () => {
  const draft = draftSession({ session_name: 'chat', conversation_type: 'support' }, context);

  expect(draft).toMatchObject({
    event: {
      eventName: 'chat',
      eventType: 'session',
      parentId: null,
      metadata: '{"conversation_type":"support"}',
    },
  });
});
