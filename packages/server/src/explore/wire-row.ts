import type { ExploreRow, ExploreSessionRow, RowMatch as WireMatch } from 'honeyhive-wire';
import type { SessionRollup } from '../domain/event-store.ts';
import type { LightEvent, RowMatch } from '../domain/explore-store.ts';

/** What a row has beside its event. */
interface RowExtras {
  readonly columns: ExploreRow['columns'];
  readonly match: RowMatch | null;
}

const noExtras: RowExtras = { columns: {}, match: null };

/** An event as a row of a list. Zero usage means unknown. */
export const toWireRow = (
  event: LightEvent,
  { columns, match }: RowExtras = noExtras,
): ExploreRow => ({
  event_id: event.eventId,
  session_id: event.sessionId,
  parent_id: event.parentId,
  project_id: event.projectId,
  event_type: event.eventType,
  event_name: event.eventName,
  source: event.source,
  start_time: event.startTime,
  end_time: event.hasEnded ? event.endTime : null,
  duration_ms: event.hasEnded ? event.durationMs : null,
  error: event.error,
  model: event.model || null,
  user: event.user || null,
  input_preview: { text: event.inputPreview, bytes: event.inputsBytes },
  output_preview: { text: event.outputPreview, bytes: event.outputsBytes },
  ...toWireUsage(event),
  cost_source: event.costSource || null,
  feedback: event.feedbackKind || null,
  columns,
  match: toWireMatch(match),
});

function toWireMatch(match: RowMatch | null): WireMatch | null {
  if (match === null) return null;
  const { eventId, ...rest } = match;
  return { event_id: eventId, ...rest };
}

const toWireUsage = (usage: {
  promptTokens: number;
  completionTokens: number;
  totalTokens: number;
  costUsd: number;
}): Pick<ExploreRow, 'prompt_tokens' | 'completion_tokens' | 'total_tokens' | 'cost_usd'> => ({
  prompt_tokens: usage.promptTokens || null,
  completion_tokens: usage.completionTokens || null,
  total_tokens: usage.totalTokens || null,
  cost_usd: usage.costUsd || null,
});

/**
 * The root of a session with what its events add up to; where they add up to nothing, its own numbers stand. It lasts
 * from the earliest start to the latest end of them, whatever the clock of the root.
 */
export function toWireSessionRow(
  root: LightEvent,
  rollup: SessionRollup | null,
  extras: RowExtras = noExtras,
): ExploreSessionRow {
  const sums = rollup ?? { ...noEvents, hasFeedback: root.feedbackKind !== '' };
  const startTime = Math.min(root.startTime, sums.firstStartTime);
  const endTime = Math.max(root.endTime, sums.lastEndTime);
  const hasEnded = root.hasEnded || sums.hasEnded;
  const times = { startTime, endTime, durationMs: endTime - startTime, hasEnded };
  return {
    ...toWireRow({ ...root, ...times }, extras),
    ...toWireUsage({
      promptTokens: sums.promptTokens || root.promptTokens,
      completionTokens: sums.completionTokens || root.completionTokens,
      totalTokens: sums.totalTokens || root.totalTokens,
      costUsd: sums.costUsd || root.costUsd,
    }),
    cost_source: null,
    last_activity: Math.max(root.startTime, sums.lastStartTime),
    event_count: sums.eventCount,
    model_event_count: sums.modelEventCount,
    error_count: sums.errorCount,
    has_feedback: sums.hasFeedback,
    unknown_cost_count: sums.unknownCostCount,
    partial: sums.isPartial,
  };
}

const noEvents = {
  eventCount: 0,
  modelEventCount: 0,
  errorCount: 0,
  firstStartTime: Infinity,
  lastStartTime: 0,
  lastEndTime: 0,
  hasEnded: false,
  isPartial: false,
  promptTokens: 0,
  completionTokens: 0,
  totalTokens: 0,
  costUsd: 0,
  unknownCostCount: 0,
};
