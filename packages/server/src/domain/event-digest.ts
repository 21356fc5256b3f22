import { thumbOf } from 'honeyhive-facts';
import { limits } from 'honeyhive-wire';
import { isJsonObject, parseBucket } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import { previewInputs, previewOutputs } from './preview.ts';
import type { EventBuckets, EventDigest, FeedbackKind } from './stored-event.ts';
import { toWellFormed } from './well-formed.ts';

/** What a list shows of an event instead of its payload. */
export const emptyDigest: EventDigest = {
  inputPreview: '',
  outputPreview: '',
  model: '',
  user: '',
  feedbackKind: '',
};

/** The digest of an event's buckets. */
export function readDigest(buckets: {
  config: JsonObject;
  inputs: JsonObject;
  outputs: JsonObject;
  metadata: JsonObject;
  feedback: JsonObject;
  user_properties: JsonObject;
}): EventDigest {
  const { config, inputs, outputs, metadata, feedback, user_properties: user } = buckets;
  return {
    inputPreview: previewInputs(inputs),
    outputPreview: previewOutputs(outputs),
    model:
      findName(config, ['model', 'model_name']) ||
      findName(metadata, ['model']) ||
      findName(inputs, ['model']) ||
      findName(outputs, ['model']),
    user: findName(user, ['user_id', 'id', 'email', 'name']) || findName(metadata, ['user_id']),
    feedbackKind: feedbackKindOf(feedback),
  };
}

/** The same, from the text of the buckets. */
export const parseDigest = (buckets: EventBuckets): EventDigest =>
  readDigest({
    config: parseBucket(buckets.config),
    inputs: parseBucket(buckets.inputs),
    outputs: parseBucket(buckets.outputs),
    metadata: parseBucket(buckets.metadata),
    feedback: parseBucket(buckets.feedback),
    user_properties: parseBucket(buckets.user_properties),
  });

function findName(place: JsonObject, names: readonly string[]): string {
  for (const name of names) {
    const value = place[name];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value.trim() !== '')
      return toWellFormed(value.trim().slice(0, limits.previewChars));
  }
  return '';
}

/** A thumb counts before a number, a number before a text. */
function feedbackKindOf(feedback: JsonObject): FeedbackKind | '' {
  const values = Object.values(feedback).filter((value) => value !== null && value !== '');
  if (values.length === 0) return '';
  for (const value of values) {
    const isWord = typeof value === 'boolean' || typeof value === 'string';
    const thumb = isWord ? thumbOf(String(value)) : null;
    if (thumb) return thumb;
  }
  return values.some((value) => typeof value === 'number' || isJsonObject(value))
    ? 'score'
    : 'note';
}
