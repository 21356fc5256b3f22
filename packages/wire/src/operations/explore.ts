import type { Operation } from '../operation.ts';
import { rowsPage, rowsQuery } from '../schemas/explore/row.ts';

/** What the web UI asks. */
export const exploreOperations = {
  exploreRows: {
    id: 'exploreRows',
    method: 'POST',
    paths: ['/v1/explore/rows'],
    tag: 'explore',
    summary: 'A page of sessions or events without their payloads, with previews and sums',
    access: 'read',
    scope: 'project',
    body: rowsQuery,
    response: rowsPage,
    errors: ['not_found'],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
