import type { Immutable, ProjectSettings } from 'honeyhive-wire';
import { readSamplingRules } from '../domain/sampling-rules.ts';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import type { Project } from '../projects/project-store.ts';

/** Keys of the answer that are not settings; a client that sends back what it read must not store them. */
const answerKeys = new Set(['project', 'alert_states', 'updated_at']);

/** Settings after a change: top-level keys replace, alert thresholds merge one by one, null removes a threshold. */
export function mergeSettings(before: JsonObject, change: JsonObject): Record<string, unknown> {
  const given = Object.fromEntries(
    Object.entries(change).filter(([key, value]) => !answerKeys.has(key) && value !== undefined),
  );
  if (!('alert_thresholds' in given)) return { ...before, ...given };
  const old = isJsonObject(before['alert_thresholds']) ? before['alert_thresholds'] : {};
  const changed = isJsonObject(given['alert_thresholds']) ? given['alert_thresholds'] : null;
  const merged =
    changed === null
      ? []
      : Object.entries({ ...old, ...changed }).filter(([, value]) => value !== null);
  return { ...before, ...given, alert_thresholds: Object.fromEntries(merged) };
}

/** Settings as they are sent, defaults filled in. Source: docs/contract.md, "Settings". */
export function toWireSettings(
  project: Project,
  {
    settings,
    updatedAt,
    alertStates,
  }: {
    readonly settings: JsonObject;
    readonly updatedAt: number | null;
    readonly alertStates: Immutable<ProjectSettings['alert_states']>;
  },
): Immutable<ProjectSettings> {
  const { bySource, byType, keepsErrors, keepsFeedback } = readSamplingRules(settings);
  return {
    sampling_rate: 1,
    retention_days: null,
    payload_retention_days: null,
    alert_thresholds: {},
    ...settings,
    alert_states: alertStates,
    sampling_by_source: Object.fromEntries(bySource),
    sampling_by_event_type: Object.fromEntries(byType),
    keep_errors: keepsErrors,
    keep_feedback: keepsFeedback,
    project: project.name,
    updated_at: new Date(updatedAt ?? project.createdAt).toISOString(),
  };
}
