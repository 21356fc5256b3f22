import type { Operation } from '../operation.ts';
import { health, readiness } from './schemas.ts';

/** Whether the service works. */
export const healthOperations = {
  getHealth: {
    id: 'getHealth',
    method: 'GET',
    paths: ['/health', '/healthcheck', '/api/v1/health'],
    tag: 'health',
    summary: 'Whether the process is alive',
    access: 'public',
    scope: 'none',
    response: health,
    errors: [],
    idempotent: true,
    source: { section: 'Health' },
  },
  getReadiness: {
    id: 'getReadiness',
    method: 'GET',
    paths: ['/ready'],
    tag: 'health',
    summary: 'Whether the store responds and the queue moves; otherwise 503',
    access: 'public',
    scope: 'none',
    response: readiness,
    errors: ['unavailable'],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
