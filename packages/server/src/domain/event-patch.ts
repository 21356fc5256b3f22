import { parseInstant } from 'honeyhive-facts';
import { eventPatchById } from 'honeyhive-wire';
import type { EventPatchIn, Issue } from 'honeyhive-wire';
import { parseDigest } from './event-digest.ts';
import { toErrorText, toObject } from './event-draft.ts';
import { noteUpdated } from './made-root.ts';
import { withFirstToken } from './first-token.ts';
import { endOf } from './instant.ts';
import { parseBucket } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import { isComputed } from './pricing.ts';
import type { Pricer } from './pricing.ts';
import { addLog } from './span-log.ts';
import type { SpanLog } from './span-log.ts';
import type { EventTimes, StoredEvent, Usage } from './stored-event.ts';
import { readUsage } from './usage.ts';
import { toWellFormed } from './well-formed.ts';

/** Fields that one answer names. */
const maxUnchanged = 20;

/** Buckets that a patch merges into, key by key. Source: docs/contract.md, "Updates". */
const mergedBuckets = ['metadata', 'feedback', 'metrics', 'config', 'user_properties'] as const;

/** A change to an event, parsed. Everything is optional; absent leaves the field as it is. */
export interface EventPatch {
  readonly merge: Readonly<Partial<Record<(typeof mergedBuckets)[number], JsonObject>>>;
  /** Replaces the inputs. */
  readonly inputs?: JsonObject;
  /** Replaces the outputs. */
  readonly outputs?: JsonObject;
  readonly eventName?: string;
  /** null: the step succeeded. */
  readonly error?: string | null;
  readonly startTime?: number;
  readonly durationMs?: number;
  readonly endTime?: number;
  readonly childrenIds?: readonly string[];
  /** A log record of the span that the event is. */
  readonly log?: SpanLog;
}

/** What a client sent as a change; the shape was checked before. */
export function parsePatch(input: EventPatchIn): { patch: EventPatch } | { issues: Issue[] } {
  const times = readTimes(input);
  return 'issues' in times
    ? times
    : { patch: { merge: readMerge(input), ...readReplaced(input), ...times } };
}

function readReplaced(
  input: EventPatchIn,
): Pick<EventPatch, 'inputs' | 'outputs' | 'eventName' | 'error' | 'childrenIds'> {
  const { inputs, outputs, error, event_name: name, children_ids: childrenIds } = input;
  return {
    ...(isGiven(inputs) ? { inputs } : {}),
    ...(isGiven(outputs) ? { outputs: toObject(outputs) } : {}),
    ...(isGiven(name) ? { eventName: toWellFormed(name) } : {}),
    ...(isGiven(error) ? { error: toErrorText(error) } : {}),
    ...(childrenIds && childrenIds.length > 0 ? { childrenIds } : {}),
  };
}

/** The times that were sent. */
export function readTimes(
  input: Pick<EventPatchIn, 'start_time' | 'end_time' | 'duration'>,
): Pick<EventPatch, 'startTime' | 'endTime' | 'durationMs'> | { issues: Issue[] } {
  const { duration } = input;
  const [startTime, endTime] = [readInstant(input.start_time), readInstant(input.end_time)];
  const message = 'expected epoch milliseconds or an ISO-8601 string';
  if (startTime === null) return { issues: [{ field: 'start_time', message }] };
  if (endTime === null) return { issues: [{ field: 'end_time', message }] };
  return {
    ...(isGiven(duration) ? { durationMs: duration } : {}),
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
  };
}

/** undefined: not given; null: no instant. */
const readInstant = (value: EventPatchIn['end_time']): number | null | undefined =>
  isGiven(value) ? parseInstant(value) : undefined;

const changeable = new Set([...Object.keys(eventPatchById.shape), 'event_id', 'project']);

/** The fields of a change that an update does not make. */
export const findUnchanged = (input: JsonObject): { field: string; message: string }[] =>
  Object.keys(input)
    .filter((field) => !changeable.has(field) && isGiven(input[field]))
    .slice(0, maxUnchanged)
    .map((field) => ({ field, message: 'not changed: an update cannot change it' }));

/** An explicit null leaves a field as it is, like an absent one. Source: docs/contract.md, "Updates". */
const isGiven = <T>(value: T): value is NonNullable<T> => value !== null && value !== undefined;

function readMerge(input: EventPatchIn): EventPatch['merge'] {
  const merge: Partial<Record<(typeof mergedBuckets)[number], JsonObject>> = {};
  for (const name of mergedBuckets) {
    const change = input[name];
    if (change && Object.keys(change).length > 0) merge[name] = change;
  }
  return merge;
}

/** Whether a patch changes nothing, as when a client sends null for everything it left unset. */
export function isEmptyPatch(patch: EventPatch): boolean {
  const { merge, ...rest } = patch;
  return Object.keys(merge).length === 0 && Object.keys(rest).length === 0;
}

/** The next version of an event. Source of the merge rules: docs/contract.md, "Updates". */
export const applyPatch = (
  event: StoredEvent,
  patch: EventPatch,
  { now, pricer }: { readonly now: number; readonly pricer: Pricer },
): StoredEvent =>
  changesBuckets(patch)
    ? withDerived(mergePatch(event, patch, now), pricer)
    : mergePatch(event, patch, now);

/** Whether a patch changes what usage and the digest of an event are read from. */
export const changesBuckets = ({ merge, inputs, outputs, log }: EventPatch): boolean =>
  Object.keys(merge).length > 0 ||
  inputs !== undefined ||
  outputs !== undefined ||
  log !== undefined;

/** The event with its usage and digest, as its buckets have them. Takes as long as it takes to parse all of it. */
export function withDerived(event: StoredEvent, pricer: Pricer): StoredEvent {
  const digest = parseDigest(event);
  return {
    ...event,
    ...deriveUsage(event, pricer),
    ...digest,
    ...(event.isEmptied
      ? { model: digest.model || event.model, user: digest.user || event.user }
      : {}),
  };
}

/** The usage of an event, as its buckets have it; of an emptied one, also as its payload had it. */
function deriveUsage(event: StoredEvent, pricer: Pricer): Usage {
  const usage = readUsage(
    {
      config: parseBucket(event.config),
      metadata: parseBucket(event.metadata),
      outputs: parseBucket(event.outputs),
      inputs: parseBucket(event.inputs),
    },
    { startTime: event.startTime, pricer },
  );
  if (!event.isEmptied || usage.totalTokens > 0) return usage;
  const { promptTokens, completionTokens, totalTokens, costUsd, costSource } = event;
  const cost = usage.costSource === '' ? { costUsd, costSource } : {};
  return { ...usage, promptTokens, completionTokens, totalTokens, ...cost };
}

/** The event with a computed cost of these prices; the same one if its cost stays. */
export function reprice(event: StoredEvent, pricer: Pricer): StoredEvent {
  if (!isComputed(event.costSource)) return event;
  const { costUsd, costSource } = deriveUsage(event, pricer);
  const isSame = costUsd === event.costUsd && costSource === event.costSource;
  return isSame ? event : { ...event, costUsd, costSource };
}

/** {@link applyPatch} without what is derived from the buckets: several patches of an event need that only once. */
export function mergePatch(event: StoredEvent, patch: EventPatch, now: number): StoredEvent {
  const merged: Partial<Record<(typeof mergedBuckets)[number], string>> = {};
  for (const name of mergedBuckets) {
    const change = patch.merge[name];
    if (!change) continue;
    const given = name === 'metadata' ? withFirstToken(change, event.startTime) : change;
    merged[name] = JSON.stringify({ ...parseBucket(event[name]), ...given });
  }
  return {
    ...event,
    ...merged,
    ...(patch.inputs ? { inputs: JSON.stringify(patch.inputs) } : {}),
    ...(patch.outputs ? { outputs: JSON.stringify(patch.outputs) } : {}),
    ...(patch.eventName === undefined ? {} : { eventName: patch.eventName }),
    ...(patch.error === undefined ? {} : { error: patch.error }),
    ...planTimes(event, patch),
    ...(patch.childrenIds ? { childrenIds: patch.childrenIds } : {}),
    ...(patch.log ? addLog(event, patch.log) : {}),
    version: event.version + 1,
    updatedAt: now,
    origin: noteUpdated(event.origin, updatedBy(patch)),
  };
}

/** Times after a change. Given values win; a missing one of start, end and duration follows from the others. */
export function planTimes(
  event: StoredEvent,
  patch: Pick<EventPatch, 'startTime' | 'endTime' | 'durationMs'>,
): EventTimes {
  const { startTime = event.startTime, endTime, durationMs } = patch;
  if (endTime !== undefined)
    return {
      startTime,
      endTime,
      durationMs: durationMs ?? Math.max(0, endTime - startTime),
      hasEnded: true,
    };
  if (durationMs !== undefined)
    return { startTime, endTime: endOf(startTime, durationMs), durationMs, hasEnded: true };
  const { hasEnded } = event;
  if (patch.startTime === undefined)
    return { startTime, endTime: event.endTime, durationMs: event.durationMs, hasEnded };
  const end = hasEnded ? Math.max(event.endTime, startTime) : startTime;
  return { startTime, endTime: end, durationMs: end - startTime, hasEnded };
}

/** What a session that the service made after its spans does not take from them any more. */
const updatedBy = ({ merge, inputs, outputs, eventName, ...times }: EventPatch): string[] => [
  ...(inputs ? ['inputs'] : []),
  ...(outputs ? ['outputs'] : []),
  ...(eventName === undefined ? [] : ['event_name']),
  ...(merge.user_properties ? ['user_properties'] : []),
  ...((times.startTime ?? times.endTime ?? times.durationMs) === undefined ? [] : ['times']),
];

/** A patch as text, for keeping it until its event arrives. */
export const patchToText = (patch: EventPatch): string => JSON.stringify(patch);

/** What {@link patchToText} wrote. */
export function patchFromText(text: string): EventPatch {
  return JSON.parse(text) as EventPatch;
}
