import type { Operation } from '../operation.ts';
import { settings, settingsIn } from './schemas.ts';

/** Settings of a project. */
export const settingsOperations = {
  getProjectSettings: {
    id: 'getProjectSettings',
    method: 'GET',
    paths: ['/v1/projects/{project_id}/settings'],
    tag: 'settings',
    summary: 'Sampling, retention and alert thresholds of a project, by id or name',
    access: 'read',
    scope: 'organisation',
    response: settings,
    errors: [],
    idempotent: true,
    source: { section: 'Settings' },
  },
  updateProjectSettings: {
    id: 'updateProjectSettings',
    method: 'PUT',
    paths: ['/v1/projects/{project_id}/settings'],
    tag: 'settings',
    summary: 'Merge settings into those of a project, by id or name',
    access: 'write',
    scope: 'organisation',
    body: settingsIn,
    response: settings,
    errors: [],
    idempotent: true,
    source: { section: 'Settings' },
  },
} as const satisfies Record<string, Operation>;
