import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toReplyInTurns, toReplyText } from './reply-text.ts';

interface Node {
  readonly name: string;
  readonly children: readonly Node[];
}

const chainOf = (depth: number, bottom: readonly Node[] = []): Node => {
  let node: Node = { name: 'bottom', children: bottom };
  for (let level = 1; level < depth; level += 1) node = { name: `"${level}"`, children: [node] };
  return node;
};

test('is the text of JSON.stringify, in turns or not', async () => {
  const value = fc.anything({
    key: fc.constantFrom('a', 'events', 'children', '__proto__'),
    maxDepth: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.object(), fc.array(value), fc.jsonValue()), async (reply) => {
      expect(toReplyText(reply)).toBe(JSON.stringify(reply));
      expect(await toReplyInTurns(reply)).toBe(JSON.stringify(reply));
    }),
  );
});

test('a long list is made in turns, as UTF-8', async () => {
  const events = Array.from({ length: 300 }, (_, index) => ({ index, text: 'ü'.repeat(5_000) }));
  let turns = 0;
  const count = (): void => {
    turns += 1;
    setImmediate(count).unref();
  };
  setImmediate(count).unref();

  const bytes = await toReplyInTurns({ count: 300, events, more: false });

  expect(bytes.toString()).toBe(JSON.stringify({ count: 300, events, more: false }));
  expect(turns).toBeGreaterThan(1);
});

test('follows children deeper than JSON.stringify can', () => {
  const leaves = [
    { name: 'x', children: [] },
    { name: 'y', children: [] },
  ];
  const depth = 50_000;

  const text = toReplyText(chainOf(depth, leaves));

  expect(() => JSON.stringify(chainOf(depth))).toThrow(RangeError);
  let node = JSON.parse(text) as Node | undefined;
  let levels = 0;
  for (; node !== undefined && node.name !== 'bottom'; node = node.children[0]) levels += 1;
  expect(levels).toBe(depth - 1);
  expect(node?.children).toEqual(leaves);
});

test('passes on what else can go wrong', () => {
  const ring: Record<string, unknown> = {};
  ring['self'] = ring;

  expect(() => toReplyText(ring)).toThrow('circular');
});
