import type { Alert, AlertEdge, AlertResult, Immutable } from 'honeyhive-wire';
import { fillAlert } from './alert-content.ts';
import { edgeRecord, fromGroupKey } from './alert-store.ts';
import type { AlertRun, StoredEdge } from './alert-store.ts';
import { isMuted } from './own-alert.ts';
import type { OwnAlert } from './own-alert.ts';

const toIso = (instant: number): string => new Date(instant).toISOString();
const toIsoOrNull = (instant: number | null): string | null =>
  instant === null ? null : toIso(instant);

/** An alert as it is answered. `madeAt`: when the project was made, for alerts that the settings make. */
export function toWireAlert(
  { id, projectId, input, isStanding, row }: OwnAlert,
  run: AlertRun | null,
  { now, madeAt }: { readonly now: number; readonly madeAt: number },
): Immutable<Alert> {
  const until = typeof input.muted_until === 'number' ? input.muted_until : null;
  const result = run === null ? null : (JSON.parse(run.result) as AlertResult);
  const { createdAt, updatedAt } = row ?? { createdAt: madeAt, updatedAt: madeAt };
  return {
    id,
    project_id: projectId,
    ...fillAlert(input),
    is_muted: isMuted(input, now),
    muted_until: toIsoOrNull(until),
    status: statusOf(input, run, result),
    standing: isStanding,
    created_at: toIso(createdAt),
    updated_at: toIso(updatedAt),
    ...lastTimes(run),
    last_result: result,
  };
}

const lastTimes = (run: AlertRun | null) => ({
  last_run_at: toIsoOrNull(run?.minute ?? null),
  last_triggered_at: toIsoOrNull(run?.lastTriggeredAt ?? null),
  // Not stored by earlier versions.
  last_changed_at: toIsoOrNull(run?.lastChangedAt ?? run?.lastTriggeredAt ?? null),
});

function statusOf(
  { status }: OwnAlert['input'],
  run: AlertRun | null,
  result: AlertResult | null,
): Alert['status'] {
  if (status === 'PAUSED') return 'PAUSED';
  if (result !== null && result.triggered > 0) return 'TRIGGERED';
  return run === null || run.lastTriggeredAt === null ? 'ACTIVE' : 'RESOLVED';
}

export function toWireEdge(edge: StoredEdge): AlertEdge {
  const {
    sequence: id,
    group_key: key,
    project_id: _project,
    alert_id: _alert,
    ...rest
  } = edgeRecord.toLine(edge);
  return { id, group: fromGroupKey(key), ...rest };
}
