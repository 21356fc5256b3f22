import type { Immutable, ProjectSettings } from 'honeyhive-wire';
import type { AlertStore } from './alert-store.ts';
import { toOwnAlerts } from './own-alert.ts';
import { toWireAlert } from './wire-alert.ts';
import type { JsonObject } from '../domain/json-text.ts';
import type { Project } from '../projects/project-store.ts';

/** State of the alerts that settings make, by the name of their threshold. */
export async function readStandingStates(
  { project, settings, now }: { project: Project; settings: JsonObject; now: number },
  metadata: Pick<AlertStore, 'listAlerts' | 'listRuns'>,
): Promise<Immutable<ProjectSettings['alert_states']>> {
  const standing = toOwnAlerts(project.id, await metadata.listAlerts(project.id), settings).filter(
    ({ isStanding }) => isStanding,
  );
  if (standing.length === 0) return {};
  const runs = await metadata.listRuns(project.id);
  return Object.fromEntries(
    standing.map((alert) => {
      const run = runs.find(({ alertId }) => alertId === alert.id) ?? null;
      const wire = toWireAlert(alert, run, { now, madeAt: project.createdAt });
      const { status, last_run_at, last_triggered_at, last_result: result } = wire;
      const value = result?.value ?? null;
      return [alert.id, { status, value, last_run_at, last_triggered_at }];
    }),
  );
}
