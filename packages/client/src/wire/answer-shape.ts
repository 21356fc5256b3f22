import { bucketKeys } from '../generated/types.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';

/** What the parts of an answer are made from that the service would make. */
export interface AnswerContext {
  /** Epoch milliseconds. */
  now(): number;
  /** Project of what names none. */
  readonly project: string | null;
}

/** A drafted event as a service would show it once stored. */
export function toStoredEvent(draft: JsonObject, context: AnswerContext): JsonObject {
  const storedAt = new Date(context.now()).toISOString();
  const sessionId = draft['session_id'] ?? draft['event_id'];
  const project = draft['project'] ?? context.project ?? 'default';
  return {
    ...draft,
    ...toTimes(draft, context),
    session_id: sessionId,
    parent_id: draft['parent_id'] ?? sessionId,
    children_ids: draft['children_ids'] ?? [],
    event_name: draft['event_name'] ?? 'unknown',
    source: draft['source'] ?? 'unknown',
    error: draft['error'] ?? null,
    ...Object.fromEntries(bucketKeys.map((key) => [key, toBucket(draft[key])])),
    project,
    project_id: project,
    org_id: 'default',
    tenant: 'default',
    workspace_id: 'default',
    created_at: storedAt,
    updated_at: storedAt,
  };
}

/** A drafted session as a service would show it once stored. */
export function toStoredSession(draft: JsonObject, context: AnswerContext): JsonObject {
  const name = draft['session_name'] ?? draft['event_name'] ?? 'unknown';
  return {
    ...toStoredEvent({ ...draft, event_id: draft['session_id'], event_name: name }, context),
    event_type: 'session',
    parent_id: null,
    session_name: name,
    event_count: 0,
    error_count: 0,
  };
}

function toTimes(draft: JsonObject, context: AnswerContext): JsonObject {
  const start = typeof draft['start_time'] === 'number' ? draft['start_time'] : context.now();
  const given = typeof draft['duration'] === 'number' ? draft['duration'] : 0;
  const end = typeof draft['end_time'] === 'number' ? draft['end_time'] : start + given;
  return { start_time: start, end_time: end, duration: draft['duration'] ?? end - start };
}

/** Outputs may be anything, and are kept in an object. */
function toBucket(value: unknown): JsonObject {
  if (isObject(value)) return value;
  return value === undefined || value === null ? {} : { value };
}
