import type { Operation } from '../operation.ts';
import { heldUpdates, heldUpdatesDeleted } from './schemas.ts';

/** Updates whose event has not arrived. */
export const heldUpdateOperations = {
  countHeldUpdates: {
    id: 'countHeldUpdates',
    method: 'GET',
    paths: ['/v1/projects/{project_id}/held-updates'],
    tag: 'projects',
    summary: 'Number of held updates of a project, by id or name',
    access: 'read',
    scope: 'organisation',
    response: heldUpdates,
    errors: ['not_found'],
    idempotent: true,
    source: 'ours',
  },
  deleteHeldUpdates: {
    id: 'deleteHeldUpdates',
    method: 'DELETE',
    paths: ['/v1/projects/{project_id}/held-updates'],
    tag: 'projects',
    summary: 'Delete the held updates of a project, by id or name',
    access: 'write',
    scope: 'organisation',
    response: heldUpdatesDeleted,
    errors: ['not_found'],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
