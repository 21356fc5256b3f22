// What `honeyhive` and `honeyhive/fetch` have in common.
export type { EventsBatchResult } from './batch-plan.ts';
export type { UpdateConfigurationInput } from './configuration.ts';
export type { Compression, OnDrop, OnFull } from './delivery/delivery-config.ts';
export type { DeliveryOptions, SpoolOptions } from './delivery/delivery-options.ts';
export type { FlushOptions } from './delivery/flush-options.ts';
export type {
  DeliveryOutcome,
  DeliveryReport,
  DeliveryStats,
  DropReason,
  DroppedEvent,
} from './delivery/outcome.ts';
export type { Receipt } from './delivery/receipt.ts';
export {
  HoneyHiveAbortedError,
  HoneyHiveAPIError,
  HoneyHiveAuthenticationError,
  HoneyHiveClosedError,
  HoneyHiveConfigError,
  HoneyHiveConnectionError,
  HoneyHiveError,
  HoneyHiveNotFoundError,
  HoneyHiveProtocolError,
  HoneyHiveRateLimitError,
  HoneyHiveTimeoutError,
  HoneyHiveValidationError,
} from './errors.ts';
export type { Issue, RawResponse, TimeoutPhase } from './errors.ts';
export type { RedactOption, RedactRules } from './event-redactor.ts';
export { EventType } from './event-type.ts';
export type {
  CreatedEvent,
  CreateEventInput,
  EventListPage,
  ListEventsInput,
  NotSampled,
  UpdatedEvent,
  UpdateEventInput,
} from './events.ts';
export type { ListInput } from './event-query.ts';
export type {
  BatchResult,
  ErrorCode,
  Event,
  EventCreated,
  EventInput,
  EventUpdate,
  Filter,
  Project,
  ProjectInput,
  ProjectSettings,
  ProjectSettingsInput,
  Session,
  SessionInput,
} from './generated/types.ts';
export type { HealthStatus } from './health.ts';
export type { List } from './list.ts';
export type { Logger } from './logger.ts';
export type { PagePosition } from './list-page.ts';
export type { CallOptions, RetryConfig } from './options.ts';
export type { ListProjectsInput, ProjectPage } from './projects.ts';
export type { HoneyHiveClientProtocol } from './protocol.ts';
export type { QueryParameters, QueryValue } from './query.ts';
export type { ApiResponse, RequestOptions } from './raw-request.ts';
export type { ListSessionsInput, SessionPage, StartedSession } from './sessions.ts';
export type { ClientSpan, ClientTracer } from './tracer.ts';
export { version } from './version.ts';
