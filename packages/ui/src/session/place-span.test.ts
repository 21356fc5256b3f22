import { expect, it } from 'vitest';
import { toPlaceSpan } from './place-span.ts';
import { buildSessionTree } from '../trace/session-tree.ts';
import { toSkeleton, type Sketch } from './testing/sketch.ts';

const call = (id: string, start: number): Sketch => ({
  id,
  name: 'call',
  parent: 'root',
  start,
  duration: 50,
});
const tree = buildSessionTree(
  toSkeleton([
    { id: 'root', type: 'session', start: 0, duration: -1 },
    ...[100, 200, 300, 400, 500].map((start) => call(`c${start}`, start)),
    { id: 'open', parent: 'root', start: 600, duration: -1 },
  ]),
);

it.each([
  ['a session without an end ends with its last event', 0, { from: 0, to: 900, isOpen: false }],
  ['a folded row spans what it holds', 1, { from: 100, to: 550, isOpen: false }],
  ['an event', 2, { from: 100, to: 150, isOpen: false }],
  ['an event without an end', 7, { from: 600, to: 900, isOpen: true }],
])('%s', (_what, place, span) => {
  expect(toPlaceSpan(tree, place, 900)).toEqual(span);
});
