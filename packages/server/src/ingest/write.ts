import type { EventIn } from 'honeyhive-wire';
import type { EventPatch } from '../domain/event-patch.ts';
import type { IdScope } from '../domain/id-home.ts';
import type { HeldLimit } from './held-room.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import type { Trace, TraceSpan } from '../domain/trace-span.ts';

/** What is known of the session of an event. */
export interface OfSession {
  /** Of an event that came as a span. */
  readonly span?: TraceSpan | undefined;
  /** `sampleRate` of the root that the service makes for it. Default: that of the event. */
  readonly rootRate?: number;
}

/** One change to the store, as a request asks for it. */
export type Write =
  | ({
      readonly kind: 'create';
      readonly event: StoredEvent;
      /** The same as it was sent: without what was added as a default. */
      readonly sent: EventIn;
    } & OfSession)
  /** Moves what is left of a trace in other sessions to its session, as much as one commit moves. */
  | {
      readonly kind: 'moveTrace';
      readonly projectId: string;
      readonly trace: Trace;
      readonly now: number;
    }
  | { readonly kind: 'startSession'; readonly event: StoredEvent }
  | {
      readonly kind: 'patch';
      readonly eventId: string;
      /** Where the event may be; where the patch is kept when it does not exist yet. */
      readonly scope: IdScope;
      readonly patch: EventPatch;
      readonly now: number;
      /** Clock of the client, nanoseconds; orders patches that arrive together. */
      readonly clientTimeNs: bigint | null;
    }
  /** Computes the cost again if it was computed. */
  | {
      readonly kind: 'reprice';
      readonly eventId: string;
      readonly scope: IdScope;
      readonly now: number;
    }
  | {
      readonly kind: 'delete';
      readonly eventId: string;
      readonly scope: IdScope;
      readonly now: number;
    }
  | {
      readonly kind: 'deleteSession';
      readonly sessionId: string;
      readonly scope: IdScope;
      readonly now: number;
    };

/** What became of a write. */
export type WriteOutcome =
  /** The store is away: the write is on the disk of this server, and is stored when the store is back. */
  | { readonly kind: 'queued' }
  | { readonly kind: 'stored'; readonly event: StoredEvent }
  /** The event was sent before; now it has what it lacked. `kept`: what differs, and stays as it was. */
  | { readonly kind: 'known'; readonly event: StoredEvent; readonly kept: readonly string[] }
  /** The id is another event's: one of this session; null: one that was deleted. */
  | { readonly kind: 'conflict'; readonly sessionId: string | null }
  | { readonly kind: 'moved' }
  /** The event does not exist yet; the patch is kept. */
  | { readonly kind: 'held' }
  /** The event does not exist yet, and there is no room to keep the patch. */
  | { readonly kind: 'notHeld'; readonly limit: HeldLimit }
  /** The event would hold more than one may; it is as before. */
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'deleted'; readonly count: number }
  /** Several projects have the id, and nothing says which one is meant. */
  | { readonly kind: 'ambiguous'; readonly projectIds: readonly string[] }
  /** `elsewhere`: projects that have the id, of which the request has to name one. */
  | { readonly kind: 'notFound'; readonly elsewhere: readonly string[] };
