import { expect, test } from 'vitest';
import type { HeldTotals } from '../held-updates/held-patch-store.ts';
import { HeldRoom } from './held-room.ts';

const bounds = {
  heldUpdateBytes: 10,
  heldUpdates: 3,
  heldUpdatesBytes: 20,
  heldUpdatesTotalBytes: 30,
};
const nothing = { count: 0, bytes: 0 };
const empty: HeldTotals = { all: nothing, of: () => nothing };

test.each([
  ['one that is too large', [['a', 11]], ['heldUpdateBytes']],
  ['as large as it may be', [['a', 10]], [null]],
  [
    'too many of a project',
    [
      ['a', 1],
      ['a', 1],
      ['a', 1],
      ['a', 1],
      ['b', 1],
    ],
    [null, null, null, 'heldUpdates', null],
  ],
  [
    'too much of a project, and less of it after',
    [
      ['a', 10],
      ['a', 9],
      ['a', 2],
      ['a', 1],
    ],
    [null, null, 'heldUpdatesBytes', null],
  ],
  [
    'too much in all',
    [
      ['a', 10],
      ['b', 10],
      [null, 10],
      ['c', 1],
    ],
    [null, null, null, 'heldUpdatesTotalBytes'],
  ],
] as const)('%s', (_, patches, expected) => {
  const room = new HeldRoom(empty, bounds);

  expect(patches.map(([project, bytes]) => room.tryTake(project, bytes))).toEqual(expected);
});

test('what is held already counts', () => {
  const held = { all: { count: 2, bytes: 19 }, of: () => ({ count: 2, bytes: 19 }) };
  const room = new HeldRoom(held, bounds);

  expect(room.tryTake('a', 2)).toBe('heldUpdatesBytes');
  expect(room.tryTake('a', 1)).toBeNull();
  expect(room.tryTake('a', 0)).toBe('heldUpdates');
});
