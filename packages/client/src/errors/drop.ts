/**
 * Why an event was dropped; a closed list.
 *
 * - `invalid`: it is not an object, or cannot be converted to JSON.
 * - `too_large`: it is larger than the queue limit, or the service answered 413 to it alone.
 * - `queue_full`: the queue was full, and `onFull` selected this event.
 * - `sampled_out`: its session was not sampled.
 * - `redaction_failed`: the `redact` function threw, so the event must not leave the process.
 * - `rejected`: the service reported this event as invalid.
 * - `failed`: this event made the service fail at least ten times, while others were stored.
 * - `refused`: the service rejected the request for a reason other than its events, such as 401, 403 or 404.
 * - `closed`: it was logged after `close()`, or was still pending when `close()` timed out.
 */
export type DropReason = (typeof dropReasons)[number];

export const dropReasons = [
  'invalid',
  'too_large',
  'queue_full',
  'sampled_out',
  'redaction_failed',
  'rejected',
  'failed',
  'refused',
  'closed',
] as const;

/** A dropped event, with the reason. */
export interface Drop {
  readonly reason: DropReason;
  /** A sentence for people. */
  readonly message: string;
}

/** Argument of `onDrop`. */
export interface DroppedEvent extends Drop {
  readonly event_id: string;
  readonly session_id: string;
}
