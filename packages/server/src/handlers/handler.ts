import type { BodyOf, OperationId, QueryOf } from 'honeyhive-wire';
import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { MetadataStore } from '../domain/metadata-store.ts';
import type { Committer } from '../ingest/committer.ts';
import type { KnownRoots } from '../ingest/known-roots.ts';
import type { Access } from './access.ts';

/** Everything that handlers may use, made once. */
export interface Services {
  readonly events: EventStore;
  readonly metadata: MetadataStore;
  readonly committer: Committer;
  readonly knownRoots: KnownRoots;
  readonly clock: Clock;
  readonly version: string;
  /** Monotonic milliseconds at which the service began. */
  readonly startedMs: number;
  readonly maxBatchEvents: number;
}

/** A request, checked against the shapes of its operation. */
export interface Call<Id extends OperationId> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
  /** Size of the body as received and decompressed. */
  readonly bodyBytes: number;
  /** Path under which values of the body stand, when the client wrapped it. */
  readonly bodyPath: readonly string[];
  readonly access: Access;
  /** `hh-client-timestamp`: the client's clock in nanoseconds; null when absent. */
  readonly clientTimeNs: bigint | null;
  readonly signal: AbortSignal;
}

/** What an operation does: no framework, no SQL. */
export type Handler<Id extends OperationId> = (
  call: Call<Id>,
  services: Services,
) => Promise<unknown>;
