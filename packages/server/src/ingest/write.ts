import type { EventPatch } from '../domain/event-patch.ts';
import type { StoredEvent } from '../domain/stored-event.ts';

/** One change to the store, as a request asks for it. */
export type Write =
  | { readonly kind: 'create'; readonly event: StoredEvent }
  | { readonly kind: 'startSession'; readonly event: StoredEvent }
  | {
      readonly kind: 'patch';
      readonly eventId: string;
      /** Where the event may be. */
      readonly projectIds: readonly string[];
      /** Where the patch is kept when the event is not there yet; null: in none of them in particular. */
      readonly heldFor: string | null;
      readonly patch: EventPatch;
      readonly now: number;
      /** Clock of the client, nanoseconds; orders patches that arrive together. */
      readonly clientTimeNs: bigint | null;
    }
  | {
      readonly kind: 'delete';
      readonly eventId: string;
      readonly projectIds: readonly string[];
      readonly now: number;
    }
  | {
      readonly kind: 'deleteSession';
      readonly sessionId: string;
      readonly projectIds: readonly string[];
      readonly now: number;
    };

/** What became of a write. */
export type WriteOutcome =
  /** Stored now, or known before: the same event twice is one event. */
  | { readonly kind: 'stored'; readonly event: StoredEvent }
  /** The event is not there yet; the patch is kept. */
  | { readonly kind: 'held' }
  | { readonly kind: 'deleted'; readonly count: number }
  | { readonly kind: 'notFound' };
