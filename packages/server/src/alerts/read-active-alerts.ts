import type { ActiveAlert } from './active-alert.ts';
import type { AlertStore, StoredAlert } from './alert-store.ts';
import { toOwnAlerts } from './own-alert.ts';
import { readRule } from './read-rule.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

/** All alerts of all projects that are to be evaluated. */
export async function readActiveAlerts(
  metadata: Pick<AlertStore, 'listAlerts' | 'listRuns'> & Pick<SettingsStore, 'listSettings'>,
): Promise<ActiveAlert[]> {
  const [stored, settings, runs] = await Promise.all([
    metadata.listAlerts(null),
    metadata.listSettings(),
    metadata.listRuns(null),
  ]);
  const rows = new Map<string, StoredAlert[]>();
  for (const row of stored) {
    const ofProject = rows.get(row.projectId);
    if (ofProject) ofProject.push(row);
    else rows.set(row.projectId, [row]);
  }
  const settingsOf = new Map(settings.map((one) => [one.projectId, one.settings]));
  const runOf = new Map(runs.map((run) => [`${run.projectId} ${run.alertId}`, run]));
  const projectIds = new Set([...rows.keys(), ...settingsOf.keys()]);
  return [...projectIds]
    .flatMap((id) => toOwnAlerts(id, rows.get(id) ?? [], settingsOf.get(id) ?? {}))
    .filter(({ input }) => input.status !== 'PAUSED')
    .flatMap((own): ActiveAlert[] => {
      const rule = readRule(own.input);
      if ('issues' in rule) return [];
      return [{ own, rule, run: runOf.get(`${own.projectId} ${own.id}`) ?? null }];
    });
}
