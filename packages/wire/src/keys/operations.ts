import { z } from 'zod';
import type { Operation } from '../operation.ts';
import { keyCreated, keyIn, keyList, keyRevoked } from './schemas.ts';

/** Keys: who may do what. */
export const keyOperations = {
  listKeys: {
    id: 'listKeys',
    method: 'GET',
    paths: ['/v1/keys'],
    tag: 'keys',
    summary: 'Keys of the organisation, or of the project that the key is bound to; no secrets',
    access: 'write',
    scope: 'organisation',
    response: keyList,
    errors: [],
    idempotent: true,
    source: 'ours',
  },
  createKey: {
    id: 'createKey',
    method: 'POST',
    paths: ['/v1/keys'],
    tag: 'keys',
    summary: 'Make a key; the answer is the only place that ever shows it whole',
    access: 'write',
    scope: 'organisation',
    body: keyIn,
    response: keyCreated,
    errors: ['not_found', 'conflict'],
    idempotent: false,
    source: 'ours',
  },
  revokeKey: {
    id: 'revokeKey',
    method: 'DELETE',
    paths: ['/v1/keys/{key_id}'],
    tag: 'keys',
    summary:
      'End a key and every sign-in with it, within a second; not the one the request is made with',
    access: 'write',
    scope: 'organisation',
    query: z.object({
      descendants: z.enum(['true', 'false']).optional().meta({
        description: '`true`: also the keys that were made with it, and with those. Default false.',
      }),
    }),
    response: keyRevoked,
    errors: ['conflict'],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
