import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noPricer } from './pricing.ts';
import { draftEvent } from './event-draft.ts';
import { buildTree, treeToWire } from './session-tree.ts';
import type { TreeNode } from './session-tree.ts';
import type { StoredEvent } from './stored-event.ts';

function event(id: string, parent: string | null, start = 0): StoredEvent {
  const draft = draftEvent(
    {
      event_type: parent === null ? 'session' : 'tool',
      event_id: id,
      session_id: 'root',
      parent_id: parent,
      start_time: start,
    },
    {
      projectId: 'p',
      now: 0,
      acceptsUnknownType: false,
      isByOrganisation: true,
      apiKeyId: 'k1',
      pricer: noPricer,
    },
  );
  if ('issues' in draft) throw new Error('bad test event');
  return draft.event;
}

const shape = (node: TreeNode): unknown => [node.event.eventId, node.children.map(shape)];

test('events hang under their parents, in the order of their start', () => {
  const tree = buildTree([
    event('root', null),
    event('b', 'root', 1),
    event('c', 'b', 2),
    event('a', 'root', 3),
  ]);

  expect(tree && shape(tree)).toEqual([
    'root',
    [
      ['b', [['c', []]]],
      ['a', []],
    ],
  ]);
});

test('an event that starts before its parent still hangs under it', () => {
  const tree = buildTree([
    event('child', 'parent', 0),
    event('root', null, 1),
    event('parent', 'root', 2),
  ]);

  expect(tree && shape(tree)).toEqual(['root', [['parent', [['child', []]]]]]);
});

test('an event with an unknown parent hangs off the session', () => {
  const tree = buildTree([event('root', null), event('a', 'gone')]);

  expect(tree && shape(tree)).toEqual(['root', [['a', []]]]);
});

test('without a root there is no tree', () => {
  expect(buildTree([event('a', 'root')])).toBeNull();
});

test('whatever the parents say, cycles among them, every event is in the tree once', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const parents = fc.array(fc.constantFrom(...ids, 'root', 'gone'), {
    minLength: ids.length,
    maxLength: ids.length,
  });
  fc.assert(
    fc.property(parents, (list) => {
      const tree = buildTree([
        event('root', null),
        ...ids.map((id, index) => event(id, list[index] ?? 'root', index + 1)),
      ]);

      const found: string[] = [];
      const walk = (node: TreeNode): void => {
        found.push(node.event.eventId);
        for (const child of node.children) walk(child);
      };
      if (tree) walk(tree);
      expect(found.toSorted()).toEqual([...ids, 'root'].toSorted());
    }),
  );
});

test('a chain of 20,000 events does not exhaust the stack', () => {
  const events = [
    event('root', null),
    ...Array.from({ length: 20_000 }, (_, i) =>
      event(`e${i}`, i === 0 ? 'root' : `e${i - 1}`, i + 1),
    ),
  ];

  const tree = buildTree(events);

  const toWire = ({ eventId }: StoredEvent) => ({ event_id: eventId });
  expect(tree && treeToWire(tree, { root: toWire, child: toWire })).toMatchObject({
    event_id: 'root',
  });
});
