import { describe, expect, test } from 'vitest';
import { compareParts, noParts } from './part-changes.ts';
import type { Part } from './part-changes.ts';

const parts = (...names: readonly string[]): Part[] =>
  names.map((name) => ({ name, modifiedAt: 1, rowCount: 10 }));

function change(before: readonly Part[], after: readonly Part[]) {
  const known = compareParts(noParts, before).now;
  const { areOthersStale, added } = compareParts(known, after);
  return { areOthersStale, added: added.map(({ name }) => name) };
}

describe('parts of two moments', () => {
  test.each([
    { what: 'nothing', before: ['all_1_1_0'], after: ['all_1_1_0'], added: [] },
    { what: 'an insert', before: ['all_1_1_0'], after: ['all_1_1_0', 'all_2_2_0'], added: [1] },
    { what: 'the first insert', before: [], after: ['all_1_1_0'], added: [0] },
    { what: 'a merge', before: ['all_1_1_0', 'all_3_3_0'], after: ['all_1_3_1'], added: [] },
    {
      what: 'a merge with what was inserted meanwhile',
      before: ['all_1_1_0', 'all_2_2_0'],
      after: ['all_1_3_1', 'all_4_4_0'],
      added: [0, 1],
    },
    {
      what: 'a merge of what a mutation left and what came after it',
      before: ['all_1_2_1_3', 'all_4_4_0'],
      after: ['all_1_4_2_3'],
      added: [],
    },
  ])('report $what, which changes no other row', ({ before, after, added }) => {
    expect(change(parts(...before), parts(...after))).toEqual({
      areOthersStale: false,
      added: added.map((index) => after[index]),
    });
  });

  test.each([
    { what: 'a mutation', before: ['all_1_2_1'], after: ['all_1_2_1_3'] },
    { what: 'a later mutation', before: ['all_1_2_1_3'], after: ['all_1_2_1_5'] },
    {
      what: 'a mutation that was seen of another part',
      before: ['all_1_1_0_3', 'all_2_2_0'],
      after: ['all_1_1_0_3', 'all_2_2_0_3'],
    },
    {
      what: 'a mutation and a merge',
      before: ['all_1_1_0', 'all_2_2_0'],
      after: ['all_1_2_1_3'],
    },
    { what: 'a part that is gone', before: ['all_1_1_0', 'all_2_2_0'], after: ['all_2_2_0'] },
    { what: 'a merge that was lost', before: ['all_1_2_1'], after: ['all_1_1_0', 'all_2_2_0'] },
  ])('report $what', ({ before, after }) => {
    expect(change(parts(...before), parts(...after))).toEqual({ areOthersStale: true, added: [] });
  });

  test('report a part that was lost and is there again with other rows', () => {
    const again = parts('all_1_1_0').map((part) => ({ ...part, modifiedAt: 2 }));

    expect(change(parts('all_1_1_0'), again)).toEqual({ areOthersStale: true, added: [] });
  });
});

test('a part that is gone without rows changes nothing', () => {
  const empty = parts('all_1_1_0_3').map((part) => ({ ...part, rowCount: 0 }));

  expect(change([...empty, ...parts('all_4_4_0')], parts('all_4_4_0'))).toEqual({
    areOthersStale: false,
    added: [],
  });
});

test('the blocks of a table that was made again are new from the first on', () => {
  const known = compareParts(noParts, parts('all_1_90_5')).now;
  const again = compareParts(known, parts('all_1_1_0'));

  expect(again).toMatchObject({ areOthersStale: true, isReset: true });
  expect(compareParts(again.now, parts('all_1_1_0', 'all_2_2_0')).added).toEqual(
    parts('all_2_2_0'),
  );
});
