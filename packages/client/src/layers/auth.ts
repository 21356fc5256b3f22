import { HoneyHiveConfigError } from '../errors/errors.ts';
import type { Layer, WireRequest } from '../wire/pipeline.ts';

/** The header that names the caller by the key; none without a key. */
export const authorizationOf = (apiKey: string | null): Readonly<Record<string, string>> =>
  apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };

/** Refuses what needs a key, and names no caller. */
export const auth: Layer = (next) => (request, signal) =>
  request.needsKey && request.headers['authorization'] === undefined
    ? Promise.reject(toKeyless(request))
    : next(request, signal);

const toKeyless = ({ operation }: WireRequest): HoneyHiveConfigError =>
  new HoneyHiveConfigError(
    [`${operation}: no API key; pass apiKey, or set HH_API_KEY`],
    'missing_api_key',
  );
