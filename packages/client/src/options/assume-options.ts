import type { JsonObject } from '../json/json-object.ts';
import type { ResolvedOptions } from './resolved-options.ts';

/** Each value was read by the reader of its row in the option table. */
export const assumeOptions = (values: JsonObject): ResolvedOptions =>
  values as unknown as ResolvedOptions;
