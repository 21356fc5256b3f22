import { describe, expect, test } from 'vitest';
import { buildResponse } from '../testing/wire-request.ts';
import { isBatchAnswer, toBatchResult } from './batch-result.ts';
import type { Answer } from './decode.ts';

const answer = (json: unknown): Answer => ({
  operation: 'createEventsBatch',
  status: 200,
  requestId: null,
  json,
});
const sent = ['a', 'b', 'c'].map((id) => ({
  event_id: id,
  session_id: 's',
  event_type: 'tool',
  event_name: `step ${id}`,
}));

describe('toBatchResult', () => {
  test('passes on what a honeyhive service says', () => {
    const json = {
      event_ids: ['a'],
      success: true,
      created_count: 1,
      failed_count: 2,
      events: [{ event_id: 'a' }],
      errors: [{ index: 1, code: 'x', message: 'y' }],
    };

    expect(toBatchResult(answer(json), sent)).toEqual(json);
  });

  test.each([
    ['no list', {}],
    ['an empty list of errors', { errors: [] }],
    ['counts only', { failed_count: 0, success: true }],
    ['events that are no list', { events: null }],
  ])('takes a count that equals the batch, with %s, for success', (_what, rest) => {
    const result = toBatchResult(answer({ created_count: 3, ...rest }), sent);

    expect(result).toMatchObject({
      event_ids: ['a', 'b', 'c'],
      created_count: 3,
      failed_count: 0,
      errors: [],
    });
    expect(result.events.map(({ event_id }) => event_id)).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['a count of a part', { created_count: 2 }],
    ['a count beside errors', { created_count: 3, errors: ['one failed'] }],
    ['nothing', {}],
  ])('does not guess which events were stored from %s', (_what, json) => {
    expect(() => toBatchResult(answer(json), sent)).toThrow(/event_ids of the response/);
  });

  test('takes ids beside counts without the lists', () => {
    const json = { event_ids: ['a', 'c'], created_count: 2, failed_count: 1 };

    expect(toBatchResult(answer(json), sent)).toMatchObject({
      created_count: 2,
      errors: [{ index: 1, code: 'not_stored' }],
    });
  });

  test('computes the counts where the service names only the ids', () => {
    const result = toBatchResult(answer({ event_ids: ['a', 'b', 'c'], success: true }), sent);

    expect(result).toMatchObject({ created_count: 3, failed_count: 0, errors: [] });
    expect(result.events[1]).toEqual({
      event_id: 'b',
      session_id: 's',
      event_type: 'tool',
      event_name: 'step b',
    });
  });

  test.each([
    [
      ['too long', { message: 'too deep' }],
      ['too long', 'too deep'],
    ],
    [['too long'], ['too long', 'too long']],
    [undefined, ['the service did not store this event', 'the service did not store this event']],
  ])('accounts for each event that was not stored, errors %j', (errors, messages) => {
    const json = { event_ids: ['b'], success: true, errors };

    const result = toBatchResult(answer(json), sent);

    expect(result).toMatchObject({ created_count: 1, failed_count: 2 });
    expect(result.errors).toEqual([
      { index: 0, code: 'not_stored', message: messages[0] },
      { index: 2, code: 'not_stored', message: messages[1] },
    ]);
  });

  test.each([
    [{}, 'event_ids'],
    [{ event_ids: [], created_count: 1, failed_count: 0 }, 'event_ids'],
    [
      { event_ids: [], created_count: 1, failed_count: 0, events: [{}], errors: [] },
      'events[0].event_id',
    ],
    [{ event_ids: [], created_count: 1, events: [], errors: [] }, 'event_ids'],
  ])('names what is missing in %j', (json, path) => {
    expect(() => toBatchResult(answer(json), sent)).toThrow(expect.objectContaining({ path }));
  });
});

test.each([
  [500, '{"event_ids": ["a"], "errors": [], "success": true}', true],
  [500, '{"message": "oops"}', false],
  [500, 'oops', false],
  [400, '{"event_ids": []}', false],
])('a %i with the body %s is an answer: %s', (status, body, isAnswer) => {
  expect(isBatchAnswer(buildResponse({ status, body }))).toBe(isAnswer);
});
