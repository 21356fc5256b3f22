import { limits } from 'honeyhive-wire';
import type { LightEvent } from '../../../domain/explore-store.ts';
import { toCostSource, toEventType, toFeedbackKind } from '../rows/event-row.ts';
import type { RowBinaryCursor } from '../engine/row-binary.ts';

/** Columns of {@link LightEvent}, in the order that {@link readLightEvent} expects. */
export const lightColumns = [
  'project_id',
  'session_id',
  'event_id',
  'parent_id',
  'event_type',
  'event_name',
  'source',
  `substringUTF8(error, 1, ${limits.previewChars})`,
  'start_time',
  'end_time',
  'duration',
  'has_ended',
  'model',
  'user',
  'feedback_kind',
  'input_preview',
  'output_preview',
  'inputs_bytes',
  'outputs_bytes',
  'prompt_tokens',
  'completion_tokens',
  'total_tokens',
  'cost_usd',
  'cost_source',
  'updated_at',
] as const;

/** One row of {@link lightColumns}. */
export const readLightEvent = (cursor: RowBinaryCursor): LightEvent => ({
  projectId: cursor.string(),
  sessionId: cursor.string(),
  eventId: cursor.string(),
  parentId: cursor.nullableString(),
  eventType: toEventType(cursor.string()),
  eventName: cursor.string(),
  source: cursor.string(),
  error: cursor.nullableString(),
  startTime: cursor.float64(),
  endTime: cursor.float64(),
  durationMs: cursor.float64(),
  hasEnded: cursor.uint8() === 1,
  model: cursor.string(),
  user: cursor.string(),
  feedbackKind: toFeedbackKind(cursor.string()),
  inputPreview: cursor.string(),
  outputPreview: cursor.string(),
  inputsBytes: cursor.uint64(),
  outputsBytes: cursor.uint64(),
  promptTokens: cursor.float64(),
  completionTokens: cursor.float64(),
  totalTokens: cursor.float64(),
  costUsd: cursor.float64(),
  costSource: toCostSource(cursor.string()),
  updatedAt: cursor.int64(),
});
