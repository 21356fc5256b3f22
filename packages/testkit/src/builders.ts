import { randomUUID } from 'node:crypto';

/** An event as sent. */
export interface EventBody {
  readonly event_id: string;
  readonly event_type: string;
  readonly event_name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** A session as sent. */
export interface SessionBody {
  readonly session_id: string;
  readonly session_name: string;
  readonly [key: string]: unknown;
}

/** A tool event with its own id; `overrides` wins. */
export function buildEvent(overrides: Readonly<Record<string, unknown>> = {}): EventBody {
  return {
    event_id: randomUUID(),
    event_type: 'tool',
    event_name: 'look up order',
    inputs: { order: 17 },
    ...overrides,
  };
}

/** A session with its own id; `overrides` wins. */
export function buildSession(overrides: Readonly<Record<string, unknown>> = {}): SessionBody {
  return { session_id: randomUUID(), session_name: 'support conversation', ...overrides };
}
