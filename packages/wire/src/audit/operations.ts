import { z } from 'zod';
import { limits } from 'honeyhive-facts';
import type { Operation } from '../operation.ts';
import { auditPage } from './schemas.ts';

/** The audit log. */
export const auditOperations = {
  listAudit: {
    id: 'listAudit',
    method: 'GET',
    paths: ['/v1/audit'],
    tag: 'audit',
    summary:
      'Keys, projects, settings, sign-ins and deletions: who changed what, newest first; requires an organisation key with full access',
    access: 'write',
    scope: 'organisation',
    query: z.object({
      before: z
        .string()
        .regex(/^\d{1,15}$/, 'expected the `next` of a page')
        .optional()
        .meta({
          description: '`next` of the page before.',
        }),
      limit: z
        .string()
        .regex(/^\d{1,9}$/, 'expected a number')
        .optional()
        .meta({ description: `1 to ${limits.auditPage}. Default 100.` }),
    }),
    response: auditPage,
    errors: [],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
