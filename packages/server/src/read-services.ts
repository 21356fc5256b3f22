import type { Clock } from './clock.ts';
import type { ServerConfig } from './config.ts';
import type { MetadataStore } from './open-metadata.ts';
import { createRateLimits } from './fairness/rate-limits.ts';
import { createReadGate } from './fairness/read-gate.ts';
import { createLiveStreams } from './live/live-streams.ts';
import { createSharedTicks } from './live/shared-ticks.ts';
import type { TickFrame } from './live/shared-ticks.ts';
import { createSignIns } from './auth/sign-ins.ts';
import type { Metrics } from './observe/metrics.ts';

/**
 * Requests that read: how many run and wait. A screen of the UI sends about ten at once; those of one project that run
 * leave room for those of others.
 */
const gateLimits = {
  running: 8,
  runningOfShare: 6,
  waitingOfKey: 128,
  waitingOfShare: 256,
  waiting: 1_024,
};
const maxReadWaitMs = 10_000;

/** What lets requests that read take turns, and what lasts longer than a request. */
export function createReadServices(
  config: ServerConfig,
  {
    metadata,
    clock,
    metrics,
    serverCount,
  }: {
    readonly metadata: MetadataStore;
    readonly clock: Clock;
    readonly metrics: Metrics;
    readonly serverCount: () => number;
  },
) {
  const readGate = createReadGate({
    clock,
    limits: gateLimits,
    maxWaitMs: maxReadWaitMs,
    timeoutMs: config.queryTimeoutMs,
    onRefused: (by) => metrics.refused('reads', by),
    onStarted: metrics.readWaited,
  });
  const signIns = createSignIns(metadata, clock, config.basePath);
  const live = createLiveStreams({
    clock,
    metadata,
    signIns,
    onRefused: (by) => metrics.refused('streams', by),
  });
  const rateLimits = createRateLimits({
    clock,
    rates: {
      requests: {
        key: config.rateLimitPerKey,
        project: config.rateLimitPerProject,
        organisation: config.rateLimitTotal,
      },
      events: {
        key: config.eventLimitPerKey,
        project: config.eventLimitPerProject,
        organisation: config.eventLimitTotal,
      },
    },
    serverCount,
    onRefused: metrics.refused,
  });
  return { readGate, rateLimits, signIns, live, tailTicks: createSharedTicks<TickFrame>(clock) };
}
