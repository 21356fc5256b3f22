// What `honeyhive` and `honeyhive/fetch` have in common.
export type { EventsBatchResult } from './methods/batch-plan.ts';
export type { UpdateConfigurationInput } from './methods/configuration.ts';
export type { Compression, OnDrop, OnFull } from './options/delivery-config.ts';
export type { DeliveryOptions, SpoolOptions } from './options/delivery-options.ts';
export type { FlushOptions } from './options/flush-options.ts';
export type { DeliveryOutcome, DeliveryReport, DeliveryStats } from './delivery/outcome.ts';
export type { DropReason, DroppedEvent } from './errors/drop.ts';
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
} from './errors/errors.ts';
export type { Issue, RawResponse, TimeoutPhase } from './errors/errors.ts';
export type { RedactOption, RedactRules } from './policy/event-redactor.ts';
export { EventType } from './wire/event-type.ts';
export type {
  CreatedEvent,
  CreateEventInput,
  EventListPage,
  ListEventsInput,
  NotSampled,
  UpdatedEvent,
  UpdateEventInput,
} from './methods/events.ts';
export type { ListInput } from './methods/event-query.ts';
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
export type { HealthStatus } from './methods/health.ts';
export type { List } from './methods/list.ts';
export type { Logger } from './options/logger.ts';
export type { PagePosition } from './methods/list-page.ts';
export type { CallOptions, RetryConfig } from './options/options.ts';
export type { ListProjectsInput, ProjectPage } from './methods/projects.ts';
export type { HoneyHiveClientProtocol } from './client/protocol.ts';
export type { QueryParameters, QueryValue } from './wire/query.ts';
export type { ApiResponse, RequestOptions } from './methods/raw-request.ts';
export type { ListSessionsInput, SessionPage, StartedSession } from './methods/sessions.ts';
export type { ClientSpan, ClientTracer } from './options/tracer.ts';
export { version } from './wire/version.ts';
