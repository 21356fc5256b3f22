import { lostParent, rootParent, type SkeletonColumns } from './skeleton.ts';

/** A row of our own between the events: what it stands for. */
export type FoldedRow =
  | {
      /** Siblings of one name in a row, folded into one. */
      readonly kind: 'run';
      readonly type: string;
      readonly name: string;
      readonly count: number;
      readonly errorCount: number;
      /** Milliseconds; null while none has ended. */
      readonly p95Ms: number | null;
    }
  | {
      /** Events whose parent is not in the session. */
      readonly kind: 'orphans';
      readonly count: number;
    };

/**
 * A session as columns in the order of reading: parents before their children, siblings by start time. A place is an
 * index into them. A subtree is the run of `size` places that begins with its root, so that to collapse is to skip.
 */
export interface SessionTree {
  readonly columns: SkeletonColumns;
  readonly placeCount: number;
  /** Index of the event at a place; -1 for a folded row. */
  readonly event: Int32Array;
  /** 0 for the topmost. */
  readonly depth: Int32Array;
  /** Places of the subtree, its root among them. */
  readonly size: Int32Array;
  /** Place of the parent, -1 at the top. */
  readonly parent: Int32Array;
  /** Errors in the subtree, its root among them. */
  readonly errorCount: Int32Array;
  /** The event's tokens if known, else those of its descendants; -1 if unknown. */
  readonly tokens: Float64Array;
  /** US dollars, as `tokens`. */
  readonly cost: Float64Array;
  /** Number among its siblings, from 1. */
  readonly position: Int32Array;
  /** How many siblings there are, itself among them. */
  readonly siblingCount: Int32Array;
  readonly folded: ReadonlyMap<number, FoldedRow>;
  /** Place of each event. */
  readonly placeOf: Int32Array;
}

/** Siblings of one name that follow one another are folded from this count on. */
const runLength = 5;

/** The children of every event, in order; those of `ids.length` are the topmost, of the one after it the lost. */
export const childListsOf = (columns: SkeletonColumns): ChildLists =>
  toChildLists(withoutCircles(columns.parent));

/** Children of every event, one list after the other: those of `i` are `items[offsets[i]..offsets[i + 1])`. */
export interface ChildLists {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** Siblings that are still to be placed. */
interface Frame {
  next: number;
  readonly end: number;
  readonly depth: number;
  readonly parent: number;
  readonly isRun: boolean;
  position: number;
}

/** Reads an index that is known to be inside. */
export const at = (values: ArrayLike<number>, index: number): number => values[index] ?? 0;

/**
 * @example
 * const tree = buildSessionTree(skeleton); // 10,000 events: a few milliseconds
 */
export function buildSessionTree(columns: SkeletonColumns): SessionTree {
  return new TreeBuilder(columns, childListsOf(columns)).build();
}

/** Events in a parent cycle, or with a missing parent, count as orphans. */
function withoutCircles(parent: readonly number[]): Int32Array {
  const parents = Int32Array.from(parent, (index) => (index < parent.length ? index : lostParent));
  /** 0: not seen, otherwise the walk that saw it first. */
  const seenBy = new Int32Array(parents.length);
  for (let start = 0; start < parents.length; start += 1) {
    let index = start;
    while (index >= 0 && at(seenBy, index) === 0) {
      seenBy[index] = start + 1;
      index = at(parents, index);
    }
    if (index >= 0 && at(seenBy, index) === start + 1) parents[index] = lostParent;
  }
  return parents;
}

/** The lists of the topmost and of the lost follow those of the events. */
function toChildLists(parents: Int32Array): ChildLists {
  const eventCount = parents.length;
  const toList = (parent: number) =>
    parent === rootParent ? eventCount : parent < 0 ? eventCount + 1 : parent;
  const offsets = new Int32Array(eventCount + 3);
  for (const parent of parents) {
    const list = toList(parent);
    offsets[list + 1] = at(offsets, list + 1) + 1;
  }
  for (let list = 1; list < offsets.length; list += 1) {
    offsets[list] = at(offsets, list) + at(offsets, list - 1);
  }
  const cursors = offsets.slice();
  const items = new Int32Array(eventCount);
  parents.forEach((parent, index) => {
    const list = toList(parent);
    items[at(cursors, list)] = index;
    cursors[list] = at(cursors, list) + 1;
  });
  return { offsets, items };
}

/** Lays the places out; every one is written once. */
class TreeBuilder {
  readonly #columns: SkeletonColumns;
  readonly #lists: ChildLists;
  readonly #event: number[] = [];
  readonly #depth: number[] = [];
  readonly #parent: number[] = [];
  readonly #position: number[] = [];
  readonly #folded = new Map<number, FoldedRow>();
  readonly #frames: Frame[] = [];

  constructor(columns: SkeletonColumns, lists: ChildLists) {
    this.#columns = columns;
    this.#lists = lists;
  }

  build(): SessionTree {
    const eventCount = this.#columns.ids.length;
    this.#enter(eventCount, { depth: 0, parent: -1, position: 0 });
    this.#placeAll();
    const lostCount = this.#listLength(eventCount + 1);
    const topCount = this.#parent.filter((parent) => parent === -1).length;
    if (lostCount > 0 && lostCount === eventCount - topCount) {
      // Nothing has a parent here: a group would only hide that.
      this.#enter(eventCount + 1, { depth: 0, parent: -1, position: topCount });
      this.#placeAll();
    } else if (lostCount > 0) {
      const place = this.#put({ event: -1, depth: 0, parent: -1, position: topCount + 1 });
      this.#folded.set(place, { kind: 'orphans', count: lostCount });
      this.#enter(eventCount + 1, { depth: 1, parent: place, position: 0 });
      this.#placeAll();
    }
    return this.#finish();
  }

  #placeAll(): void {
    let frame = this.#frames.at(-1);
    while (frame) {
      if (frame.next >= frame.end) this.#frames.pop();
      else this.#placeNext(frame);
      frame = this.#frames.at(-1);
    }
  }

  #placeNext(frame: Frame): void {
    const { depth, parent } = frame;
    const run = frame.isRun ? 1 : this.#runFrom(frame);
    frame.position += 1;
    if (run >= runLength) {
      const place = this.#put({ event: -1, depth, parent, position: frame.position });
      this.#folded.set(place, this.#summarise(frame.next, run));
      this.#frames.push({
        next: frame.next,
        end: frame.next + run,
        depth: depth + 1,
        parent: place,
        isRun: true,
        position: 0,
      });
      frame.next += run;
      return;
    }
    const event = at(this.#lists.items, frame.next);
    frame.next += 1;
    const place = this.#put({ event, depth, parent, position: frame.position });
    this.#enter(event, { depth: depth + 1, parent: place, position: 0 });
  }

  #put(row: { event: number; depth: number; parent: number; position: number }): number {
    this.#event.push(row.event);
    this.#depth.push(row.depth);
    this.#parent.push(row.parent);
    this.#position.push(row.position);
    return this.#event.length - 1;
  }

  #enter(list: number, below: Pick<Frame, 'depth' | 'parent' | 'position'>): void {
    const next = at(this.#lists.offsets, list);
    const end = at(this.#lists.offsets, list + 1);
    if (next < end) this.#frames.push({ next, end, isRun: false, ...below });
  }

  #listLength(list: number): number {
    return at(this.#lists.offsets, list + 1) - at(this.#lists.offsets, list);
  }

  /** How many siblings from here on have the name and the type of the first. */
  #runFrom(frame: Frame): number {
    const { name, type } = this.#columns;
    const first = at(this.#lists.items, frame.next);
    let end = frame.next + 1;
    while (end < frame.end) {
      const other = at(this.#lists.items, end);
      if (at(name, other) !== at(name, first) || at(type, other) !== at(type, first)) break;
      end += 1;
    }
    return end - frame.next;
  }

  #summarise(from: number, count: number): FoldedRow {
    const { names, types, name, type, error, duration } = this.#columns;
    const members = this.#lists.items.subarray(from, from + count);
    const first = at(members, 0);
    const durations = Array.from(members, (event) => at(duration, event)).filter((ms) => ms >= 0);
    durations.sort((left, right) => left - right);
    return {
      kind: 'run',
      type: types[at(type, first)] ?? '',
      name: names[at(name, first)] ?? '',
      count,
      errorCount: members.reduce((sum, event) => sum + at(error, event), 0),
      p95Ms: durations[Math.ceil(durations.length * 0.95) - 1] ?? null,
    };
  }

  #finish(): SessionTree {
    const columns = this.#columns;
    const event = Int32Array.from(this.#event);
    const placeOf = new Int32Array(columns.ids.length);
    event.forEach((index, place) => {
      if (index >= 0) placeOf[index] = place;
    });
    const parent = Int32Array.from(this.#parent);
    const position = Int32Array.from(this.#position);
    return {
      columns,
      placeCount: event.length,
      event,
      depth: Int32Array.from(this.#depth),
      parent,
      position,
      siblingCount: countSiblings(parent),
      folded: this.#folded,
      placeOf,
      ...addUp({ columns, event, parent }),
    };
  }
}

function countSiblings(parent: Int32Array): Int32Array {
  const childCount = new Int32Array(parent.length + 1);
  for (const place of parent) childCount[place + 1] = at(childCount, place + 1) + 1;
  return parent.map((place) => at(childCount, place + 1));
}

/** Children stand after their parent: one walk from the end adds everything up. */
function addUp(tree: Pick<SessionTree, 'columns' | 'event' | 'parent'>) {
  const { columns, event, parent } = tree;
  const size = new Int32Array(event.length).fill(1);
  const errorCount = new Int32Array(event.length);
  const tokens = new Float64Array(event.length).fill(-1);
  const cost = new Float64Array(event.length).fill(-1);
  for (let place = event.length - 1; place >= 0; place -= 1) {
    const index = at(event, place);
    if (index >= 0) {
      errorCount[place] = at(errorCount, place) + (at(columns.error, index) > 0 ? 1 : 0);
      if (at(columns.tokens, index) >= 0) tokens[place] = at(columns.tokens, index);
      if (at(columns.cost, index) >= 0) cost[place] = at(columns.cost, index);
    }
    const above = at(parent, place);
    if (above < 0) continue;
    size[above] = at(size, above) + at(size, place);
    errorCount[above] = at(errorCount, above) + at(errorCount, place);
    addKnown(tokens, above, at(tokens, place));
    addKnown(cost, above, at(cost, place));
  }
  return { size, errorCount, tokens, cost };
}

function addKnown(sums: Float64Array, place: number, known: number): void {
  if (known >= 0) sums[place] = Math.max(0, at(sums, place)) + known;
}
