// What the client, the service and the UI must agree on, once: constants and pure rules, without dependencies.
export { bucketNames } from './buckets.ts';
export type { BucketName } from './buckets.ts';
export { eventTypes } from './event-types.ts';
export type { EventType } from './event-types.ts';
export { filterOperators, filterTypes } from './filter-operators.ts';
export type { FilterOperator, FilterType } from './filter-operators.ts';
export { parseInstant } from './instant.ts';
export { findDescendants } from './key-descent.ts';
export { limits } from './limits.ts';
export { nearestName } from './nearest-name.ts';
export { isRootField, rootFields } from './root-fields.ts';
export type { RootField } from './root-fields.ts';
export { isSampled } from './sampling.ts';
export { thumbOf } from './thumbs.ts';
export type { Thumb } from './thumbs.ts';
export { fromWallTime, isTimeZone, toWallTime } from './zoned-clock.ts';
