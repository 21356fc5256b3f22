import type { SessionRollup } from './event-store.ts';
import { parseBucket } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import type { StoredEvent, Usage } from './stored-event.ts';

/** Names that every event carries beside its own. */
export interface WireNames {
  readonly organisationId: string;
  /** Name of a project by its id. */
  projectName(projectId: string): string;
}

/** An event as it is sent. Source: contract sections 1.1, 1.2: no nulls but `parent_id` and `error`; `end_time` an integer. */
export function toWireEvent(event: StoredEvent, names: WireNames): JsonObject {
  return {
    event_id: event.eventId,
    session_id: event.sessionId,
    parent_id: event.parentId,
    children_ids: event.childrenIds,
    event_type: event.eventType,
    event_name: event.eventName,
    source: event.source,
    error: event.error,
    start_time: event.startTime,
    end_time: Math.round(event.endTime),
    duration: event.durationMs,
    config: parseBucket(event.config),
    inputs: parseBucket(event.inputs),
    outputs: parseBucket(event.outputs),
    metadata: parseBucket(event.metadata),
    metrics: parseBucket(event.metrics),
    feedback: parseBucket(event.feedback),
    user_properties: parseBucket(event.user_properties),
    project: names.projectName(event.projectId),
    project_id: event.projectId,
    org_id: names.organisationId,
    workspace_id: names.organisationId,
    created_at: new Date(event.createdAt).toISOString(),
    updated_at: new Date(event.updatedAt).toISOString(),
  };
}

/** The root of a session with what its events add up to. Source: contract sections 2.1 and 3.1. */
export function toWireSession(
  root: StoredEvent,
  rollup: SessionRollup | null,
  names: WireNames,
): JsonObject {
  const { eventCount, modelEventCount, errorCount, hasFeedback } = rollup ?? {
    ...emptySums,
    hasFeedback: root.feedback !== '{}',
  };
  const own = parseBucket(root.metadata);
  return {
    ...toWireEvent(root, names),
    session_name: root.eventName,
    event_count: eventCount,
    error_count: errorCount,
    metadata: {
      ...own,
      num_events: eventCount,
      num_model_events: modelEventCount,
      has_feedback: hasFeedback,
      ...sums(rollup ?? emptySums, own),
    },
  };
}

const emptySums = {
  eventCount: 0,
  modelEventCount: 0,
  errorCount: 0,
  costUsd: 0,
  totalTokens: 0,
  promptTokens: 0,
  completionTokens: 0,
};

/** Sums of the events; where they have none, what the session itself was given stands. */
function sums(rollup: Usage, own: JsonObject): JsonObject {
  const totals = {
    cost: rollup.costUsd,
    total_tokens: rollup.totalTokens,
    prompt_tokens: rollup.promptTokens,
    completion_tokens: rollup.completionTokens,
  };
  return Object.fromEntries(
    Object.entries(totals).map(([name, sum]) => [name, sum === 0 ? (own[name] ?? 0) : sum]),
  );
}

/** Only the named fields, dotted ones kept nested; ids stay. Source: contract section 1.2, `projections`. */
export function project(event: JsonObject, fields: readonly string[]): JsonObject {
  const kept: Record<string, unknown> = {
    event_id: event['event_id'],
    session_id: event['session_id'],
  };
  for (const field of fields) keep(kept, event, field.split('.'));
  return kept;
}

function keep(target: Record<string, unknown>, source: JsonObject, path: readonly string[]): void {
  const [name, ...rest] = path;
  if (name === undefined || !Object.hasOwn(source, name)) return;
  const value = source[name];
  const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (rest.length === 0 || !isBranch) {
    if (rest.length === 0) define(target, name, value);
    return;
  }
  const branch: Record<string, unknown> = {
    ...(Object.hasOwn(target, name) ? (target[name] as JsonObject) : {}),
  };
  keep(branch, value as JsonObject, rest);
  define(target, name, branch);
}

// A key called `__proto__` is data like any other; assignment would set the prototype.
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
