import type { EventType } from './stored-event.ts';

/** What the skeleton of a session holds of one event. */
export interface SkeletonEvent {
  readonly eventId: string;
  readonly parentId: string | null;
  readonly eventType: EventType;
  readonly eventName: string;
  readonly model: string;
  readonly startTime: number;
  readonly durationMs: number;
  readonly hasEnded: boolean;
  readonly hasError: boolean;
  readonly totalTokens: number;
  readonly costUsd: number;
  readonly hasFeedback: boolean;
  readonly version: number;
  readonly isDeleted: boolean;
  readonly updatedAt: number;
}

/** The events of a session as columns: index n is the same event in each. */
export interface SkeletonColumns {
  readonly origin: number;
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly models: readonly string[];
  readonly ids: readonly string[];
  readonly parent: readonly number[];
  readonly outside: readonly string[];
  readonly type: readonly number[];
  readonly name: readonly number[];
  readonly model: readonly number[];
  readonly start: readonly number[];
  readonly duration: readonly number[];
  readonly error: readonly (0 | 1)[];
  readonly tokens: readonly number[];
  readonly cost: readonly number[];
  readonly feedback: readonly (0 | 1)[];
}

const noParent = -1;
const lostParent = -2;

/**
 * @param events ordered by start, then arrival
 * @param origin what starts count from, epoch milliseconds
 * @param isWhole false: parents that are not among the events may be elsewhere, so that they are named
 */
export function toSkeleton(
  events: readonly SkeletonEvent[],
  { origin, isWhole }: { origin: number; isWhole: boolean },
): SkeletonColumns {
  const [names, types, models] = [new Names(), new Names(), new Names()];
  const outside = new Names();
  const indexes = new Map(events.map(({ eventId }, index) => [eventId, index]));
  const parentOf = ({ parentId }: SkeletonEvent): number => {
    if (parentId === null) return noParent;
    const index = indexes.get(parentId);
    if (index !== undefined) return index;
    return isWhole ? lostParent : events.length + outside.indexOf(parentId);
  };
  const columns = {
    origin,
    ids: events.map(({ eventId }) => eventId),
    parent: withoutCycles(events.map(parentOf)),
    type: events.map(({ eventType }) => types.indexOf(eventType)),
    name: events.map(({ eventName }) => names.indexOf(eventName)),
    model: events.map(({ model }) => (model === '' ? -1 : models.indexOf(model))),
    start: events.map(({ startTime }) => round(startTime - origin)),
    duration: events.map(({ hasEnded, durationMs }) => (hasEnded ? round(durationMs) : -1)),
    error: events.map(({ hasError }) => toBit(hasError)),
    tokens: events.map(({ totalTokens }) => totalTokens || -1),
    cost: events.map(({ costUsd }) => costUsd || -1),
    feedback: events.map(({ hasFeedback }) => toBit(hasFeedback)),
  };
  return {
    ...columns,
    names: names.list,
    types: types.list,
    models: models.list,
    outside: outside.list,
  };
}

const toBit = (value: boolean): 0 | 1 => (value ? 1 : 0);

/** Microseconds are enough for a picture, and shorter to write. */
const round = (ms: number): number => Math.round(ms * 1_000) / 1_000;

/** Distinct texts, each under the index at which it was met first. */
class Names {
  readonly list: string[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(name: string): number {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    this.#indexes.set(name, this.list.length);
    return this.list.push(name) - 1;
  }
}

/** Events that are their own ancestors have no way to the root: one of each circle loses its parent. */
function withoutCycles(parents: readonly number[]): number[] {
  const free = [...parents];
  const seenBy = new Int32Array(parents.length).fill(-1);
  for (let start = 0; start < free.length; start += 1) {
    let at = start;
    while (at >= 0 && at < free.length && seenBy[at] === -1) {
      seenBy[at] = start;
      at = free[at] ?? noParent;
    }
    if (at >= 0 && at < free.length && seenBy[at] === start) free[at] = lostParent;
  }
  return free;
}
