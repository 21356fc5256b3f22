import type { Cancellation } from '../runtime/cancellation.ts';

/**
 * Whether a request may be sent again when nobody knows what became of the first attempt.
 *
 * - `safe`: twice is the same as once.
 * - `unsafe`: only when it was certainly not carried out.
 * - `never`: not at all.
 */
export type Replay = 'safe' | 'unsafe' | 'never';

/** A request, ready to be sent. */
export interface WireRequest {
  /** What the caller asked for, for messages: `createEvent`. */
  readonly operation: string;
  readonly method: string;
  /** Path and query, from the base URL on. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of a text, or of what is compressed, which the headers say. */
  readonly body: string | Uint8Array | null;
  readonly replay: Replay;
  /** Whether it makes no sense without a key. */
  readonly needsKey: boolean;
  /** On the monotonic clock, milliseconds. */
  readonly startedAtMs: number;
  /** Limit of the call with all of its retries, milliseconds. */
  readonly timeoutMs: number;
  /** Responses that are an answer in spite of their status. */
  readonly isAnswer?: ((response: WireResponse) => boolean) | undefined;
}

/** A response, read to its end. */
export interface WireResponse {
  readonly status: number;
  /** By lower-case name; repeated ones are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends a request and settles with the response, whatever its status.
 *
 * Rejects with the signal's reason as soon as that aborts.
 */
export type Send = (request: WireRequest, signal: Cancellation) => Promise<WireResponse>;

/** Adds one concern to a {@link Send}. */
export type Layer = (next: Send) => Send;

/** The layers around `send`, the first outermost. */
export const compose = (layers: readonly Layer[], send: Send): Send =>
  layers.reduceRight((next, layer) => layer(next), send);
