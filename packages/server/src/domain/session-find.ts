/** A search in the events of one session. */
export interface FindRequest {
  readonly projectId: string;
  readonly sessionId: string;
  readonly text: string;
  readonly limit: number;
}

/** A part of an event that has the text. */
export interface FindHit {
  readonly eventId: string;
  /** A bucket, `error` or `event_name`. */
  readonly part: string;
  /** Place of the first one in the text of the part, Unicode characters from 0. */
  readonly offset: number;
  /** What stands around it. */
  readonly snippet: string;
  /** How often the part has it. */
  readonly count: number;
}
