/** A search in the events of one session. */
export interface FindRequest {
  readonly projectId: string;
  readonly sessionId: string;
  readonly text: string;
  readonly limit: number;
}

/** Parts of an event in which a text is looked for, in the order in which hits are listed. */
export const findParts = [
  'event_name',
  'error',
  'inputs',
  'outputs',
  'metadata',
  'config',
  'feedback',
  'metrics',
  'user_properties',
] as const;

export type FindPart = (typeof findParts)[number];

/** A part of an event that has the text. */
export interface FindHit {
  readonly eventId: string;
  readonly part: FindPart;
  /** Place of the first one in the text of the part, Unicode characters from 0. */
  readonly offset: number;
  /** What stands around it. */
  readonly snippet: string;
  /** How often the part has it. */
  readonly count: number;
}
