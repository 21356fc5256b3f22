import type { StoredEvent, Usage } from './stored-event.ts';

/** What an event says that it used, and whether it is a call of a model. Bits, so that all take one step. */
export const useBits = { tokens: 1, cost: 2, call: 4 } as const;

/** The bits of an event. */
export const usedBy = (usage: Omit<Usage, 'costSource'> & Pick<StoredEvent, 'eventType'>): number =>
  (usage.promptTokens + usage.completionTokens + usage.totalTokens > 0 ? useBits.tokens : 0) |
  (usage.costUsd > 0 ? useBits.cost : 0) |
  (usage.eventType === 'model' ? useBits.call : 0);

/** An event, as far as sums depend on it. */
export interface UseLink {
  readonly eventId: string;
  readonly parentId: string | null;
  /** {@link useBits} that the event has. */
  readonly used: number;
}

interface Node {
  /** null at the top. */
  parentId: string | null;
  /** Whether its parents lead back to it: then it counts as being at the top. */
  isLooped: boolean;
  used: number;
  /** Bits of all events below it. */
  below: number;
  /** What of `used` is known to be repeated; null: not stored, other events name it as their parent. */
  repeated: number | null;
}

/** Whether ancestors may know too much then. */
const takesAway = (node: Node, parent: string | null, used: number): boolean =>
  (node.repeated !== null && node.parentId !== parent) || (node.used & ~used) !== 0;

/** Bits of an event of which something below it says the same: sums leave them out. */
export type RepeatedUse = ReadonlyMap<string, number>;

/**
 * The events of a session by their parents. On each way from the root, use counts once: that of an event counts when
 * nothing below it has any ([ADR 28](../../../../docs/adr/0028-use-counts-once.md)). Everything is below the root, also
 * what names a missing parent.
 *
 * An event is added in a step for each of its ancestors, at most until one that knows it already. What takes use away
 * is rare: then all of the session is computed again.
 */
export class UseTree {
  readonly #nodes = new Map<string, Node>();
  readonly #root: string;
  #isStale = false;
  /** Events of which `repeated` may have changed. */
  #touched = new Set<string>();

  constructor(sessionId: string) {
    this.#root = sessionId;
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** A stored event. */
  load(link: UseLink, repeatedUse: number): void {
    this.put(link);
    const node = this.#nodes.get(link.eventId);
    // Bits that the event does not have change no sum.
    if (node) node.repeated = repeatedUse & link.used;
  }

  /** An event that is new, or changed. */
  put({ eventId, parentId, used }: UseLink): void {
    const parent = eventId === this.#root ? null : parentId;
    const known = this.#nodes.get(eventId);
    const node = known ?? this.#add(eventId);
    const isChanged = takesAway(node, parent, used);
    if (parent !== null && !this.#nodes.has(parent)) this.#add(parent);
    node.parentId = parent;
    node.used = used;
    node.repeated ??= 0;
    if (isChanged || this.#isLoop(eventId, known !== undefined)) this.#isStale = true;
    this.#touched.add(eventId);
    if (!this.#isStale) this.#raise(node, eventId);
  }

  remove(eventId: string): void {
    const node = this.#nodes.get(eventId);
    if (node === undefined || node.repeated === null) return;
    node.parentId = null;
    node.used = 0;
    node.repeated = null;
    this.#isStale = true;
  }

  /** What an event repeats, as settled last. */
  repeatedOf(eventId: string): number {
    return this.#nodes.get(eventId)?.repeated ?? 0;
  }

  /** Bits of the events for which they changed since the last time. */
  settle(): RepeatedUse {
    if (this.#isStale) this.#compute();
    const changed = new Map<string, number>();
    for (const eventId of this.#touched) {
      const node = this.#nodes.get(eventId);
      const repeated = node ? node.used & node.below : 0;
      if (!node || node.repeated === null || node.repeated === repeated) continue;
      node.repeated = repeated;
      changed.set(eventId, repeated);
    }
    this.#touched = new Set();
    return changed;
  }

  #add(eventId: string): Node {
    const node = { parentId: null, isLooped: false, used: 0, below: 0, repeated: null };
    this.#nodes.set(eventId, node);
    return node;
  }

  /** Whether the parents of an event lead back to it. Of an event that no other one named, they cannot. */
  #isLoop(eventId: string, isNamed: boolean): boolean {
    const first = this.#nodes.get(eventId)?.parentId ?? null;
    if (!isNamed) return first === eventId;
    const seen = new Set<string>();
    for (let at: string | null = first; at !== null && !seen.has(at);) {
      if (at === eventId) return true;
      seen.add(at);
      at = this.#nodes.get(at)?.parentId ?? null;
    }
    return false;
  }

  /** Tells the ancestors of an event what it and those below it have. */
  #raise(node: Node, eventId: string): void {
    const bits = node.used | node.below;
    if (bits === 0) return;
    for (let at = node.isLooped ? null : node.parentId; at !== null;) {
      const parent = this.#nodes.get(at) ?? this.#add(at);
      if (!this.#note(parent, at, bits)) break;
      at = parent.isLooped ? null : parent.parentId;
    }
    if (eventId !== this.#root)
      this.#note(this.#nodes.get(this.#root) ?? this.#add(this.#root), this.#root, bits);
  }

  /** Whether that was new. */
  #note(node: Node, eventId: string, bits: number): boolean {
    if ((bits & ~node.below) === 0) return false;
    node.below |= bits;
    this.#touched.add(eventId);
    return true;
  }

  #compute(): void {
    this.#isStale = false;
    const loops = this.#findLoops();
    for (const [eventId, node] of this.#nodes) {
      node.below = 0;
      node.isLooped = loops.has(eventId);
      this.#touched.add(eventId);
    }
    for (const [eventId, node] of this.#nodes) this.#raise(node, eventId);
  }

  /** Events whose parents lead back to them. */
  #findLoops(): Set<string> {
    const loops = new Set<string>();
    const seen = new Set<string>();
    for (const start of this.#nodes.keys()) {
      const path = new Set<string>();
      let at = start;
      for (; at !== '' && !seen.has(at); at = this.#parentOf(at)) {
        seen.add(at);
        path.add(at);
      }
      for (; path.has(at) && !loops.has(at); at = this.#parentOf(at)) loops.add(at);
    }
    return loops;
  }

  /** Empty at the top. */
  #parentOf(eventId: string): string {
    return this.#nodes.get(eventId)?.parentId ?? '';
  }
}
