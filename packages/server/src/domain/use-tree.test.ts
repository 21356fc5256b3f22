import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { UseTree, useBits } from './use-tree.ts';
import type { UseLink } from './use-tree.ts';

const { tokens, cost, call } = useBits;
const ids = ['root', 'a', 'b', 'c', 'd', 'e', 'f', 'elsewhere'];

type Change = UseLink | { readonly removed: string };

/** The same without a tree: what each event repeats. */
function define(events: ReadonlyMap<string, UseLink>): Record<string, number> {
  const parentOf = (id: string): string | null =>
    id === 'root' ? null : (events.get(id)?.parentId ?? null);
  const above = (id: string): string[] => {
    const found: string[] = [];
    for (let at = parentOf(id); at !== null && !found.includes(at); at = parentOf(at))
      found.push(at);
    return found;
  };
  const isLooped = (id: string): boolean => above(id).includes(id);
  const ancestors = (id: string): string[] => {
    if (isLooped(id)) return [];
    const all = above(id);
    const loop = all.findIndex(isLooped);
    return loop === -1 ? all : all.slice(0, loop + 1);
  };
  const isBelow = (id: string, top: string): boolean =>
    id !== top && (top === 'root' || ancestors(id).includes(top));
  return Object.fromEntries(
    [...events.values()].map(({ eventId, used }) => [
      eventId,
      used &
        [...events.values()]
          .filter((other) => isBelow(other.eventId, eventId))
          .reduce((bits, other) => bits | other.used, 0),
    ]),
  );
}

const link = fc.record({
  eventId: fc.constantFrom(...ids.slice(0, -1)),
  parentId: fc.option(fc.constantFrom(...ids)),
  used: fc.constantFrom(0, tokens, cost, call, tokens | cost, tokens | call),
});
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: link },
  { weight: 1, arbitrary: fc.record({ removed: fc.constantFrom(...ids) }) },
);

test('whatever comes in whatever order, an event repeats what something below it has', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 12 }), (groups) => {
      const tree = new UseTree('root');
      const events = new Map<string, UseLink>();
      const repeated = new Map<string, number>();
      for (const group of groups) {
        for (const one of group) {
          if ('removed' in one) {
            tree.remove(one.removed);
            events.delete(one.removed);
            repeated.delete(one.removed);
          } else {
            tree.put(one);
            events.set(one.eventId, one);
            repeated.set(one.eventId, repeated.get(one.eventId) ?? 0);
          }
        }
        for (const [id, bits] of tree.settle()) repeated.set(id, bits);

        expect(Object.fromEntries(repeated)).toEqual(define(events));
      }
    }),
    { numRuns: byLevel({ short: 2_000, full: 100_000 }) },
  );
}, 600_000);

test('what is stored is not reported again, what is stored wrong is', () => {
  const tree = new UseTree('root');
  tree.load({ eventId: 'a', parentId: 'root', used: tokens }, tokens);
  tree.load({ eventId: 'b', parentId: 'a', used: tokens }, tokens);

  expect([...tree.settle()]).toEqual([['b', 0]]);
});

test('a chain of 20,000 events that all use something is added without a walk to the top for each', () => {
  const tree = new UseTree('root');
  for (let index = 0; index < 20_000; index += 1)
    tree.put({ eventId: `${index}`, parentId: `${index - 1}`, used: tokens });

  expect(tree.settle().size).toBe(19_999);
});
