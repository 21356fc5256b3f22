import type { ListedEvent, WireEvent, WireSession } from 'honeyhive-wire';
import type { SessionRollup } from './event-store.ts';
import { isJsonObject, parseBucket } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import type { StoredEvent, Usage } from './stored-event.ts';

/** Names that every event carries beside its own. */
export interface WireNames {
  readonly organisationId: string;
  /** Name of a project by its id. */
  projectName(projectId: string): string;
}

/** An event as it is sent. Source: docs/contract.md, "Answers". */
export function toWireEvent(event: StoredEvent, names: WireNames): WireEvent {
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

/** The root of a session with what its events add up to. Source: docs/contract.md, "Sessions". */
export function toWireSession(
  root: StoredEvent,
  rollup: SessionRollup | null,
  names: WireNames,
): WireSession {
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

/** Only the named fields, dotted ones kept nested; ids stay. Source: docs/contract.md, "Lists". */
export function project(event: WireEvent, fields: readonly string[]): ListedEvent {
  const kept = { event_id: event.event_id, session_id: event.session_id };
  const all: JsonObject = { ...event };
  for (const field of fields) keep(kept, all, field.split('.'));
  return kept;
}

function keep(target: object, source: JsonObject, path: readonly string[]): void {
  const [name, ...rest] = path;
  if (name === undefined || !Object.hasOwn(source, name)) return;
  const value = source[name];
  if (rest.length === 0) define(target, name, value);
  if (rest.length === 0 || !isJsonObject(value)) return;
  const before: unknown = Object.getOwnPropertyDescriptor(target, name)?.value;
  const branch = isJsonObject(before) ? { ...before } : {};
  keep(branch, value, rest);
  define(target, name, branch);
}

// A key called `__proto__` is data like any other; assignment would set the prototype.
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
