import { describe, expect, test } from 'vitest';
import { findDifferences } from './differences.ts';

const sent = [
  {
    event_id: 'a',
    event_type: 'tool',
    event_name: 'look up',
    inputs: { list: [1, null, {}], text: '你好' },
    metadata: { cost: 1 },
  },
];
const stored = {
  ...sent[0],
  project: 'default',
  created_at: '2026',
  metadata: { cost: 1, run: 2 },
};

describe('findDifferences', () => {
  test('what the service adds is no difference', () => {
    expect(findDifferences(sent, [stored])).toEqual([]);
  });

  test.each([
    ['a missing event', [], ['event a (look up) is missing']],
    ['a duplicated event', [stored, stored], ['event a came back twice']],
    ['an event of another', [stored, { event_id: 'b' }], ['event b was never sent']],
    [
      'a changed field',
      [{ ...stored, inputs: { list: [1, null], text: '你好' } }],
      ['event a: inputs came back differently'],
    ],
    [
      'a lost key of the metadata',
      [{ ...stored, metadata: {} }],
      ['event a: metadata came back differently'],
    ],
  ])('%s is', (_, read, expected) => {
    expect(findDifferences(sent, read)).toEqual(expected);
  });
});
