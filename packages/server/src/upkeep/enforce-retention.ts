import type { SettingsStore } from '../settings/settings-store.ts';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';
import { readExpiry } from '../domain/retention.ts';
import type { RetentionSetting } from '../domain/retention.ts';
import type { KnownMarks } from '../ingest/known-marks.ts';
import type { KnownRoots } from '../ingest/known-roots.ts';
import type { UseTrees } from '../ingest/use-trees.ts';
import type { Leases } from '../state/leases.ts';
import type { Metrics } from '../observe/metrics.ts';

export interface RetentionDeps {
  readonly events: Pick<EventStore, 'deleteExpired' | 'emptyExpired'>;
  readonly metadata: Pick<SettingsStore, 'listSettings'>;
  readonly knownRoots: Pick<KnownRoots, 'clear'>;
  readonly knownMarks: Pick<KnownMarks, 'clear'>;
  readonly useTrees: Pick<UseTrees, 'clear'>;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'retention' | 'emptied'>;
  readonly logger: Logger;
}

/**
 * Deletes what is older than the settings of its project allow: now, and then every so often, one project at a time, in
 * one server at a time.
 *
 * @returns stops it; resolves when the project that it is at is done
 */
export function enforceRetention(deps: RetentionDeps, intervalMs: number): () => Promise<void> {
  let isStopped = false;
  let round: Promise<unknown> | null = null;
  const start = (): void => {
    round ??= deps.leases
      .run('retention', (lost) => enforceAll(deps, () => isStopped || lost.aborted))
      .catch((error: unknown) => deps.logger.error({ err: error }, 'retention cannot be read'))
      .finally(() => {
        round = null;
      });
  };
  const cancel = deps.clock.every(intervalMs, start);
  start();
  return async () => {
    isStopped = true;
    cancel();
    await round;
  };
}

async function enforceAll(deps: RetentionDeps, isStopped: () => boolean): Promise<void> {
  for (const { projectId, settings } of await deps.metadata.listSettings()) {
    for (const { setting, enforce, failure } of rules) {
      const before = readExpiry(settings, deps.clock.now(), setting);
      if (isStopped()) return;
      if (before !== null) await tryRule({ deps, enforce, failure }, projectId, before);
    }
  }
}

interface Rule {
  readonly setting: RetentionSetting;
  readonly enforce: (deps: RetentionDeps, projectId: string, before: number) => Promise<void>;
  readonly failure: string;
}

/** What is deleted as a whole need not be emptied before. */
const rules: readonly Rule[] = [
  {
    setting: 'retention_days',
    enforce: deleteSessions,
    failure: 'expired sessions could not be deleted',
  },
  {
    setting: 'payload_retention_days',
    enforce: emptyEvents,
    failure: 'expired payloads could not be deleted',
  },
];

/** A project that fails must not keep the others waiting: its turn comes again. */
async function tryRule(
  { deps, enforce, failure }: Pick<Rule, 'enforce' | 'failure'> & { readonly deps: RetentionDeps },
  projectId: string,
  before: number,
): Promise<void> {
  try {
    await enforce(deps, projectId, before);
  } catch (error) {
    deps.metrics.retention(null);
    deps.logger.error({ ...about(projectId, before), err: error }, failure);
  }
}

const about = (projectId: string, before: number) => ({
  projectId,
  before: new Date(before).toISOString(),
});

async function deleteSessions(
  deps: RetentionDeps,
  projectId: string,
  before: number,
): Promise<void> {
  const { clock, metrics, logger } = deps;
  const startMs = clock.monotonicMs();
  const expired = await deps.events.deleteExpired(projectId, before);
  if (expired.sessionCount === 0) return;
  // Their roots are gone: a late event of one of them has to bring a new one.
  deps.knownRoots.clear();
  deps.knownMarks.clear();
  deps.useTrees.clear();
  const durationMs = Math.round(clock.monotonicMs() - startMs);
  metrics.retention({ ...expired, durationMs });
  logger.info({ ...about(projectId, before), ...expired, durationMs }, 'expired sessions deleted');
}

async function emptyEvents(deps: RetentionDeps, projectId: string, before: number): Promise<void> {
  const { clock, metrics, logger } = deps;
  const startMs = clock.monotonicMs();
  const emptied = await deps.events.emptyExpired(projectId, before);
  if (emptied.eventCount === 0) return;
  const durationMs = Math.round(clock.monotonicMs() - startMs);
  metrics.emptied(emptied.eventCount);
  logger.info({ ...about(projectId, before), ...emptied, durationMs }, 'expired payloads deleted');
}
