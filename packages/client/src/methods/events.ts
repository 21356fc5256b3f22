import type { Core } from '../call/core.ts';
import { toCallInput } from '../call/endpoint-call.ts';
import type { Issue } from '../errors/errors.ts';
import { refuse } from '../errors/refusal.ts';
import type { Event, EventCreated, EventInput, EventUpdate } from '../generated/types.ts';
import { assumeShape } from '../json/assume-shape.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import type { CallOptions } from '../options/options.ts';
import { emptyBatchResult, isBatchAnswer, toBatchResult } from '../wire/batch-result.ts';
import { findBodyIssues } from '../wire/body-issues.ts';
import { decodeField, decodeObject } from '../wire/decode.ts';
import { draftEvent, draftUpdate, lockedKeys } from '../wire/draft.ts';
import type { EventType } from '../wire/event-type.ts';
import { planBatch } from './batch-plan.ts';
import type { EventsBatchResult } from './batch-plan.ts';
import type { EventCursor } from './event-cursor.ts';
import { eventSource } from './event-list.ts';
import type { EventListKind } from './event-list.ts';
import type { ListInput } from './event-query.ts';
import type { PagePosition } from './list-page.ts';
import { openList } from './list.ts';
import type { List, ListSource } from './list.ts';

/** An event to store. A name beyond those below goes to `metadata`; `user_id` to `user_properties` as well. */
export interface CreateEventInput<
  Inputs extends object = Record<string, unknown>,
  Outputs = unknown,
> extends EventInput<Inputs, Outputs> {
  /** Session the event belongs to. 1–128 characters. */
  session_id: string;
  /** Kind of the event. */
  event_type: EventType;
  /** Name of the step. At most 1024 characters. */
  event_name: string;
}

/** A stored event: the sent event merged with the response. */
export type CreatedEvent<
  Inputs extends object = Record<string, unknown>,
  Outputs = unknown,
> = EventInput<Inputs, Outputs> & EventCreated & NotSampled;

/** What was done with an event that `sampling` does not keep. */
export interface NotSampled {
  /** The event's session was excluded by sampling: nothing was sent. */
  readonly sampled?: false;
}

/** A change to a stored event. A name beyond those of an event goes to `metadata`. */
export interface UpdateEventInput extends EventUpdate {
  /** Project name or id. Default: whichever the event is in. */
  project?: string | undefined;
}

/** An event that was changed. */
export interface UpdatedEvent extends NotSampled {
  readonly event_id: string;
  readonly success: true;
  /** The service has not seen the event yet; it changes it when it arrives. */
  readonly held?: true;
}

/**
 * Which events to list. Other names are equality conditions: on a root field, a path such as `inputs.model`, else of
 * `metadata`.
 */
export interface ListEventsInput extends ListInput {
  /** Only events of this session. */
  readonly session_id?: string | undefined;
  /** Only events of this kind. */
  readonly event_type?: EventType | undefined;
}

/** A page of events, newest first. */
export interface EventListPage extends PagePosition {
  readonly events: Event[];
}

const kind: EventListKind<Event, EventListPage> = {
  operation: 'listEvents',
  rootsOnly: false,
  aliases: {},
  fixed: {},
  toItem: (event) => assumeShape<Event>(event),
  toPage: (events, position) => ({ events, ...position }),
};

const creation = /* @__PURE__ */ toCallInput({ operation: 'createEvent', endpoint: 'createEvent' });
const replyShape = { event_id: 'string' } as const;

export async function createEvent<Inputs extends object, Outputs>(
  core: Core,
  input: CreateEventInput<Inputs, Outputs>,
  options?: CallOptions,
): Promise<CreatedEvent<Inputs, Outputs>> {
  const operation = 'createEvent';
  const missing = findMissing(input);
  if (missing.length > 0) throw refuse(operation, missing);
  const draft = draftEvent(input, core);
  const issues = findBodyIssues('createEvent', draft);
  if (issues.length > 0) throw refuse(operation, issues);
  if (!core.sampler.tryKeep(draft)) {
    return assumeShape<CreatedEvent<Inputs, Outputs>>({ ...draft, success: true, sampled: false });
  }
  const event = core.redact(operation, draft);
  const answer = await core.call({ json: { event }, wrapper: 'event', ...creation }, options);
  const reply = decodeObject<JsonObject>(answer, replyShape);
  return assumeShape<CreatedEvent<Inputs, Outputs>>(Object.assign(event, reply));
}

/** The service would generate a missing session and name, which a caller rarely wants. */
function findMissing(input: unknown): Issue[] {
  if (!isObject(input)) return [{ field: '', message: 'the input must be an object' }];
  return ['session_id', 'event_type', 'event_name']
    .filter((field) => typeof input[field] !== 'string' || input[field] === '')
    .map((field) => ({ field, message: 'must be text that is not empty' }));
}

export async function getEvent<Inputs extends object, Outputs extends object>(
  core: Core,
  eventId: string,
  options?: CallOptions,
): Promise<Event<Inputs, Outputs>> {
  const operation = 'getEvent';
  const request = toCallInput({ operation, endpoint: 'getEvent', values: { event_id: eventId } });
  const answer = await core.call(request, options);
  return decodeField<Event<Inputs, Outputs>>(answer, 'event', { event_id: 'string' });
}

export const listEvents = (
  core: Core,
  input?: ListEventsInput,
  options?: CallOptions,
): List<Event, EventListPage> => openList(eventListSource(core, input, options));

/** The steps in which the list of events is read. */
export const eventListSource = (
  core: Core,
  input?: ListEventsInput,
  options?: CallOptions,
): ListSource<Event, EventListPage, EventCursor> => eventSource(core, kind, { input, options });

export async function updateEvent(
  core: Core,
  input: UpdateEventInput,
  options?: CallOptions,
): Promise<UpdatedEvent> {
  const operation = 'updateEvent';
  if (!isObject(input) || typeof input.event_id !== 'string' || input.event_id === '') {
    throw refuse(operation, [{ field: 'event_id', message: 'must be text that is not empty' }]);
  }
  const locked = lockedKeys(input).map((field) => ({
    field,
    message: 'cannot be changed once the event is stored',
  }));
  const draft = draftUpdate(input);
  const issues = [...locked, ...findBodyIssues('updateEvent', draft)];
  if (issues.length > 0) throw refuse(operation, issues);
  const { event_id: eventId } = input;
  if (core.sampler.isForgone(eventId)) return { event_id: eventId, success: true, sampled: false };
  const json = core.redact(operation, draft);
  const request = toCallInput({ operation, endpoint: 'updateEvent' });
  // Without a project the event is found by its id, in whichever project it is.
  const query = { project: input.project };
  const answer = await core.call({ ...request, query, json }, options);
  // The vendor's service sends no body.
  const isHeld = isObject(answer.json) && answer.json['held'] === true;
  return { event_id: eventId, success: true, ...(isHeld ? { held: true } : {}) };
}

export async function createEventsBatch(
  core: Core,
  events: readonly EventInput<object>[],
  options?: CallOptions,
): Promise<EventsBatchResult> {
  const operation = 'createEventsBatch';
  if (!Array.isArray(events))
    throw refuse(operation, [{ field: 'events', message: 'must be a list of events' }]);
  if (events.length === 0) return emptyBatchResult();
  // Each event is for the service to judge: one that cannot be stored costs none of the others.
  const issues = findBodyIssues('createEventBatch', { events });
  if (issues.length > 0) throw refuse(operation, issues);
  const batch = planBatch(events, core);
  if (batch.sent.length === 0) return batch.complete(emptyBatchResult());
  const sent = batch.sent.map((event) => (isObject(event) ? core.redact(operation, event) : event));
  const answer = await core.call(
    {
      ...toCallInput({ operation, endpoint: 'createEventBatch' }),
      json: { events: sent },
      // Each event has its id by now, so that the same batch again is the same events.
      replay: 'safe',
      isAnswer: isBatchAnswer,
    },
    options,
  );
  return batch.complete(toBatchResult(answer, sent));
}
