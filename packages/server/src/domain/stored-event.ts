import type { EventType } from 'honeyhive-facts';
import type { CostSource } from './pricing.ts';

/**
 * The seven free-form buckets, each as the exact JSON text of an object, as `JSON.stringify` writes it: the store
 * searches the text for keys before it parses.
 */
export interface EventBuckets {
  readonly config: string;
  readonly inputs: string;
  readonly outputs: string;
  readonly metadata: string;
  readonly metrics: string;
  readonly feedback: string;
  readonly user_properties: string;
}

/** What a step used, as numbers that add up over a session. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  /** US dollars. */
  readonly costUsd: number;
  readonly costSource: CostSource;
}

/** What kind of feedback an event has: a thumb, a text, a number. */
export type FeedbackKind = 'up' | 'down' | 'note' | 'score';

/** What lists show of an event instead of its payload; empty texts stand for what is missing. */
export interface EventDigest {
  /** At most 200 characters. */
  readonly inputPreview: string;
  /** At most 200 characters. */
  readonly outputPreview: string;
  /** Model that was called. */
  readonly model: string;
  /** Who the application acted for. */
  readonly user: string;
  readonly feedbackKind: FeedbackKind | '';
}

export type { EventType };

/**
 * One version of one event, as the store keeps it.
 *
 * Invariant: versions of an event that agree in the sort key (`projectId`, hour of `startTime`, `sessionId`, `eventId`)
 * meet in one place. Where an event moved away from, its last version is a tombstone.
 */
export interface StoredEvent extends EventBuckets, Usage, EventDigest {
  readonly projectId: string;
  readonly sessionId: string;
  readonly eventId: string;
  /** 0: a session root made for events that came before it; 1: as created; each change adds one. */
  readonly version: number;
  /** True for a tombstone: the event was deleted at this version. */
  readonly isDeleted: boolean;
  readonly eventType: EventType;
  readonly eventName: string;
  /** null for the root of a session. */
  readonly parentId: string | null;
  readonly childrenIds: readonly string[];
  readonly source: string;
  /** null when the step went well. */
  readonly error: string | null;
  /** Epoch milliseconds, fractions allowed. */
  readonly startTime: number;
  /** Epoch milliseconds; the start while the event has no end. */
  readonly endTime: number;
  /** Milliseconds; 0 while the event has no end. */
  readonly durationMs: number;
  /** Whether its sender gave an end or a duration, be it 0. */
  readonly hasEnded: boolean;
  /** Epoch milliseconds of the first version's arrival. */
  readonly createdAt: number;
  /** Epoch milliseconds of this version's arrival. */
  readonly updatedAt: number;
  /**
   * Whether a key of the whole organisation created the event, started its session or, of a root, wrote to the session.
   * Never changes back to false, and never through an update.
   */
  readonly isByOrganisation: boolean;
  /** Id of the API key that created the event; '' for events of versions that did not note it. */
  readonly apiKeyId: string;
  /** Bits of what sums leave out, because something below the event says the same ({@link useBits}). */
  readonly repeatedUse: number;
  /**
   * Share of all such events that is stored, 0 to 1: the event stands for 1 / rate. 0: an exception that estimates do
   * not count, because others stand for it.
   */
  readonly sampleRate: number;
  /** Whether other events of its session may have been left out. */
  readonly isPartial: boolean;
  /** Whether retention deleted its inputs and outputs: what was read from them stays. */
  readonly isEmptied: boolean;
  /** What the service made the row after, which no reader sees; '' for what was sent. */
  readonly origin: string;
}

/** When an event began and ended. */
export type EventTimes = Pick<StoredEvent, 'startTime' | 'endTime' | 'durationMs' | 'hasEnded'>;

/** Where an event stands: enough to decide what a write means, without its payload. */
export interface EventHead {
  readonly projectId: string;
  readonly sessionId: string;
  readonly eventId: string;
  readonly version: number;
  readonly isDeleted: boolean;
  readonly startTime: number;
  readonly isByOrganisation: boolean;
  readonly origin: string;
}

/** Whether an event is the root of its session. */
export const isRoot = ({ eventId, sessionId }: Pick<EventHead, 'eventId' | 'sessionId'>): boolean =>
  eventId === sessionId;
