import type { EventPatchIn, Issue } from 'honeyhive-wire';
import { parseDigest } from './event-digest.ts';
import { toObject } from './event-draft.ts';
import { parseInstant } from './instant.ts';
import { parseBucket } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import type { StoredEvent } from './stored-event.ts';
import { readUsage } from './usage.ts';

/** Buckets that a patch merges into, key by key. Source: docs/contract.md, "Updates". */
const mergedBuckets = ['metadata', 'feedback', 'metrics', 'config', 'user_properties'] as const;

/** A change to an event, parsed. Everything is optional; absent leaves the field as it is. */
export interface EventPatch {
  readonly merge: Readonly<Partial<Record<(typeof mergedBuckets)[number], JsonObject>>>;
  /** Replaces the outputs. */
  readonly outputs?: JsonObject;
  readonly durationMs?: number;
  readonly endTime?: number;
  readonly childrenIds?: readonly string[];
}

/** What a client sent as a change; the shape was checked before. */
export function parsePatch(input: EventPatchIn): { patch: EventPatch } | { issues: Issue[] } {
  const { end_time: end, duration, outputs, children_ids: childrenIds } = input;
  const endTime = isGiven(end) ? parseInstant(end) : undefined;
  if (endTime === null) {
    return {
      issues: [{ field: 'end_time', message: 'expected epoch milliseconds or an ISO-8601 string' }],
    };
  }
  return {
    patch: {
      merge: readMerge(input),
      ...(isGiven(outputs) ? { outputs: toObject(outputs) } : {}),
      ...(isGiven(duration) ? { durationMs: duration } : {}),
      ...(endTime === undefined ? {} : { endTime }),
      ...(childrenIds && childrenIds.length > 0 ? { childrenIds } : {}),
    },
  };
}

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
export const applyPatch = (event: StoredEvent, patch: EventPatch, now: number): StoredEvent =>
  changesBuckets(patch)
    ? withDerived(mergePatch(event, patch, now))
    : mergePatch(event, patch, now);

/** Whether a patch changes what usage and the digest of an event are read from. */
export const changesBuckets = ({ merge, outputs }: EventPatch): boolean =>
  Object.keys(merge).length > 0 || outputs !== undefined;

/** The event with its usage and digest, as its buckets have them. Takes as long as it takes to parse all of it. */
export function withDerived(event: StoredEvent): StoredEvent {
  const usage = readUsage({
    metadata: parseBucket(event.metadata),
    outputs: parseBucket(event.outputs),
    inputs: parseBucket(event.inputs),
  });
  return { ...event, ...usage, ...parseDigest(event) };
}

/** {@link applyPatch} without what is derived from the buckets: several patches of an event need that only once. */
export function mergePatch(event: StoredEvent, patch: EventPatch, now: number): StoredEvent {
  const merged: Partial<Record<(typeof mergedBuckets)[number], string>> = {};
  for (const name of mergedBuckets) {
    const change = patch.merge[name];
    if (change) merged[name] = JSON.stringify({ ...parseBucket(event[name]), ...change });
  }
  return {
    ...event,
    ...merged,
    ...(patch.outputs ? { outputs: JSON.stringify(patch.outputs) } : {}),
    ...planTimes(event, patch),
    ...(patch.childrenIds ? { childrenIds: patch.childrenIds } : {}),
    version: event.version + 1,
    updatedAt: now,
  };
}

function planTimes(
  event: StoredEvent,
  patch: EventPatch,
): Pick<StoredEvent, 'endTime' | 'durationMs'> {
  const { endTime, durationMs } = patch;
  if (endTime === undefined && durationMs === undefined) {
    return { endTime: event.endTime, durationMs: event.durationMs };
  }
  return {
    endTime: endTime ?? event.startTime + (durationMs ?? 0),
    durationMs: durationMs ?? Math.max(0, (endTime ?? event.startTime) - event.startTime),
  };
}

/** A patch as text, for keeping it until its event arrives. */
export const patchToText = (patch: EventPatch): string => JSON.stringify(patch);

/** What {@link patchToText} wrote. */
export function patchFromText(text: string): EventPatch {
  return JSON.parse(text) as EventPatch;
}
