import { Problem } from '../domain/problem.ts';
import type { AnswerOf, Handler } from '../calls/handler.ts';
import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';
import type { Committer } from '../ingest/committer.ts';
import type { WriteSpool } from '../ingest/write-spool.ts';
import type { WriteHealth } from '../ingest/write-health.ts';

export interface HealthServices {
  readonly clock: Pick<Clock, 'now' | 'monotonicMs' | 'withLimit'>;
  readonly version: string;
  /** Monotonic milliseconds at which the service began. */
  readonly startedMs: number;
  readonly committer: Pick<Committer, 'stats'>;
  /** How long the event store took to answer, milliseconds: asked once a second at most. */
  readonly pingStore: () => Promise<number>;
  readonly writeHealth: Pick<WriteHealth, 'check'>;
  readonly events: Pick<EventStore, 'wordIndex'>;
  /** null: nothing is kept while the store is away. */
  readonly spool: Pick<WriteSpool, 'stats'> | null;
}

/** Longest that the store may take to answer, milliseconds, before the service calls itself not ready. */
const storeLimitMs = 5_000;
/** Longest that a request may wait to be stored before the queue counts as stuck, milliseconds. */
const stuckMs = 30_000;

export const getHealth: Handler<'getHealth', HealthServices> = async (
  _call,
  { clock, version, startedMs },
) => ({
  status: 'ok',
  version,
  uptime_ms: Math.round(clock.monotonicMs() - startedMs),
  timestamp: new Date(clock.now()).toISOString(),
});

/**
 * Answers 503 with the same numbers when the service cannot do its work. With a spool, it takes events while the store
 * is away: then it is ready until the spool is full.
 */
export const getReadiness: Handler<'getReadiness', HealthServices> = async (_call, services) => {
  const stats = services.committer.stats();
  const store = await checkStore(services);
  const { hours, indexedHours } = services.events.wordIndex();
  const spool = services.spool?.stats();
  const takesEvents = store.ok || (spool !== undefined && spool.bytes < spool.maxBytes);
  const isReady = takesEvents && stats.oldestMs < stuckMs;
  const report: AnswerOf<'getReadiness'> = {
    status: isReady ? 'ready' : 'not_ready',
    store,
    queue: {
      requests: stats.requests,
      bytes: stats.bytes,
      max_bytes: stats.maxBytes,
      oldest_ms: Math.round(stats.oldestMs),
      committed_events: stats.committedEvents,
      refused_requests: stats.refusedRequests,
    },
    ...(spool && {
      spool: {
        requests: spool.requests,
        bytes: spool.bytes,
        max_bytes: spool.maxBytes,
        oldest_ms: Math.round(spool.oldestMs),
      },
    }),
    text_index: { hours, indexed_hours: indexedHours },
  };
  if (!isReady)
    throw new Problem('unavailable', store.error ?? 'The write queue is stuck.', {
      details: report,
    });
  return report;
};

/** Whether the store answers, and takes what is written. */
async function checkStore({
  clock,
  pingStore,
  writeHealth,
}: Pick<HealthServices, 'clock' | 'pingStore' | 'writeHealth'>): Promise<{
  ok: boolean;
  latency_ms: number | null;
  error: string | null;
}> {
  const check = async () => ({
    latencyMs: await pingStore(),
    failure: await writeHealth.check(),
  });
  try {
    const { latencyMs, failure } = await clock.withLimit(
      storeLimitMs,
      check(),
      () => new Error(`no answer within ${storeLimitMs} ms`),
    );
    const latency_ms = Math.round(latencyMs * 10) / 10;
    return { ok: failure === null, latency_ms, error: failure?.message ?? null };
  } catch (error) {
    return {
      ok: false,
      latency_ms: null,
      error: String(error instanceof Error ? error.message : error),
    };
  }
}
