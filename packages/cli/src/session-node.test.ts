import { expect, test } from 'vitest';
import { toSessionNode } from './session-node.ts';

test('takes what the tree shows out of what the service sends', () => {
  const event = {
    event_name: 'answer',
    event_type: 'model',
    duration: 12.5,
    error: 'Timeout',
    metadata: { total_tokens: 7, cost: 0.1 },
    children: [{ event_name: 'inner', event_type: 'tool', duration: 1, error: null, children: [] }],
  };

  expect(toSessionNode(event)).toEqual({
    name: 'answer',
    type: 'model',
    durationMs: 12.5,
    error: 'Timeout',
    totalTokens: 7,
    costUsd: 0.1,
    children: [
      {
        name: 'inner',
        type: 'tool',
        durationMs: 1,
        error: null,
        totalTokens: null,
        costUsd: null,
        children: [],
      },
    ],
  });
});

test.each([
  [{ metadata: { prompt_tokens: 3, completion_tokens: 4 } }, 7],
  [{ metadata: { usage: { input_tokens: 3 } } }, 3],
  [{ outputs: { usage: { total_tokens: 9 } } }, 9],
  [{ metadata: { total_tokens: 5 }, outputs: { usage: { total_tokens: 9 } } }, 5],
  [{ metadata: { total_tokens: 'many' } }, null],
  [{}, null],
])('tokens of %j are %j', (event, tokens) => {
  expect(toSessionNode(event).totalTokens).toBe(tokens);
});

test.each([null, 'text', [], { children: 'none', event_name: 5, duration: 'long' }])(
  '%j is shown as what is missing',
  (event) => {
    expect(toSessionNode(event)).toMatchObject({ name: 'unknown', durationMs: 0, children: [] });
  },
);
