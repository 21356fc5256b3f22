export { bodyLimitOf } from './body-limit.ts';
export { checkInput } from './check-input.ts';
export type { RawInput } from './check-input.ts';
export { errorCodes } from './errors.ts';
export type { ErrorBody, ErrorCode, ErrorRow, Issue } from './errors.ts';
export { findIssues, formatPath } from './issues.ts';
export { bucketNames, limits } from 'honeyhive-facts';
export { toOpenApi } from './openapi.ts';
export { errorsOf } from './operation-errors.ts';
export type { Access, Method, Operation } from './operation.ts';
export { operationIds, operationList, operations } from './operations.ts';
export type { OperationId } from './operations.ts';
export {
  eventIn,
  eventInStrict,
  eventPatch,
  eventPatchById,
  eventType,
  sessionIn,
} from './schemas/event.ts';
export { chartAggregations, chartBuckets, filter, filterTypes } from './schemas/query.ts';
export type * from './explore-types.ts';
export { isSegment } from './schemas/json.ts';
export { filterList } from './schemas/explore/selection.ts';
export { liveEvents } from './schemas/explore/live.ts';
export { eventParts } from './schemas/explore/skeleton.ts';
export { chartMeasures, groupSorts } from './schemas/explore/chart.ts';
export { sortFields } from './schemas/explore/row.ts';
export type { EventTree } from './schemas/event.ts';
export type * from './types.ts';
