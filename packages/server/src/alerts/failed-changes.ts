import type { AlertResult } from 'honeyhive-wire';
import type { AlertChange } from './alert-store.ts';
import { alertsOf } from './plan-jobs.ts';
import type { AlertJob } from './plan-jobs.ts';

const noResult: AlertResult = {
  value: null,
  count: 0,
  groups: 0,
  triggered: 0,
  left_out: 0,
  error: null,
};

/** The outcome for the alerts of a job that takes too long: their states stay, and they say why. */
export function failedChanges(job: AlertJob, minute: number, error: string): AlertChange[] {
  return alertsOf(job).map(({ own, run }) => {
    const before = run === null ? noResult : (JSON.parse(run.result) as AlertResult);
    return {
      run: {
        projectId: own.projectId,
        alertId: own.id,
        minute,
        result: JSON.stringify({ ...before, error }),
        lastTriggeredAt: run?.lastTriggeredAt ?? null,
        lastChangedAt: run?.lastChangedAt ?? null,
      },
      updatedAt: own.row?.updatedAt ?? null,
      states: [],
      gone: [],
      edges: [],
      notifications: [],
    };
  });
}
