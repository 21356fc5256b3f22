import type { Operation } from '../operation.ts';
import { projectQuery, success } from '../shapes.ts';
import { view, viewIn, viewList } from './schemas.ts';

/** Saved views of a project. */
export const viewOperations = {
  listViews: {
    id: 'listViews',
    method: 'GET',
    paths: ['/v1/explore/views'],
    tag: 'explore',
    summary: 'Saved views of a project, by name',
    access: 'read',
    scope: 'project',
    query: projectQuery,
    response: viewList,
    errors: [],
    idempotent: true,
    source: 'ours',
  },
  saveView: {
    id: 'saveView',
    method: 'PUT',
    paths: ['/v1/explore/views/{view_id}'],
    tag: 'explore',
    summary: 'Create or replace a view under an id chosen by the caller',
    access: 'write',
    scope: 'project',
    query: projectQuery,
    body: viewIn,
    response: view,
    errors: ['conflict'],
    idempotent: true,
    source: 'ours',
  },
  deleteView: {
    id: 'deleteView',
    method: 'DELETE',
    paths: ['/v1/explore/views/{view_id}'],
    tag: 'explore',
    summary: 'Delete a saved view',
    access: 'write',
    scope: 'project',
    query: projectQuery,
    response: success,
    errors: [],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
