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
  const apart = new Set<string>();
  let round: Promise<unknown> | null = null;
  let last = 0;
  const look = (): void => {
    const minute = Math.floor((clock.now() - delayMs) / minuteMs) * minuteMs;
    if (minute === last || round !== null) return;
    last = minute;
    round = leases
      .run('alerts', (lost) =>
        evaluateUntil(deps, minute, {
          signal: AbortSignal.any([lost, stopping.signal]),
          apart,
        }),
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

export interface Rounds {
  readonly signal: AbortSignal;
  /** Projects whose shapes could not be read together: from then on, each of them is on its own. */
  readonly apart: Set<string>;
}

/** Evaluates what is due up to a minute, older minutes first. */
export async function evaluateUntil(deps: AlertDeps, last: number, rounds: Rounds): Promise<void> {
  const alerts = await readActiveAlerts(deps.metadata);
  const due = alerts.map((alert) => ({ alert, minutes: findDueMinutes(alert, last) }));
  const minutes = [...new Set(due.flatMap((one) => one.minutes))].toSorted((a, b) => a - b);
  for (const minute of minutes) {
    const some = due.filter((one) => one.minutes.includes(minute)).map(({ alert }) => alert);
    await evaluateMinute(deps, { ...rounds, minute }, some);
  }
}

interface Minute extends Rounds {
  readonly minute: number;
}

async function evaluateMinute(
  deps: AlertDeps,
  minute: Minute,
  alerts: readonly ActiveAlert[],
): Promise<void> {
  const startMs = deps.clock.monotonicMs();
  const jobs = planJobs(alerts, minute.minute, minute.apart);
  const waiting = jobs.values();
  let failed = 0;
  const work = async (): Promise<void> => {
    for (const job of waiting) failed += await evaluateJob(deps, job, minute);
  };
  await Promise.all(Array.from({ length: jobsAtOnce }, work));
  const durationMs = deps.clock.monotonicMs() - startMs;
  deps.metrics.alertRound({ alerts: alerts.length, shapes: countShapes(jobs), failed, durationMs });
}

const countShapes = (jobs: readonly AlertJob[]): number =>
  jobs.reduce((sum, job) => sum + (job.kind === 'window' ? job.shapes.length : 1), 0);

/**
 * One that fails is evaluated again with the next minute, unless its queries take too long. Shapes that cannot be read
 * together are read one by one, so that none is without alerts because of another.
 *
 * @returns how many shapes failed
 */
async function evaluateJob(deps: AlertDeps, job: AlertJob, minute: Minute): Promise<number> {
  const { signal, apart } = minute;
  if (signal.aborted) return 0;
  try {
    await evaluate(deps, job, minute);
    return 0;
  } catch (error) {
    if (signal.aborted) return 0;
    if (job.kind === 'single' || job.shapes.length === 1) {
      await giveUp(deps, job, { minute: minute.minute, error });
      return 1;
    }
    if (error instanceof QueryTooExpensive) apart.add(job.projectId);
    let failed = 0;
    for (const shape of job.shapes)
      failed += await evaluateJob(deps, { ...job, shapes: [shape] }, minute);
    return failed;
  }
}

async function evaluate(
  { events, metadata, readGate, clock }: AlertDeps,
  job: AlertJob,
  { minute, signal }: Minute,
): Promise<void> {
  const moment = { minute, now: clock.now() };
  const changes = await readGate.run(owner, signal, (turn) =>
    runJob(job, moment, { reads: events.readsFor(turn).alerts, metadata, signal: turn.signal }),
  );
  await metadata.storeChanges(changes);
}

async function giveUp(
  { metadata, logger }: AlertDeps,
  job: AlertJob,
  { minute, error }: { readonly minute: number; readonly error: unknown },
): Promise<void> {
  if (error instanceof QueryTooExpensive)
    await metadata.storeChanges(failedChanges(job, minute, error.message));
  else logger.warn({ err: error, projectId: job.projectId }, 'an alert could not be evaluated');
}
