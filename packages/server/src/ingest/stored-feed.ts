import type { EventStore } from '../domain/event-store.ts';
import type { StoredEvent } from '../domain/stored-event.ts';

/** What is known of a write on every server: enough to read it again. */
export type StoredChange = Pick<
  StoredEvent,
  'projectId' | 'sessionId' | 'eventId' | 'startTime' | 'updatedAt' | 'isDeleted'
>;

type Listener = (rows: readonly StoredChange[]) => void;

/** Publishes stored and deleted events right after the write. */
export interface StoredFeed {
  publish(rows: readonly StoredChange[]): void;
  /** Events may have been stored that nobody published. */
  publishGap(): void;
  /** @returns ends it */
  subscribe(listener: Listener, onGap: () => void): () => void;
}

export function createStoredFeed(): StoredFeed {
  const listeners = new Map<Listener, () => void>();
  return {
    publish(rows) {
      for (const listener of listeners.keys()) listener(rows);
    },
    publishGap() {
      for (const onGap of listeners.values()) onGap();
    },
    subscribe(listener, onGap) {
      listeners.set(listener, onGap);
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
