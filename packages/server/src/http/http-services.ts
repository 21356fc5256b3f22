import type { RecordServices } from '../audit/with-audit.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { ReadGate } from '../fairness/read-gate.ts';
import type { LiveStreams } from '../live/live-streams.ts';
import type { ReadCallServices } from './read-call.ts';
import type { RejectionServices } from './report-rejection.ts';

/** What the HTTP binding itself uses, beside what it hands to handlers. */
export type HttpServices = ReadCallServices &
  RejectionServices &
  RecordServices & {
    /** Reads take place in turns, so a handler gets the reads of its turn. */
    readonly events: EventStore;
    readonly readGate: ReadGate;
    readonly live: Pick<LiveStreams, 'close'>;
    /** Path under which the service is offered; `/`, or without a slash at the end. */
    readonly basePath: string;
  };
