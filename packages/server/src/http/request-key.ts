import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../keys/key-store.ts';

const keys = new WeakMap<FastifyRequest, ApiKey>();

/** Stores the key of a request. */
export const noteKey = (request: FastifyRequest, key: ApiKey): void => void keys.set(request, key);

/** The key a request was made with; undefined before it is authenticated. */
export const keyOf = (request: FastifyRequest): ApiKey | undefined => keys.get(request);
