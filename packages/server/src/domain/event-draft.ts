import { parseInstant } from 'honeyhive-facts';
import { isTooLarge, tooLargeIssue } from './event-size.ts';
import { eventTypes } from 'honeyhive-facts';
import { bucketNames } from 'honeyhive-wire';
import type { EventIn, Issue, SessionIn } from 'honeyhive-wire';
import { emptyDigest, readDigest } from './event-digest.ts';
import { withFirstToken } from './first-token.ts';
import { derivedId, newId } from './ids.ts';
import { endOf, findOddTime } from './instant.ts';
import { isJsonObject } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import type { Pricer } from './pricing.ts';
import type {
  EventBuckets,
  EventDigest,
  EventTimes,
  EventType,
  StoredEvent,
  Usage,
} from './stored-event.ts';
import { readUsage } from './usage.ts';
import type { Priced } from './usage.ts';
import { isWellFormed, toWellFormed } from './well-formed.ts';

/** Something that was changed to make an event fit. */
export interface Warning {
  readonly field: string;
  readonly message: string;
}

/** An event ready to be stored, or what keeps it from being stored. */
export type Draft =
  | { readonly event: StoredEvent; readonly warnings: readonly Warning[] }
  | { readonly issues: readonly Issue[] };

/** What a draft takes from around the request. */
export interface DraftContext {
  readonly projectId: string;
  /** Epoch milliseconds: the start of events that name none. */
  readonly now: number;
  /** Whether an unknown event type is stored as `chain`, as batches do, or refused. */
  readonly acceptsUnknownType: boolean;
  /** Whether the key is of the whole organisation. */
  readonly isByOrganisation: boolean;
  /** Id of the key. */
  readonly apiKeyId: string;
  readonly pricer: Pricer;
}

const eventKeys = new Set<string>([
  ...bucketNames,
  'project',
  'project_id',
  'event_id',
  'session_id',
  'parent_id',
  'children_ids',
  'event_type',
  'event_name',
  'source',
  'error',
  'start_time',
  'end_time',
  'duration',
]);
const sessionKeys = new Set<string>(
  [...eventKeys, 'session_name'].filter(
    (key) => key !== 'event_type' && key !== 'parent_id' && key !== 'event_id',
  ),
);

const isEventType = (value: string): value is EventType =>
  eventTypes.some((type) => type === value);

/** The event that a client sent, as version 1. The shape was checked before. */
export function draftEvent(input: EventIn, context: DraftContext): Draft {
  const type = readType(input.event_type, context.acceptsUnknownType);
  if ('issues' in type) return type;
  const isOwnRoot = type.eventType === 'session' && !input.session_id;
  const eventId = input.event_id ?? newId(context.now);
  // A retry that carries the event id but no session id must land in the same session.
  const sessionId =
    input.session_id ??
    (isOwnRoot
      ? eventId
      : input.event_id
        ? derivedId(`session:${input.event_id}`)
        : newId(context.now));
  return draft(input, {
    ...context,
    eventId,
    sessionId,
    eventType: type.eventType,
    eventName: input.event_name ?? 'unknown',
    parentId: eventId === sessionId ? null : (input.parent_id ?? sessionId),
    extraMetadata: { ...type.metadata, ...unknownKeys(input, eventKeys) },
    warnings: type.warnings,
  });
}

/** The root event of the session that a client starts. The shape was checked before. */
export function draftSession(input: SessionIn, context: DraftContext): Draft {
  const sessionId = input.session_id ?? newId(context.now);
  return draft(input, {
    ...context,
    eventId: sessionId,
    sessionId,
    eventType: 'session',
    eventName: input.session_name ?? input.event_name ?? 'unknown',
    parentId: null,
    extraMetadata: unknownKeys(input, sessionKeys),
    warnings: [],
  });
}

/** The root of a session whose events came before it; a real one replaces it. */
export function placeholderSession(event: StoredEvent): StoredEvent {
  const empty = Object.fromEntries(bucketNames.map((name) => [name, '{}']));
  return {
    ...event,
    ...(empty as Record<(typeof bucketNames)[number], string>),
    ...emptyDigest,
    eventId: event.sessionId,
    origin: '',
    version: 0,
    eventType: 'session',
    eventName: 'unknown',
    parentId: null,
    childrenIds: [],
    error: null,
    endTime: event.startTime,
    durationMs: 0,
    hasEnded: false,
    promptTokens: 0,
    completionTokens: 0,
    totalTokens: 0,
    costUsd: 0,
    costSource: '',
    repeatedUse: 0,
    isEmptied: false,
  };
}

interface DraftParts extends DraftContext {
  readonly eventId: string;
  readonly sessionId: string;
  readonly eventType: EventType;
  readonly eventName: string;
  readonly parentId: string | null;
  readonly extraMetadata: JsonObject;
  readonly warnings: readonly Warning[];
}

function draft(input: EventIn | SessionIn, parts: DraftParts): Draft {
  const issues = checkIds(input);
  if (issues.length > 0) return { issues };
  const times = readTimes(input, parts.now);
  if ('issues' in times) return times;
  const buckets = readBuckets(input, { ...parts, startTime: times.startTime });
  if (isTooLarge(buckets)) return { issues: [tooLargeIssue(buckets)] };
  return {
    warnings: [...parts.warnings, ...findOddTimes(input, times, parts.now)],
    event: {
      projectId: parts.projectId,
      sessionId: parts.sessionId,
      eventId: parts.eventId,
      version: 1,
      isDeleted: false,
      eventType: parts.eventType,
      eventName: toWellFormed(parts.eventName),
      parentId: parts.parentId,
      childrenIds: input.children_ids ?? [],
      source: toWellFormed(input.source ?? 'unknown'),
      error: toErrorText(input.error),
      ...times,
      ...buckets,
      createdAt: parts.now,
      updatedAt: parts.now,
      isByOrganisation: parts.isByOrganisation,
      apiKeyId: parts.apiKeyId,
      repeatedUse: 0,
      sampleRate: 1,
      isPartial: false,
      isEmptied: false,
      origin: '',
    },
  };
}

/** An id must come back as it was sent, so that nothing in it may be replaced. */
function checkIds(input: JsonObject): Issue[] {
  return ['event_id', 'session_id', 'parent_id']
    .filter((field) => {
      const id = input[field];
      return typeof id === 'string' && !isWellFormed(id);
    })
    .map((field) => ({ field, message: 'half a surrogate pair: expected well-formed Unicode' }));
}

function readBuckets(
  input: EventIn | SessionIn,
  { extraMetadata, ...priced }: Priced & Pick<DraftParts, 'extraMetadata'>,
): EventBuckets & Usage & EventDigest {
  const { inputs, outputs } = { inputs: input.inputs ?? {}, outputs: toObject(input.outputs) };
  const { metadata, feedback } = placeGroundTruth(
    withFirstToken({ ...input.metadata, ...extraMetadata }, priced.startTime),
    { ...input.feedback },
  );
  const userId = extraMetadata['user_id'];
  const user = { ...(userId === undefined ? {} : { user_id: userId }), ...input.user_properties };
  const config = input.config ?? {};
  return {
    config: JSON.stringify(config),
    inputs: JSON.stringify(inputs),
    outputs: JSON.stringify(outputs),
    metadata: JSON.stringify(metadata),
    metrics: JSON.stringify(input.metrics ?? {}),
    feedback: JSON.stringify(feedback),
    user_properties: JSON.stringify(user),
    ...readUsage({ config, metadata, outputs, inputs }, priced),
    ...readDigest({ config, inputs, outputs, metadata, feedback, user_properties: user }),
  };
}

/** `metadata.ground_truth` belongs to feedback. Source: docs/contract.md, "Events". */
function placeGroundTruth(
  metadata: JsonObject,
  feedback: JsonObject,
): { metadata: JsonObject; feedback: JsonObject } {
  const { ground_truth: groundTruth, ...rest } = metadata;
  if (groundTruth === undefined) return { metadata, feedback };
  return { metadata: rest, feedback: { ground_truth: groundTruth, ...feedback } };
}

function readType(
  raw: string,
  acceptsUnknown: boolean,
): { eventType: EventType; metadata: JsonObject; warnings: Warning[] } | { issues: Issue[] } {
  if (isEventType(raw)) return { eventType: raw, metadata: {}, warnings: [] };
  const allowed = `expected one of ${eventTypes.join(', ')}; got ${JSON.stringify(raw.slice(0, 60))}`;
  if (!acceptsUnknown) return { issues: [{ field: 'event_type', message: allowed }] };
  return {
    eventType: 'chain',
    metadata: { event_type_raw: raw },
    warnings: [{ field: 'event_type', message: `stored as chain: ${allowed}` }],
  };
}

function readTimes(input: EventIn | SessionIn, now: number): EventTimes | { issues: Issue[] } {
  const issues: Issue[] = [];
  const read = (field: 'start_time' | 'end_time'): number | null => {
    const value = input[field];
    if (value === null || value === undefined) return null;
    const instant = parseInstant(value);
    if (instant === null)
      issues.push({ field, message: 'expected epoch milliseconds or an ISO-8601 string' });
    return instant;
  };
  const start = read('start_time');
  const end = read('end_time');
  if (issues.length > 0) return { issues };
  const duration = input.duration ?? null;
  const startTime = start ?? (end !== null ? Math.max(0, end - (duration ?? 0)) : now);
  const endTime = end ?? endOf(startTime, duration ?? 0);
  return {
    startTime,
    endTime,
    durationMs: duration ?? Math.max(0, endTime - startTime),
    hasEnded: end !== null || duration !== null,
  };
}

/** Warnings of the times that were sent. */
export function findOddTimes(
  input: Pick<EventIn, 'start_time' | 'end_time'>,
  times: Partial<Pick<StoredEvent, 'startTime' | 'endTime'>>,
  now: number,
): Warning[] {
  const sent = { start_time: times.startTime, end_time: times.endTime };
  return (['start_time', 'end_time'] as const).flatMap((field) => {
    const ms = sent[field];
    const isSent = input[field] !== null && input[field] !== undefined && ms !== undefined;
    const message = isSent ? findOddTime(ms, now) : null;
    return message === null ? [] : [{ field, message }];
  });
}

const unknownKeys = (input: JsonObject, known: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(Object.entries(input).filter(([key]) => !known.has(key)));

/** Outputs that are not an object are kept as `{value}`. Source: docs/contract.md, "Events". */
export function toObject(value: unknown): JsonObject {
  if (value === null || value === undefined) return {};
  return isJsonObject(value) ? value : { value };
}

/** Forms and typed languages say "none" by an empty or a false value: that is no error. */
export function toErrorText(value: unknown): string | null {
  if (!value || (typeof value === 'object' && Object.keys(value).length === 0)) return null;
  return typeof value === 'string' ? toWellFormed(value) : JSON.stringify(value);
}
