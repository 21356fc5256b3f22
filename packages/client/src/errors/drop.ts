/**
 * Why an event was dropped; a closed list.
 *
 * - `invalid`: it is not an object, or cannot be written as JSON in any form.
 * - `too_large`: alone it is more than the queue may hold, or the service answered 413 to it alone.
 * - `queue_full`: the queue was full, and `onFull` says that this one goes.
 * - `sampled_out`: its session is not in the sample.
 * - `redaction_failed`: the `redact` function threw, so that nothing may leave the process.
 * - `rejected`: the service named this event as one that it cannot store.
 * - `failed`: the service failed on this event at least ten times, while it stored others.
 * - `refused`: the service refused the request for another reason than its events, such as 401, 403 or 404.
 * - `closed`: it was logged after `close()`, or was still unsent when the time of `close()` was over.
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

/** An event that is not going to be stored, and why. */
export interface Drop {
  readonly reason: DropReason;
  /** A sentence for people. */
  readonly message: string;
}

/** What `onDrop` is called with. */
export interface DroppedEvent extends Drop {
  readonly event_id: string;
  readonly session_id: string;
}
