import type { ExploreRow } from 'honeyhive-wire';

/**
 * What is known of an event before it is loaded: enough for the head of its detail. Nulls stand for what is not known.
 */
export interface EventHead {
  readonly eventId: string;
  readonly sessionId: string;
  /** `session`, `model`, `tool` or `chain`. */
  readonly type: string;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly startTime: number;
  readonly durationMs: number | null;
  readonly isFailed: boolean;
  readonly model: string | null;
  readonly source: string | null;
  readonly user: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  readonly costUsd: number | null;
  /** null if not known here. */
  readonly costSource: ExploreRow['cost_source'];
}

/** What a row of a list knows. */
export const headOfRow = (row: ExploreRow): EventHead => ({
  eventId: row.event_id,
  sessionId: row.session_id,
  type: row.event_type,
  name: row.event_name,
  startTime: row.start_time,
  durationMs: row.duration_ms,
  isFailed: row.error !== null,
  model: row.model,
  source: row.source,
  user: row.user,
  promptTokens: row.prompt_tokens,
  completionTokens: row.completion_tokens,
  totalTokens: row.total_tokens,
  costUsd: row.cost_usd,
  costSource: row.cost_source,
});
