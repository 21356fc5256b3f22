import type { Core } from '../call/core.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { DeliveryReport, DeliveryStats } from '../delivery/outcome.ts';
import type { Receipt } from '../delivery/receipt.ts';
import type {
  Event,
  EventInput,
  Project,
  ProjectInput,
  ProjectSettings,
  Session,
  SessionInput,
} from '../generated/types.ts';
import type { EventsBatchResult } from '../methods/batch-plan.ts';
import { getConfiguration, updateConfiguration } from '../methods/configuration.ts';
import type { UpdateConfigurationInput } from '../methods/configuration.ts';
import {
  createEvent,
  createEventsBatch,
  getEvent,
  listEvents,
  updateEvent,
} from '../methods/events.ts';
import type {
  CreatedEvent,
  CreateEventInput,
  EventListPage,
  ListEventsInput,
  UpdatedEvent,
  UpdateEventInput,
} from '../methods/events.ts';
import { getHealth } from '../methods/health.ts';
import type { HealthStatus } from '../methods/health.ts';
import type { List } from '../methods/list.ts';
import { createProject, getProject, listProjects } from '../methods/projects.ts';
import type { ListProjectsInput, ProjectPage } from '../methods/projects.ts';
import type { ResponseTo, RestOf } from '../methods/known-request.ts';
import { sendRequest } from '../methods/raw-request.ts';
import type { ApiResponse, RequestOptions } from '../methods/raw-request.ts';
import { createSession, getSession, listSessions } from '../methods/sessions.ts';
import type { ListSessionsInput, SessionPage, StartedSession } from '../methods/sessions.ts';
import { readFlushTimeoutMs } from '../options/flush-options.ts';
import type { FlushOptions } from '../options/flush-options.ts';
import type { CallOptions } from '../options/options.ts';

/** The parts of a client, on any platform. */
export interface ClientParts {
  readonly core: Core;
  readonly delivery: Delivery;
  /** Without the trailing slash. */
  readonly baseUrl: string;
}

let readCore: (client: HoneyHiveClient) => Core;

/** What the client's methods are made with, for what is no method of it. */
export const coreOf = (client: HoneyHiveClient): Core => readCore(client);

/**
 * The methods of every client, on any platform. Subclasses provide the transport.
 *
 * In addition to its own errors, every method may reject with:
 * - {@link HoneyHiveConnectionError} when there is no response, including {@link HoneyHiveTimeoutError};
 * - {@link HoneyHiveAuthenticationError} for 401 and 403, {@link HoneyHiveRateLimitError} for 429, each after the
 *   retries, and {@link HoneyHiveAPIError} for any other error of the service;
 * - {@link HoneyHiveAbortedError} when `signal` of the call options aborted;
 * - {@link HoneyHiveProtocolError} when the response violates the contract;
 * - {@link HoneyHiveConfigError} when the call needs a key and none is set, or its options are invalid;
 * - {@link HoneyHiveClosedError} after {@link HoneyHiveClient.close}.
 *
 * Attempts that fail with 408, 429, 500, 502, 503 or 504, or with a broken connection, are retried within `timeout`.
 * Ids of sessions and events are generated before the first attempt, so creates are idempotent.
 */
export abstract class HoneyHiveClient implements Disposable, AsyncDisposable {
  readonly #core: Core;
  readonly #delivery: Delivery;
  readonly #baseUrl: string;

  static {
    readCore = (client) => client.#core;
  }

  protected constructor({ core, delivery, baseUrl }: ClientParts) {
    this.#core = core;
    this.#delivery = delivery;
    this.#baseUrl = baseUrl;
  }

  /** Address of the service, without the trailing slash. */
  get baseUrl(): string {
    return this.#baseUrl;
  }

  /** Default project of calls; null: that of the key. */
  get project(): string | null {
    return this.#core.project;
  }

  /**
   * Start a session, which groups the events of one run or conversation.
   *
   * Idempotent: with an existing `session_id`, `metadata` and `user_properties` are merged into that session. Unknown
   * fields go to `metadata`, `user_id` also to `user_properties`.
   *
   * @param input `session_id` defaults to a new UUIDv7, `start_time` to now, `project` and `source` to those of the
   * client
   * @throws {HoneyHiveValidationError} when a field is invalid
   * @operation startSession (POST /session/start)
   * @example
   * ```ts
   * const session = await client.createSession({ session_name: 'onboarding', user_id: 'user_123' });
   * console.log(session.session_id);
   * ```
   */
  createSession(input: SessionInput = {}, options?: CallOptions): Promise<StartedSession> {
    return createSession(this.#core, input, options);
  }

  /**
   * A session: its root event with its rollup.
   *
   * `event_count` excludes the root. Searches all projects that the key can see.
   *
   * @param sessionId 1–128 characters
   * @throws {HoneyHiveNotFoundError} when there is no such session
   * @operation getSession (GET /session/{session_id})
   * @example
   * ```ts
   * const session = await client.getSession(sessionId);
   * console.log(session.project, session.created_at, session.event_count);
   * ```
   */
  getSession(sessionId: string, options?: CallOptions): Promise<Session> {
    return getSession(this.#core, sessionId, options);
  }

  /**
   * Sessions, newest first. `await` gives one page; `for await` all of them, page by page.
   *
   * `created_after` and `created_before` bound the start of the session, inclusively; `limit` is 1–7,500, default 100.
   * Sessions that start during iteration do not cause duplicates.
   *
   * @throws {HoneyHiveValidationError} when a condition is invalid
   * @operation exportEvents (POST /v1/events/export)
   * @example
   * ```ts
   * const page = await client.listSessions({ source: 'production', limit: 20 });
   * console.log(page.sessions.length, page.total, page.has_more);
   * for await (const session of client.listSessions({ created_after: '2026-01-01T00:00:00Z' })) {
   *   console.log(session.session_id, session.session_name);
   * }
   * ```
   */
  listSessions(input?: ListSessionsInput, options?: CallOptions): List<Session, SessionPage> {
    return listSessions(this.#core, input, options);
  }

  /**
   * Store an event. Resolves when the service has stored it.
   *
   * Idempotent: an existing `event_id` changes nothing. Unknown fields go to `metadata`, `user_id` also to
   * `user_properties`.
   *
   * @param input `event_id` defaults to a new UUIDv7, `start_time` to now, `parent_id` to the session
   * @returns the sent event merged with the response
   * @throws {HoneyHiveValidationError} when a field is missing or invalid; before sending, if the client can detect it
   * @operation createEvent (POST /events)
   * @example
   * ```ts
   * const event = await client.createEvent({
   *   session_id: session.session_id,
   *   event_type: EventType.model,
   *   event_name: 'completion',
   *   inputs: { messages: [{ role: 'user', content: 'Hello!' }] },
   *   outputs: { content: 'Hello! How can I help you?' },
   *   metadata: { prompt_tokens: 10, completion_tokens: 12 },
   *   duration: 1500,
   * });
   * console.log(event.event_id);
   * ```
   */
  createEvent<Inputs extends object = Record<string, unknown>, Outputs = unknown>(
    input: CreateEventInput<Inputs, Outputs>,
    options?: CallOptions,
  ): Promise<CreatedEvent<Inputs, Outputs>> {
    return createEvent(this.#core, input, options);
  }

  /**
   * An event. Searches all projects that the key can see.
   *
   * The types of inputs and outputs are not checked: `getEvent<Question, Answer>(id)`.
   *
   * @param eventId 1–128 characters
   * @throws {HoneyHiveNotFoundError} when there is no such event
   * @operation getEvent (GET /v1/events/{event_id})
   * @example
   * ```ts
   * const event = await client.getEvent(eventId);
   * console.log(event.event_type, event.event_name, event.duration);
   * ```
   */
  getEvent<
    Inputs extends object = Record<string, unknown>,
    Outputs extends object = Record<string, unknown>,
  >(eventId: string, options?: CallOptions): Promise<Event<Inputs, Outputs>> {
    return getEvent(this.#core, eventId, options);
  }

  /**
   * Events, newest first, including session roots. `await` gives one page; `for await` all of them, page by page.
   *
   * `limit` is 1–7,500, default 100. Events that start during iteration do not cause duplicates.
   *
   * @throws {HoneyHiveValidationError} when a condition is invalid
   * @operation exportEvents (POST /v1/events/export)
   * @example
   * ```ts
   * const page = await client.listEvents({ event_type: EventType.model, limit: 50 });
   * console.log(page.events.length, page.total);
   * for await (const event of client.listEvents({ session_id: sessionId })) {
   *   console.log(event.event_name, event.event_type);
   * }
   * ```
   */
  listEvents(input?: ListEventsInput, options?: CallOptions): List<Event, EventListPage> {
    return listEvents(this.#core, input, options);
  }

  /**
   * Change an event, or the root of a session by the session's id.
   *
   * Buckets are merged by key, new values take precedence; `outputs` are replaced; null and undefined leave a field
   * unchanged. If the event has not arrived yet, the update is held until it does: see `held`.
   *
   * @param input unknown fields go to `metadata`
   * @throws {HoneyHiveValidationError} for immutable fields such as `event_type`
   * @operation updateEvent (PUT /events)
   * @example
   * ```ts
   * await client.updateEvent({ event_id: eventId, feedback: { rating: 5 }, metrics: { relevance: 0.9 } });
   * ```
   */
  updateEvent(input: UpdateEventInput, options?: CallOptions): Promise<UpdatedEvent> {
    return updateEvent(this.#core, input, options);
  }

  /**
   * Store many events in one request. Resolves when the service has stored them.
   *
   * Invalid events do not affect the others: see `failed_count` and `errors`. An unknown event type is stored as
   * `chain`, with an entry in `warnings`.
   *
   * @param events 0–10,000 events; each has the defaults of {@link HoneyHiveClient.createEvent}
   * @throws {HoneyHiveValidationError} only if no event could be stored; `issues` lists the fields
   * @operation createEventBatch (POST /events/batch)
   * @example
   * ```ts
   * const result = await client.createEventsBatch([
   *   { session_id: sessionId, event_type: 'tool', event_name: 'search', inputs: { query: 'weather' } },
   *   { session_id: sessionId, event_type: 'chain', event_name: 'answer' },
   * ]);
   * console.log(result.created_count, result.failed_count, result.errors);
   * ```
   */
  createEventsBatch(
    events: readonly EventInput<object>[],
    options?: CallOptions,
  ): Promise<EventsBatchResult> {
    return createEventsBatch(this.#core, events, options);
  }

  /**
   * Create a project.
   *
   * Not retried if the outcome of the first attempt is unknown, unless `idempotencyKey` is given.
   *
   * @param input unknown fields go to its `metadata`
   * @throws {HoneyHiveAPIError} 409 when the name is taken
   * @operation createProject (POST /projects)
   * @example
   * ```ts
   * const project = await client.createProject({ name: 'support-bot', description: 'Chatbot', team: 'care' });
   * console.log(project.id);
   * ```
   */
  createProject(input: ProjectInput, options?: CallOptions): Promise<Project> {
    return createProject(this.#core, input, options);
  }

  /**
   * A project, by its name.
   *
   * @throws {HoneyHiveNotFoundError} when the key can see no project with this name
   * @operation listProjects (GET /projects?name=)
   * @example
   * ```ts
   * const project = await client.getProject('support-bot');
   * console.log(project.name, project.created_at, project.event_count);
   * ```
   */
  getProject(name: string, options?: CallOptions): Promise<Project> {
    return getProject(this.#core, name, options);
  }

  /**
   * The projects that the key can see. `await` gives one page; `for await` all of them, page by page.
   *
   * @operation listProjects (GET /projects)
   * @example
   * ```ts
   * const page = await client.listProjects({ limit: 10 });
   * for (const project of page.projects) console.log(project.name, project.description);
   * ```
   */
  listProjects(input?: ListProjectsInput, options?: CallOptions): List<Project, ProjectPage> {
    return listProjects(this.#core, input, options);
  }

  /**
   * Settings of a project: sampling, retention, alert thresholds.
   *
   * The thresholds `error_rate` and `latency_p95` are alerts, evaluated every minute over the last hour:
   * `alert_states` has the status of each, its last value, and when it last fired.
   *
   * @param project name or id. Default: that of the client; else the only one that the key can see; else `default`
   * @throws {HoneyHiveNotFoundError} when the key can see no such project
   * @operation getProjectSettings (GET /v1/projects/{project}/settings)
   * @example
   * ```ts
   * const configuration = await client.getConfiguration();
   * console.log(configuration.sampling_rate, configuration.retention_days);
   * ```
   */
  getConfiguration(project?: string, options?: CallOptions): Promise<ProjectSettings> {
    return getConfiguration(this.#core, project, options);
  }

  /**
   * Change settings of a project; omitted settings are kept.
   *
   * @param input `sampling_rate` 0–1, `sampling_by_source` and `sampling_by_event_type` the same by name, `keep_errors`
   * and `keep_feedback` whether such sessions are kept whatever the rate, `retention_days` and
   * `payload_retention_days` from 1, or null for unlimited, `alert_thresholds` numbers by name, merged one by one, null
   * removes one: `error_rate` 0–1 and `latency_p95`, milliseconds, are alerts
   * @returns all settings after the change, with the state of these alerts in `alert_states`
   * @throws {HoneyHiveValidationError} when a setting is out of range
   * @operation updateProjectSettings (PUT /v1/projects/{project}/settings)
   * @example
   * ```ts
   * const configuration = await client.updateConfiguration({
   *   configuration: { retention_days: 30, alert_thresholds: { error_rate: 0.05, latency_p95: 5000 } },
   * });
   * console.log(configuration.retention_days);
   * ```
   */
  updateConfiguration(
    input: UpdateConfigurationInput,
    options?: CallOptions,
  ): Promise<ProjectSettings> {
    return updateConfiguration(this.#core, input, options);
  }

  /**
   * Health of the service. Needs no key, makes one attempt, and rejects only when aborted or closed.
   *
   * @operation getHealth (GET /api/v1/health)
   * @example
   * ```ts
   * const health = await client.getHealth({ timeout: 2 });
   * console.log(health.reachable, health.status);
   * ```
   */
  getHealth(options?: CallOptions): Promise<HealthStatus> {
    return getHealth(this.#core, this.#baseUrl, options);
  }

  /**
   * The same as {@link HoneyHiveClient.getHealth}.
   *
   * @example
   * ```ts
   * const { status } = await client.getHealthAsync();
   * console.log(status);
   * ```
   */
  getHealthAsync(options?: CallOptions): Promise<HealthStatus> {
    return this.getHealth(options);
  }

  /**
   * Send any request to the service, with the same retries, deadline and errors as the methods.
   *
   * POST and PATCH are not retried if the outcome of the first attempt is unknown, unless `idempotencyKey` is given.
   *
   * Query, body and answer have the types of the operation that serves method and path, where these are known to the
   * compiler; of anything else, `data` is unknown.
   *
   * @param method such as `GET`
   * @param path relative to the base URL, with a leading slash
   * @example
   * ```ts
   * const { status, data } = await client.request('GET', '/v1/events/schema', { params: { project: 'default' } });
   * console.log(status, data);
   * ```
   */
  request<Method extends string, Path extends string>(
    method: Method,
    path: Path,
    ...rest: RestOf<Method, Path>
  ): Promise<ResponseTo<Method, Path>>;
  request(method: string, path: string, options?: RequestOptions): Promise<ApiResponse> {
    return sendRequest(this.#core, { method, path }, options);
  }

  /**
   * Log an event and return immediately; it is delivered in the background.
   *
   * The event is captured now. Values that JSON cannot represent are converted: see the guide. Events of one session
   * arrive in the order of the calls. Never throws and never rejects, unless `onFull` is `'throw'`: events that cannot
   * be delivered are dropped, with a reason reported by the receipt, `onDrop` and {@link HoneyHiveClient.stats}.
   *
   * @param event as for {@link HoneyHiveClient.createEvent}
   * @throws {HoneyHiveError} `queue_full`, only when `onFull` is `'throw'`
   * @operation createEventBatch (POST /events/batch)
   * @example
   * ```ts
   * const receipt = client.logEvent({ session_id: sessionId, event_type: 'tool', event_name: 'search' });
   * console.log(receipt.event_id, await receipt.done);
   * ```
   */
  logEvent<Inputs extends object = Record<string, unknown>, Outputs = unknown>(
    event: CreateEventInput<Inputs, Outputs>,
  ): Receipt {
    return this.#delivery.logEvent(event);
  }

  /**
   * Start a session in the background, like {@link HoneyHiveClient.logEvent}.
   *
   * @param session `session_id` defaults to a new UUIDv7, which the receipt names
   * @throws {HoneyHiveError} `queue_full`, only when `onFull` is `'throw'`
   * @operation createEventBatch (POST /events/batch)
   * @example
   * ```ts
   * const { session_id } = client.logSession({ session_name: 'onboarding' });
   * client.logEvent({ session_id, event_type: 'chain', event_name: 'greet' });
   * ```
   */
  logSession(session: SessionInput = {}): Receipt {
    return this.#delivery.logSession(session);
  }

  /**
   * Deliver pending events now, including batches in flight. Always settles within its timeout.
   *
   * @param options `timeout` in seconds. Default: `timeout` of the client
   * @returns totals of all events of this client so far; delivery of `pending` events continues
   * @throws {HoneyHiveConfigError} when the timeout is invalid
   * @example
   * ```ts
   * const { stored, dropped, pending } = await client.flush({ timeout: 5 });
   * console.log(stored, dropped, pending);
   * ```
   */
  async flush(options?: FlushOptions): Promise<DeliveryReport> {
    return this.#delivery.flush(readFlushTimeoutMs(options));
  }

  /**
   * Totals of the events logged so far: `sent` = `stored` + `dropped` + `pending`, at any time.
   *
   * @example
   * ```ts
   * const { sent, stored, dropped, pending } = client.stats();
   * console.log(sent, stored, dropped, pending);
   * ```
   */
  stats(): DeliveryStats {
    return this.#delivery.stats();
  }

  /**
   * Deliver pending events, for at most `timeout` of the client, wait for the calls in flight, then close the
   * connections. Later calls reject with a {@link HoneyHiveClosedError}; later events are dropped.
   *
   * @example
   * ```ts
   * const client = new HoneyHive();
   * await client.close();
   * ```
   */
  close(): Promise<void> {
    return this.#core.close(this.#delivery.close());
  }

  /** Starts closing without waiting; called by `using`. Prefer `await using`. */
  [Symbol.dispose](): void {
    // Errors are ignored: each call in flight rejects separately.
    void this.close();
  }

  /** The same as {@link HoneyHiveClient.close}; called by `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
