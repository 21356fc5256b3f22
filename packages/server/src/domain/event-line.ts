import { parseDigest } from './event-digest.ts';
import type { JsonObject } from './json-text.ts';
import type { StoredEvent } from './stored-event.ts';
import type { Fields } from './fields.ts';
import { costSources } from './pricing.ts';
import type { CostSource } from './pricing.ts';
import { useBits } from './use-tree.ts';

/** An event as an export keeps it: the names of the wire, the buckets as the exact text that is stored. */
export const fromEvent = (event: StoredEvent): JsonObject => ({
  project_id: event.projectId,
  session_id: event.sessionId,
  event_id: event.eventId,
  version: event.version,
  is_deleted: event.isDeleted,
  event_type: event.eventType,
  event_name: event.eventName,
  parent_id: event.parentId,
  children_ids: event.childrenIds,
  source: event.source,
  error: event.error,
  start_time: event.startTime,
  end_time: event.endTime,
  duration: event.durationMs,
  has_ended: event.hasEnded,
  prompt_tokens: event.promptTokens,
  completion_tokens: event.completionTokens,
  total_tokens: event.totalTokens,
  cost_usd: event.costUsd,
  cost_source: event.costSource,
  repeated_use: event.repeatedUse,
  created_at: event.createdAt,
  updated_at: event.updatedAt,
  config: event.config,
  inputs: event.inputs,
  outputs: event.outputs,
  metadata: event.metadata,
  metrics: event.metrics,
  feedback: event.feedback,
  user_properties: event.user_properties,
  by_organisation: event.isByOrganisation,
  ...(event.apiKeyId === '' ? {} : { api_key_id: event.apiKeyId }),
  origin: event.origin,
  ...(event.sampleRate === 1 ? {} : { sample_rate: event.sampleRate }),
  ...(event.isPartial ? { is_partial: true } : {}),
  // What was read from a payload that is gone cannot be read again.
  ...(event.isEmptied ? { is_emptied: true, model: event.model, user: event.user } : {}),
});

/** What {@link fromEvent} wrote; the digest is made again. @throws {TypeError} naming the field that is wrong */
export function toEvent(fields: Fields): StoredEvent {
  const event = {
    projectId: fields.text('project_id'),
    sessionId: fields.text('session_id'),
    eventId: fields.text('event_id'),
    version: fields.integer('version'),
    isDeleted: fields.boolean('is_deleted'),
    eventType: fields.choice('event_type', ['session', 'model', 'tool', 'chain']),
    eventName: fields.text('event_name'),
    parentId: fields.nullableText('parent_id'),
    childrenIds: fields.texts('children_ids'),
    source: fields.text('source'),
    error: fields.nullableText('error'),
    startTime: fields.number('start_time'),
    endTime: fields.number('end_time'),
    durationMs: fields.number('duration'),
    promptTokens: fields.number('prompt_tokens'),
    completionTokens: fields.number('completion_tokens'),
    totalTokens: fields.number('total_tokens'),
    costUsd: fields.number('cost_usd'),
    costSource: readCostSource(fields),
    repeatedUse: readRepeatedUse(fields),
    createdAt: fields.integer('created_at'),
    updatedAt: fields.integer('updated_at'),
    config: fields.objectText('config'),
    inputs: fields.objectText('inputs'),
    outputs: fields.objectText('outputs'),
    metadata: fields.objectText('metadata'),
    metrics: fields.objectText('metrics'),
    feedback: fields.objectText('feedback'),
    user_properties: fields.objectText('user_properties'),
    // Versions before did not note it, and count as the schema step counts their rows.
    isByOrganisation: fields.has('by_organisation') ? fields.boolean('by_organisation') : true,
    apiKeyId: textOrNone(fields, 'api_key_id'),
    origin: textOrNone(fields, 'origin'),
    sampleRate: fields.has('sample_rate') ? fields.number('sample_rate') : 1,
    isPartial: fields.has('is_partial') && fields.boolean('is_partial'),
    isEmptied: fields.has('is_emptied') && fields.boolean('is_emptied'),
  };
  // Versions before did not note it, and count as the schema step counts their rows.
  const hasEnded = fields.has('has_ended')
    ? fields.boolean('has_ended')
    : event.endTime > event.startTime || event.durationMs > 0 || event.outputs !== '{}';
  const read = event.isEmptied ? { model: fields.text('model'), user: fields.text('user') } : {};
  return { ...event, hasEnded, ...parseDigest(event), ...read };
}

const textOrNone = (fields: Fields, name: string): string =>
  fields.has(name) ? fields.text(name) : '';

/** Versions before did not note it, and count as the schema step counts their rows. */
function readCostSource(fields: Fields): CostSource {
  if (fields.has('cost_source')) return fields.choice('cost_source', ['', ...costSources]);
  if (fields.number('cost_usd') > 0) return 'sender';
  return fields.number('total_tokens') > 0 ? 'unknown' : '';
}

/** Versions before counted every event but the root. */
function readRepeatedUse(fields: Fields): number {
  if (fields.has('repeated_use')) return fields.integer('repeated_use');
  const isRoot = fields.text('event_id') === fields.text('session_id');
  return isRoot ? useBits.tokens | useBits.cost : 0;
}
