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
import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { MetadataStore } from '../metadata-store.ts';
import type { RateLimits } from '../fairness/rate-limits.ts';
import type { ReadGate } from '../fairness/read-gate.ts';
import type { Committer } from '../ingest/committer.ts';
import type { KnownRoots } from '../ingest/known-roots.ts';
import type { SeenIds } from '../ingest/seen-ids.ts';
import type { StoredFeed } from '../ingest/stored-feed.ts';
import type { Sampler } from '../ingest/sampler.ts';
import type { SamplingRates } from '../ingest/sampling-rates.ts';
import type { WriteHealth } from '../ingest/write-health.ts';
import type { KeyUses } from '../keys/key-uses.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Access } from '../auth/access.ts';
import type { FailureLimit } from '../auth/failure-limit.ts';
import type { SignInCodes } from '../auth/sign-in-codes.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import type { SharedTicks, TickFrame } from '../live/shared-ticks.ts';
import type { LiveStreams } from '../live/live-streams.ts';
import type { Rejections } from '../live/rejections.ts';
import type { Reply } from './reply.ts';

/** Everything that handlers may use, made once. */
export interface Services {
  readonly events: EventStore;
  /** How long the event store took to answer, milliseconds: asked once a second at the most. */
  readonly pingStore: () => Promise<number>;
  readonly metadata: MetadataStore;
  readonly committer: Committer;
  readonly writeHealth: WriteHealth;
  readonly knownRoots: KnownRoots;
  readonly seenIds: Pick<SeenIds, 'mayHold'>;
  readonly sampler: Sampler;
  readonly samplingRates: SamplingRates;
  readonly clock: Clock;
  readonly version: string;
  /** Monotonic milliseconds at which the service began. */
  readonly startedMs: number;
  readonly maxBatchEvents: number;
  /** Whether a write makes the project that it names. */
  readonly createsProjects: boolean;
  readonly keyUses: Pick<KeyUses, 'note' | 'list'>;
  readonly audit: AuditLog;
  readonly signIns: SignIns;
  readonly feed: StoredFeed;
  readonly readGate: ReadGate;
  readonly rateLimits: RateLimits;
  readonly live: LiveStreams;
  readonly tailTicks: SharedTicks<TickFrame>;
  readonly rejections: Rejections;
  readonly signInCodes: SignInCodes;
  readonly signInFailures: FailureLimit;
  /** Path under which the service is offered; `/`, or without a slash at the end. */
  readonly basePath: string;
}

/** What a request says of whoever sent it, beside the key. */
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

/** Body of the answer of an operation: JSON by its schema, a stream of events, or bytes. */
export type AnswerOf<Id extends OperationId> = [ProducesOf<Id>] extends [never]
  ? Immutable<ResponseOf<Id>>
  : 'text/event-stream' extends ProducesOf<Id>
    ? Readable
    : Buffer;

/** Statuses that have no body. Source: RFC 9110 sections 15.3.5 and 15.4.5. */
type Bodiless = 204 | 304;

type NoBody<Status extends number> = [Status] extends [never] ? never : Reply<null, Status>;

/** What an operation does: no framework, no SQL. Returns the body, or a `Reply` that holds it. */
export type Handler<Id extends OperationId> = (
  call: Call<Id>,
  services: Services,
) => Promise<
  | AnswerOf<Id>
  | Reply<AnswerOf<Id>, Exclude<StatusOf<Id>, Bodiless>>
  | NoBody<Extract<StatusOf<Id>, Bodiless>>
>;
