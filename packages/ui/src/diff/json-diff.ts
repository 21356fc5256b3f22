import { JsonKind, type JsonDocument } from '../payload/json/json-document.ts';
import { pathOf, type JsonPath } from '../payload/json/json-path.ts';
import { align } from './align.ts';
import { printValues } from './json-print-of.ts';

/** One value that differs. Indexes of values in the two documents; null on the side that has none. */
export interface JsonChange {
  kind: 'changed' | 'added' | 'removed';
  /** Where it is: in the document after, or, if it was removed, in the one before. */
  path: JsonPath;
  before: number | null;
  after: number | null;
}

type Side = { document: JsonDocument; prints: string[] };
type Sides = { before: Side; after: Side };
/** What two containers hold. */
type Held = { before: number[]; after: number[] };

/**
 * Differences between two values, by path, as deep as possible. The order of keys is ignored; array items are aligned,
 * so that an inserted item does not change all others.
 */
export function diffJson(before: JsonDocument, after: JsonDocument): JsonChange[] {
  const sides = {
    before: { document: before, prints: printValues(before) },
    after: { document: after, prints: printValues(after) },
  };
  const changes: JsonChange[] = [];
  const pending: [number | null, number | null][] = [[0, 0]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [i, j] = pair;
    if (i !== null && j !== null) {
      if (sides.before.prints[i] === sides.after.prints[j]) continue;
      const held = pairHeld(sides, i, j);
      if (held) {
        pending.push(...held.toReversed());
        continue;
      }
    }
    changes.push(toChange(sides, i, j));
  }
  return changes;
}

function toChange({ before, after }: Sides, i: number | null, j: number | null): JsonChange {
  const path = j === null ? pathOf(before.document, i ?? 0) : pathOf(after.document, j);
  const kind = i === null ? 'added' : j === null ? 'removed' : 'changed';
  return { kind, path, before: i, after: j };
}

/** What two containers of one kind hold, as pairs; null for anything else. */
function pairHeld(
  { before, after }: Sides,
  i: number,
  j: number,
): [number | null, number | null][] | null {
  const kind = before.document.kindOf(i);
  if (kind !== after.document.kindOf(j)) return null;
  const held = { before: heldBy(before.document, i), after: heldBy(after.document, j) };
  if (kind === JsonKind.object) return pairKeys({ before, after }, held);
  return kind === JsonKind.array ? pairItems({ before, after }, held) : null;
}

/** By key, in the order of the new document; removed keys come last. */
function pairKeys({ before, after }: Sides, held: Held): [number | null, number | null][] {
  const byKey = new Map(held.before.map((index) => [before.document.keyOf(index), index]));
  const pairs = held.after.map((index): [number | null, number | null] => {
    const key = after.document.keyOf(index);
    const other = byKey.get(key) ?? null;
    byKey.delete(key);
    return [other, index];
  });
  return [...pairs, ...[...byKey.values()].map((index): [number, null] => [index, null])];
}

function pairItems({ before, after }: Sides, held: Held): [number | null, number | null][] {
  const pairs = align({
    before: held.before.map((index) => before.prints[index] ?? ''),
    after: held.after.map((index) => after.prints[index] ?? ''),
    canPair: (i, j) =>
      before.document.kindOf(held.before[i] ?? 0) === after.document.kindOf(held.after[j] ?? 0),
  });
  return pairs.map(({ before: i, after: j }) => [
    i === null ? null : (held.before[i] ?? null),
    j === null ? null : (held.after[j] ?? null),
  ]);
}

function heldBy(document: JsonDocument, index: number): number[] {
  const held: number[] = [];
  const end = document.nextOf(index);
  for (let child = index + 1; child < end; child = document.nextOf(child)) held.push(child);
  return held;
}
