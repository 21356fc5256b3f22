import { expect, it } from 'vitest';
import { toSkeleton } from './testing/sketch.ts';
import { decideViewKind, type ViewKindInput } from './view-kind.ts';

const chat = toSkeleton([
  { id: 'root', type: 'session' },
  { id: 'ask', type: 'model', parent: 'root' },
  { id: 'look up', type: 'tool', parent: 'root' },
  { id: 'answer', type: 'model', parent: 'root' },
]);
const agent = toSkeleton([
  { id: 'root', type: 'session' },
  { id: 'agent', type: 'chain', parent: 'root' },
  { id: 'plan', type: 'model', parent: 'agent' },
  { id: 'answer', type: 'model', parent: 'agent' },
]);
const batch = toSkeleton([
  { id: 'root', type: 'session' },
  { id: 'read', type: 'tool', parent: 'root' },
]);
const long = toSkeleton([
  { id: 'root', type: 'session' },
  ...Array.from({ length: 40 }, (_, index) => ({
    id: `turn ${index}`,
    type: 'model',
    parent: 'root',
  })),
]);

const longer = toSkeleton(
  Array.from({ length: 301 }, (_, index) => ({ id: `turn ${index}`, type: 'model' })),
);

const nobody = { asked: null, chosen: null, selectedId: null } as const;

it.each<[string, ViewKindInput, 'tree' | 'thread']>([
  ['a root that called a model twice is a conversation', { ...nobody, columns: chat }, 'thread'],
  ['calls below another step do not count', { ...nobody, columns: agent }, 'tree'],
  ['so is a session too long to be read through', { ...nobody, columns: longer }, 'tree'],
  ['a session without calls of models is a tree', { ...nobody, columns: batch }, 'tree'],
  [
    'the address comes first',
    { ...nobody, asked: 'tree', chosen: 'thread', columns: chat },
    'tree',
  ],
  ['then what the reader chose', { ...nobody, chosen: 'tree', columns: chat }, 'tree'],
  [
    'chosen, calls below another step are one, too',
    { ...nobody, chosen: 'thread', columns: agent },
    'thread',
  ],
  [
    'chosen, it is still not shown of nothing',
    { ...nobody, chosen: 'thread', columns: batch },
    'tree',
  ],
  [
    'a link to a call is shown in the conversation',
    { ...nobody, selectedId: 'answer', columns: chat },
    'thread',
  ],
  ['a link to the root, too', { ...nobody, selectedId: 'root', columns: chat }, 'thread'],
  [
    'a link to a tool is shown in the tree',
    { ...nobody, selectedId: 'look up', columns: chat },
    'tree',
  ],
  [
    'a link far into the conversation, too',
    { ...nobody, selectedId: 'turn 30', columns: long },
    'tree',
  ],
])('%s', (_sentence, input, expected) => {
  expect(decideViewKind(input)).toBe(expected);
});
