import { isJsonObject } from '../domain/json-text.ts';
import { fromJson } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { emptyBuckets } from './fields.ts';
import type { Buckets } from './fields.ts';
import { mergeFree } from './merge-free.ts';

const bucketNames = Object.keys(emptyBuckets()) as readonly (keyof Buckets)[];

/** Buckets with what the caller put into them: `honeyhive_inputs.question`, or `honeyhive_inputs` as a whole. */
export function takeOwnBuckets(attributes: Attributes): Buckets {
  const buckets = emptyBuckets();
  for (const name of bucketNames) {
    const key = `honeyhive_${name}`;
    mergeFree(buckets[name], attributes.takeUnder(`${key}.`));
    const whole = attributes.takeFirst([key], (value) => fromJson(value) ?? undefined);
    if (whole === undefined) continue;
    const refused = mergeFree(buckets[name], isJsonObject(whole) ? whole : { value: whole });
    if (refused !== null) attributes.giveBack(key, refused);
  }
  return buckets;
}
