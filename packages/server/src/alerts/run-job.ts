import type { AlertChange, AlertStore, StoredState } from './alert-store.ts';
import { fromGroupKey } from './alert-store.ts';
import type { Moment } from './build-change.ts';
import { judgeSingle, toEventSubject, toSessionSubject } from './judge-single.ts';
import type { Subject } from './judge-single.ts';
import { judgeWindow } from './judge-window.ts';
import type { AlertJob, SingleJob, WindowJob } from './plan-jobs.ts';
import { minuteMs } from './active-alert.ts';
import type { AlertReads, Found } from '../domain/alert-reads.ts';

export interface JobServices {
  readonly reads: AlertReads;
  readonly metadata: Pick<AlertStore, 'listStates'>;
  readonly signal: AbortSignal;
}

/** Events and sessions of one alert that fire in one minute; the others are counted. */
const mostOfMinute = 100;

/** Reads what a job is about, and says what it changes; nothing is stored. */
export const runJob = (
  job: AlertJob,
  moment: Moment,
  services: JobServices,
): Promise<AlertChange[]> =>
  job.kind === 'window' ? runWindow(job, moment, services) : runSingle(job, moment, services);

async function runWindow(
  job: WindowJob,
  moment: Moment,
  { reads, metadata, signal }: JobServices,
): Promise<AlertChange[]> {
  const { query, before, projectId, alerts } = job;
  const [current, earlier] = [
    await reads.readWindow(query, signal),
    before === null ? null : await reads.readWindow({ ...query, span: before }, signal),
  ];
  const states = await statesOf(
    metadata,
    projectId,
    alerts.map(({ own }) => own.id),
  );
  return alerts.map((alert) =>
    judgeWindow(
      alert,
      { query, readings: { current, before: earlier } },
      { ...moment, states: states.get(alert.own.id) ?? new Map<string, StoredState>() },
    ),
  );
}

async function runSingle(
  { alert, projectId }: SingleJob,
  moment: Moment,
  { reads, metadata, signal }: JobServices,
): Promise<AlertChange[]> {
  const { own, rule } = alert;
  const all = await statesOf(metadata, projectId, [own.id]);
  const states = all.get(own.id) ?? new Map<string, StoredState>();
  const query = {
    projectId,
    filters: rule.filters,
    // A minute more than has passed: what was being stored at the end of the last one is found, too.
    time: { sinceMs: moment.minute - 2 * minuteMs },
    known: [...states.keys()].map((key) => fromGroupKey(key) ?? ''),
    limit: mostOfMinute,
  };
  const subjects = await findSubjects(rule, query, { reads, signal, minute: moment.minute });
  return [judgeSingle(alert, subjects, { ...moment, states })];
}

async function findSubjects(
  rule: SingleJob['alert']['rule'],
  query: Omit<Parameters<AlertReads['readLoops']>[0], 'loop'>,
  { reads, signal, minute }: Pick<JobServices, 'reads' | 'signal'> & { readonly minute: number },
): Promise<Found<Subject>> {
  if (rule.kind === 'loop') {
    const { loop } = rule;
    const { found, total } = await reads.readLoops({ ...query, loop }, signal);
    return { found: found.flatMap((use) => toSessionSubject(use, loop, minute) ?? []), total };
  }
  const { measure, alarm } = rule;
  const thresholds = [alarm.critical, ...(alarm.warning === null ? [] : [alarm.warning])];
  const { found, total } = await reads.readArrived({ ...query, measure, thresholds }, signal);
  return { found: found.map((event) => toEventSubject(event, alarm)), total };
}

/** States by alert, then by group. */
async function statesOf(
  metadata: JobServices['metadata'],
  projectId: string,
  alertIds: readonly string[],
): Promise<Map<string, Map<string, StoredState>>> {
  const byAlert = new Map<string, Map<string, StoredState>>();
  for (const state of await metadata.listStates({ projectId, alertIds })) {
    const states = byAlert.get(state.alertId) ?? new Map<string, StoredState>();
    byAlert.set(state.alertId, states.set(state.groupKey, state));
  }
  return byAlert;
}
