import { z } from 'zod';
import type { Operation } from '../operation.ts';
import { keyCreated, keyIn, keyList, keyRevoked } from './schemas.ts';

/** API keys. */
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
    summary: 'Create a key; only this response contains the whole key',
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
    summary: 'Revoke a key and its sign-ins, within a second; not the key of the request',
    access: 'write',
    scope: 'organisation',
    query: z.object({
      descendants: z.enum(['true', 'false']).optional().meta({
        description: '`true`: also its descendants, the keys created with it. Default false.',
      }),
    }),
    response: keyRevoked,
    errors: ['conflict'],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
