export { bodyLimitOf, storesMany } from './body-limit.ts';
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
export type { Immutable } from './immutable.ts';
export { isSegment } from './shapes.ts';
export type * from './types.ts';

export type { Alert, AlertEdge, AlertResult, Backtest } from './alerts/answers.ts';
export type { AlertIn, AlertPatch, BacktestIn } from './alerts/schemas.ts';
export type { SignedIn } from './auth/schemas.ts';
export type { ListedEvent } from './events/answers.ts';
export type { BatchResult, EventCreated } from './events/batch.ts';
export type { Delivery, DeliveryAttempt, ListedDelivery } from './deliveries/schemas.ts';
export { destinationKinds } from './destinations/schemas.ts';
export type { Destination, DestinationIn } from './destinations/schemas.ts';
export { chartAggregations, chartBuckets, filter, filterTypes } from './events/query.ts';
export type { AnyOfIn, ExportQuery, FilterIn } from './events/query.ts';
export { eventIn, eventInStrict, eventPatch, eventPatchById, eventType } from './events/schemas.ts';
export type { EventIn, EventPatchIn, WireEvent } from './events/schemas.ts';
export type { BatchQuery } from './explore/batch.ts';
export { chartMeasures, groupSorts, scaledMeasures } from './explore/chart.ts';
export type {
  ExploreChart,
  ExploreChartQuery,
  GroupList,
  GroupsQuery,
  Histogram,
  HistogramQuery,
} from './explore/chart.ts';
export type { RetentionEstimate } from './explore/deletion.ts';
export type { Differences, DifferencesQuery } from './explore/differences.ts';
export type { Durations } from './explore/durations.ts';
export type { ValueList, ValuesQuery } from './explore/field.ts';
export { sortFields } from './explore/row.ts';
export type {
  ExploreRow,
  RowMatch,
  ExploreSessionRow,
  Preview,
  RowSort,
  RowsPage,
  RowsQuery,
} from './explore/row.ts';
export { modelPrices } from './explore/prices.ts';
export type { ModelPrice, Prices, Repriced } from './explore/prices.ts';
export { filterList } from './explore/selection.ts';
export type { ExploreScope } from './explore/selection.ts';
export { eventParts } from './explore/skeleton.ts';
export type { EventPart, FindResult, Skeleton } from './explore/skeleton.ts';
export type { Key } from './keys/schemas.ts';
export { liveEvents } from './live/schemas.ts';
export type { LiveEvents } from './live/schemas.ts';
export type { Project, ProjectIn, ProjectPatchById } from './projects/schemas.ts';
export { sessionIn } from './sessions/schemas.ts';
export type { EventTree, SessionIn, WireSession } from './sessions/schemas.ts';
export type { ProjectSettings, SettingsIn } from './settings/schemas.ts';
export type { SavedView, SavedViewIn } from './views/schemas.ts';
