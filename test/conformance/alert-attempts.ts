import type { Attempt, Victim } from './victim.ts';

/** An alert to make. */
export const slowCalls = {
  name: 'slow calls',
  alert_type: 'AGGREGATE',
  aggregation: 'P95',
  projections: ['duration'],
  window: '5m',
  minimum_sample_size: 10,
  thresholds: {
    critical: { operator: 'greater_than', value: 4_000 },
    warning: { operator: 'greater_than', value: 2_000 },
    resolved: { operator: 'less_than', value: 1_500 },
  },
} as const;

const ofProject = ({ projectId }: Victim) => ({ params: { project_id: projectId } });
const ofAlert = ({ projectId, alertId }: Victim) => ({
  params: { project_id: projectId, alert_id: alertId },
});

/** Attempts on the alerts of another project. */
export const alertAttempts = {
  listAlerts: { foreign: 'not found', namesProject: true, aim: ofProject },
  createAlert: {
    foreign: 'not found',
    namesProject: true,
    aim: (victim) => ({ ...ofProject(victim), body: slowCalls }),
  },
  backtestAlert: {
    foreign: 'not found',
    namesProject: true,
    aim: (victim) => ({ ...ofProject(victim), body: { ...slowCalls, group_by: 'metadata.owner' } }),
  },
  getAlert: { foreign: 'not found', namesProject: true, aim: ofAlert },
  saveAlert: {
    foreign: 'not found',
    namesProject: true,
    aim: (victim) => ({ ...ofAlert(victim), body: slowCalls }),
  },
  updateAlert: {
    foreign: 'not found',
    namesProject: true,
    aim: (victim) => ({ ...ofAlert(victim), body: { status: 'ACTIVE' } }),
  },
  deleteAlert: { foreign: 'not found', namesProject: true, aim: ofAlert },
  getAlertHistory: { foreign: 'not found', namesProject: true, aim: ofAlert },
  getAlertGroups: { foreign: 'not found', namesProject: true, aim: ofAlert },
} as const satisfies Readonly<Record<string, Attempt>>;
