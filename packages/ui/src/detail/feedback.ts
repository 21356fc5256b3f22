import { thumbOf, type Thumb } from 'honeyhive-facts';
import { leftover, wholly } from 'honeyhive-facts/messages';
import type { JsonNode } from '../payload/json/json-node.ts';

/** What people and programs said of an event. */
export interface Feedback {
  readonly thumb: Thumb | null;
  /** As it was written: no digit is lost. */
  readonly score: string | null;
  readonly note: string | null;
  /** All other fields, as one object; null without any. */
  readonly rest: string | null;
}

/** One thing that is said; null takes it back. */
export type FeedbackChange =
  | { readonly thumb: Thumb | null }
  | { readonly score: string | null }
  | { readonly note: string | null };

function readThumb(node: JsonNode | null): Thumb | null {
  if (!node || node.isObject || node.isArray) return null;
  return thumbOf(node.string ?? node.source);
}

const numberOf = (node: JsonNode | null): string | null =>
  node !== null && /^-?\d/.test(node.source) ? node.source : null;

/** `rating` holds a thumb or a number, as clients like; the other one of the two then stands under its own name. */
const keysOf = (bucket: JsonNode | null) =>
  numberOf(bucket?.get('rating') ?? null) !== null
    ? { thumb: 'thumb', score: 'rating', note: 'comment' }
    : { thumb: 'rating', score: 'score', note: 'comment' };

/** Reads the bucket `feedback` of an event. */
export function readFeedback(bucket: JsonNode | null): Feedback {
  if (!bucket) return { thumb: null, score: null, note: null, rest: null };
  const keys = keysOf(bucket);
  const thumb = readThumb(bucket.get(keys.thumb));
  const score = numberOf(bucket.get(keys.score));
  const note = bucket.get(keys.note)?.string ?? null;
  const taken = Object.entries({ thumb, score, note }).flatMap(([name, said]) =>
    said === null ? [] : [keys[name as keyof typeof keys]],
  );
  return { thumb, score, note: note || null, rest: leftover(bucket, wholly(taken)) };
}

/** What to send for a change: the service merges it into the bucket. Null stands for what was taken back. */
export function toFeedbackPatch(
  bucket: JsonNode | null,
  change: FeedbackChange,
): Record<string, boolean | number | string | null> {
  const keys = keysOf(bucket);
  if ('thumb' in change) {
    return { [keys.thumb]: change.thumb === null ? null : change.thumb === 'up' };
  }
  if ('score' in change) {
    return { [keys.score]: change.score === null ? null : Number(change.score) };
  }
  return { [keys.note]: change.note };
}

/** The change that takes another back. */
export function undoOf(feedback: Feedback, change: FeedbackChange): FeedbackChange {
  if ('thumb' in change) return { thumb: feedback.thumb };
  return 'score' in change ? { score: feedback.score } : { note: feedback.note };
}
