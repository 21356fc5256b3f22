import type { EventStore } from '../domain/event-store.ts';
import type { StoredEvent } from '../domain/stored-event.ts';

type Listener = (rows: readonly StoredEvent[]) => void;

/** Publishes stored and deleted events right after the write. */
export interface StoredFeed {
  publish(rows: readonly StoredEvent[]): void;
  /** @returns ends it */
  subscribe(listener: Listener): () => void;
}

export function createStoredFeed(): StoredFeed {
  const listeners = new Set<Listener>();
  return {
    publish(rows) {
      for (const listener of listeners) listener(rows);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The store, which publishes every completed insert to the feed. */
export const publishInserts = (
  store: EventStore,
  feed: Pick<StoredFeed, 'publish'>,
): EventStore => ({
  ...store,
  async insert(rows) {
    await store.insert(rows);
    feed.publish(rows);
  },
});
