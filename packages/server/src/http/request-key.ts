import type { ApiKey } from '../keys/key-store.ts';

const keys = new WeakMap<object, ApiKey>();

/** Stores the key of a request. */
export const noteKey = (request: object, key: ApiKey): void => void keys.set(request, key);

/** The key a request was made with; undefined before it is authenticated. */
export const keyOf = (request: object): ApiKey | undefined => keys.get(request);
