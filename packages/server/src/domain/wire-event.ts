import type { ListedEvent, WireEvent, WireSession } from 'honeyhive-wire';
import type { SessionRollup } from './event-store.ts';
import { isJsonObject, parseBucket } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import type { StoredEvent } from './stored-event.ts';

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
    tenant: names.organisationId,
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
  const sums = rollup ?? { ...emptySums, hasFeedback: root.feedback !== '{}' };
  const { eventCount, modelEventCount, errorCount, hasFeedback } = sums;
  return {
    ...toWireEvent(root, names),
    session_name: root.eventName,
    event_count: eventCount,
    error_count: errorCount,
    ...(sums.isPartial ? { partial: true } : {}),
    // What the session itself was given under these names stands.
    metadata: {
      num_events: eventCount,
      num_model_events: modelEventCount,
      has_feedback: hasFeedback,
      cost: sums.costUsd,
      total_tokens: sums.totalTokens,
      prompt_tokens: sums.promptTokens,
      completion_tokens: sums.completionTokens,
      ...parseBucket(root.metadata),
    },
  };
}

const emptySums = {
  eventCount: 0,
  modelEventCount: 0,
  errorCount: 0,
  isPartial: false,
  costUsd: 0,
  totalTokens: 0,
  promptTokens: 0,
  completionTokens: 0,
};

/** Names of fields, each with those below it; null: all of it. */
type FieldTree = Map<string, FieldTree | null>;

/** Keeps only the named fields of events, dotted ones nested; ids stay. Source: docs/contract.md, "Lists". */
export function createProjection(fields: readonly string[]): (event: WireEvent) => ListedEvent {
  const tree: FieldTree = new Map();
  for (const field of fields) addPath(tree, field.split('.'));
  return (event) => {
    const kept = { event_id: event.event_id, session_id: event.session_id };
    keep(kept, { ...event }, tree);
    return kept;
  };
}

function addPath(tree: FieldTree, [name = '', ...rest]: readonly string[]): void {
  const below = tree.get(name);
  if (below === null) return;
  if (rest.length === 0) tree.set(name, null);
  else {
    const branch: FieldTree = below ?? new Map();
    tree.set(name, branch);
    addPath(branch, rest);
  }
}

function keep(target: object, source: JsonObject, tree: FieldTree): void {
  for (const [name, below] of tree) {
    if (!Object.hasOwn(source, name)) continue;
    const value = source[name];
    if (below === null) define(target, name, value);
    else if (isJsonObject(value)) {
      const branch = {};
      keep(branch, value, below);
      define(target, name, branch);
    }
  }
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
