import type { JsonObject } from './json-object.ts';

// Where a type is asserted, the file is called so, and each function says what was checked before.

/** The fields that the caller relies on were checked; the rest is as the service sent it. */
export const assumeShape = <Shape>(value: JsonObject): Shape => value as unknown as Shape;
