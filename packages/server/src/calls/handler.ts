import type { Readable } from 'node:stream';
import type {
  AccessOf,
  Immutable,
  InputOf,
  Issue,
  OperationId,
  ProducesOf,
  ResponseOf,
  StatusOf,
} from 'honeyhive-wire';
import type { Access } from './access.ts';
import type { Reply } from './reply.ts';

/** What a request reveals about its caller, in addition to the key. */
export interface Caller {
  readonly address: string;
  /** Whether browsers reach the service over TLS. */
  readonly isSecure: boolean;
  /** Token of the cookie; null without one. */
  readonly signInToken: string | null;
  /** Whether the request has no key, so that the cookie stands for one. */
  readonly isSignedIn: boolean;
  /** `x-csrf-token`. */
  readonly csrfToken: string | undefined;
  /** Why the request counts as one of a page of another origin; null when it does not. */
  readonly foreignPage: Issue | null;
}

/** Under which conditions, and how much of it, a request wants an answer: RFC 9110 sections 13 and 14. */
export interface Preconditions {
  readonly ifNoneMatch: string | undefined;
  readonly ifRange: string | undefined;
  readonly range: string | undefined;
  /** `last-event-id`: where a reader of a stream left off. */
  readonly lastEventId: string | undefined;
}

/** What the key of a request may see and touch; null for an operation that needs no key. */
export type AccessFor<Id extends OperationId> = AccessOf<Id> extends 'public' ? null : Access;

/** A request, checked against the shapes of its operation. */
export interface Call<Id extends OperationId> extends InputOf<Id> {
  /** Size of the body as received and decompressed. */
  readonly bodyBytes: number;
  /** Path under which values of the body stand, when the client wrapped it. */
  readonly bodyPath: readonly string[];
  readonly access: AccessFor<Id>;
  readonly caller: Caller;
  readonly preconditions: Preconditions;
  /** `hh-client-timestamp`: the client's clock in nanoseconds; null when absent. */
  readonly clientTimeNs: bigint | null;
  readonly signal: AbortSignal;
}

/** What an answer to a question is made of, for handlers that answer several of one request. */
export type Question<Id extends OperationId> = Pick<Call<Id>, 'body' | 'access' | 'signal'>;

/** Body of the answer of an operation: JSON by its schema, a stream of events, or bytes. */
export type AnswerOf<Id extends OperationId> = [ProducesOf<Id>] extends [never]
  ? Immutable<ResponseOf<Id>>
  : 'text/event-stream' extends ProducesOf<Id>
    ? Readable
    : Buffer;

/** Statuses that have no body. Source: RFC 9110 sections 15.3.5 and 15.4.5. */
type Bodiless = 204 | 304;

type NoBody<Status extends number> = [Status] extends [never] ? never : Reply<null, Status>;

/**
 * What an operation does: no framework, no SQL. Returns the body, or a `Reply` that holds it.
 *
 * @typeParam Needs services that the handler uses; the composition root provides them
 */
export type Handler<Id extends OperationId, Needs> = (
  call: Call<Id>,
  services: Needs,
) => Promise<
  | AnswerOf<Id>
  | Reply<AnswerOf<Id>, Exclude<StatusOf<Id>, Bodiless>>
  | NoBody<Extract<StatusOf<Id>, Bodiless>>
>;
