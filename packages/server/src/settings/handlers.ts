import type { SettingsIn } from 'honeyhive-wire';
import type { AlertStore } from '../alerts/alert-store.ts';
import { readStandingStates } from '../alerts/standing-states.ts';
import type { Project } from '../projects/project-store.ts';
import { mergeSettings, toWireSettings } from './project-settings.ts';
import type { Pricing } from '../domain/pricing.ts';
import { invalid } from '../domain/problem.ts';
import { findSettingsIssues } from './settings-limits.ts';
import type { Handler } from '../calls/handler.ts';
import type { Clock } from '../clock.ts';
import type { SamplingRates } from '../ingest/sampling-rates.ts';
import type { SettingsStore } from './settings-store.ts';

export interface SettingsServices {
  readonly metadata: Pick<SettingsStore, 'readSettings' | 'changeSettings'> &
    Pick<AlertStore, 'listAlerts' | 'listRuns'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly samplingRates: Pick<SamplingRates, 'evict'>;
  readonly pricing: Pick<Pricing, 'evict'>;
}

export const getProjectSettings: Handler<'getProjectSettings', SettingsServices> = async (
  call,
  { metadata, clock },
) => {
  const project = await call.access.project(call.params.project_id);
  return answer(project, await metadata.readSettings(project.id), { metadata, clock });
};

export const updateProjectSettings: Handler<'updateProjectSettings', SettingsServices> = async (
  call,
  { metadata, clock, samplingRates, pricing },
) => {
  const project = await call.access.project(call.params.project_id);
  const change: SettingsIn = call.body;
  const stored = await metadata.changeSettings(
    project.id,
    (before) => {
      const after = mergeSettings(before, change);
      const issues = findSettingsIssues(before, after);
      if (issues.length > 0) throw invalid(issues);
      return after;
    },
    clock.now(),
  );
  samplingRates.evict(project.id);
  pricing.evict(project.id);
  return answer(project, stored, { metadata, clock });
};

async function answer(
  project: Project,
  { settings, updatedAt }: Awaited<ReturnType<SettingsStore['readSettings']>>,
  { metadata, clock }: Pick<SettingsServices, 'metadata' | 'clock'>,
) {
  const about = { project, settings, now: clock.now() };
  const alertStates = await readStandingStates(about, metadata);
  return toWireSettings(project, { settings, updatedAt, alertStates });
}
