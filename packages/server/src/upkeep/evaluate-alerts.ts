import type { Logger } from 'pino';
import { findDueMinutes, minuteMs } from '../alerts/active-alert.ts';
import type { ActiveAlert } from '../alerts/active-alert.ts';
import type { AlertStore } from '../alerts/alert-store.ts';
import { failedChanges } from '../alerts/failed-changes.ts';
import { planJobs } from '../alerts/plan-jobs.ts';
import type { AlertJob } from '../alerts/plan-jobs.ts';
import { readActiveAlerts } from '../alerts/read-active-alerts.ts';
import { runJob } from '../alerts/run-job.ts';
import type { Clock } from '../clock.ts';
import type { EventStore } from '../domain/event-store.ts';
import { QueryTooExpensive } from '../domain/event-store.ts';
import type { ReadTurn } from '../domain/read-turn.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Leases } from '../state/leases.ts';

export interface AlertDeps {
  readonly events: Pick<EventStore, 'readsFor'>;
  readonly metadata: AlertStore & Pick<SettingsStore, 'listSettings'>;
  /** Lets reads take turns with those of requests. */
  readonly readGate: {
    run<Result>(
      owner: { readonly share: string; readonly key: string; readonly isBackground: true },
      gone: AbortSignal,
      work: (turn: ReadTurn) => Promise<Result>,
    ): Promise<Result>;
  };
  readonly leases: Leases;
  readonly clock: Pick<Clock, 'now' | 'monotonicMs' | 'every'>;
  readonly metrics: Pick<Metrics, 'alertRound'>;
  readonly logger: Logger;
}

/** How often it is checked whether a minute has ended. */
const lookMs = 1_000;
const trimMs = 3_600_000;
const dayMs = 86_400_000;
/** How long history and notifications are kept, and how many of a project. */
const keptDays = 90;
const keptOfProject = 100_000;
/** Jobs that read at once: one query of a quiet machine takes all processors. */
const jobsAtOnce = 2;
/** One reader among those of the projects, so that requests go first once it has used more than they. */
const owner = { share: 'alerts', key: 'alerts', isBackground: true } as const;

/**
 * Evaluates the alerts of all projects once for every minute, in one server at a time. What an evaluation comes to is
 * stored shape by shape, each in one transaction with its edges and notifications.
 *
 * @param delayMs how long after its end a minute is evaluated, so that what was in flight has been stored
 * @returns stops it; resolves when the shapes that it is at are done
 */
export function evaluateAlerts(deps: AlertDeps, delayMs: number): () => Promise<void> {
  const { clock, leases, logger } = deps;
  const stopping = new AbortController();
  let round: Promise<unknown> | null = null;
  let last = 0;
  const look = (): void => {
    const minute = Math.floor((clock.now() - delayMs) / minuteMs) * minuteMs;
    if (minute === last || round !== null) return;
    last = minute;
    round = leases
      .run('alerts', (lost) =>
        evaluateUntil(deps, minute, AbortSignal.any([lost, stopping.signal])),
      )
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) logger.error({ err: error }, 'alerts cannot be evaluated');
      })
      .finally(() => {
        round = null;
      });
  };
  const trim = (): void => {
    const before = clock.now() - keptDays * dayMs;
    deps.metadata
      .trimAlerts({ before, mostOfProject: keptOfProject })
      .catch((error: unknown) => logger.error({ err: error }, 'history of alerts is not trimmed'));
  };
  const cancels = [clock.every(lookMs, look), clock.every(trimMs, trim)];
  look();
  return async () => {
    for (const cancel of cancels) cancel();
    stopping.abort();
    await round;
  };
}

/** Evaluates what is due up to a minute, older minutes first. */
export async function evaluateUntil(
  deps: AlertDeps,
  last: number,
  signal: AbortSignal,
): Promise<void> {
  const alerts = await readActiveAlerts(deps.metadata);
  const due = alerts.map((alert) => ({ alert, minutes: findDueMinutes(alert, last) }));
  const minutes = [...new Set(due.flatMap((one) => one.minutes))].toSorted((a, b) => a - b);
  for (const minute of minutes) {
    const some = due.filter((one) => one.minutes.includes(minute)).map(({ alert }) => alert);
    await evaluateMinute(deps, { minute, alerts: some, signal });
  }
}

interface Minute {
  readonly minute: number;
  readonly alerts: readonly ActiveAlert[];
  readonly signal: AbortSignal;
}

async function evaluateMinute(deps: AlertDeps, { minute, alerts, signal }: Minute): Promise<void> {
  const startMs = deps.clock.monotonicMs();
  const jobs = planJobs(alerts, minute);
  const waiting = jobs.values();
  let failed = 0;
  const work = async (): Promise<void> => {
    for (const job of waiting) {
      if (signal.aborted) return;
      if (!(await evaluateJob(deps, job, { minute, signal }))) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: jobsAtOnce }, work));
  const durationMs = deps.clock.monotonicMs() - startMs;
  deps.metrics.alertRound({ alerts: alerts.length, shapes: jobs.length, failed, durationMs });
}

/** @returns false if it failed; unless its queries take too long, it is evaluated again with the next minute */
async function evaluateJob(
  { events, metadata, readGate, clock, logger }: AlertDeps,
  job: AlertJob,
  { minute, signal }: Pick<Minute, 'minute' | 'signal'>,
): Promise<boolean> {
  const moment = { minute, now: clock.now() };
  try {
    const changes = await readGate.run(owner, signal, (turn) =>
      runJob(job, moment, {
        reads: events.readsFor(turn).alerts,
        metadata,
        signal: turn.signal,
      }),
    );
    await metadata.storeChanges(changes);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    if (error instanceof QueryTooExpensive)
      await metadata.storeChanges(failedChanges(job, minute, error.message));
    else logger.warn({ err: error, projectId: job.projectId }, 'an alert could not be evaluated');
    return false;
  }
}
