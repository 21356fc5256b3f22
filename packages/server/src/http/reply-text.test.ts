import { expect, test } from 'vitest';
import { toReplyText } from './reply-text.ts';

interface Node {
  readonly name: string;
  readonly children: readonly Node[];
}

const chainOf = (depth: number, bottom: readonly Node[] = []): Node => {
  let node: Node = { name: 'bottom', children: bottom };
  for (let level = 1; level < depth; level += 1) node = { name: `"${level}"`, children: [node] };
  return node;
};

test('is the text of JSON.stringify', () => {
  const reply = { a: [1, null, 'ü'], children: [{ b: {} }] };

  expect(toReplyText(reply)).toBe(JSON.stringify(reply));
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
