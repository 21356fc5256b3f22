import type { Clock } from '../clock.ts';

/** At most four times a second: more is more than anybody reads. */
const tickMs = 250;

/** What one tick sends to a stream; null: nothing. */
export type TickFrame = Buffer | null;

/** Does the work, or shares the result of an identical request in this tick. */
export type ShareWork<Result> = (what: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * Ticks that are the same for all: streams that show the same get it by one query and one serialisation, however many
 * they are.
 */
export interface SharedTicks<Result> {
  /** @returns ends it */
  add(onTick: (share: ShareWork<Result>) => void): () => void;
}

export function createSharedTicks<Result>(clock: Pick<Clock, 'every'>): SharedTicks<Result> {
  const members = new Set<(share: ShareWork<Result>) => void>();
  let stop = (): void => undefined;
  const tick = (): void => {
    const works = new Map<string, Promise<Result>>();
    const share: ShareWork<Result> = async (what, work) => {
      const shared = works.get(what) ?? work();
      works.set(what, shared);
      return shared;
    };
    for (const onTick of members) onTick(share);
  };
  return {
    add(onTick) {
      if (members.size === 0) stop = clock.every(tickMs, tick);
      members.add(onTick);
      return () => {
        if (members.delete(onTick) && members.size === 0) stop();
      };
    },
  };
}
