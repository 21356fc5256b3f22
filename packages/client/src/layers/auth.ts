import { HoneyHiveConfigError } from '../errors/errors.ts';
import type { Layer, WireRequest } from '../wire/pipeline.ts';

/** Names the caller by the key. An `authorization` header that the caller gave wins. */
export const auth = (apiKey: string | null): Layer => {
  const authorization = apiKey === null ? null : `Bearer ${apiKey}`;
  return (next) => (request, signal) => {
    if (request.headers['authorization'] !== undefined) return next(request, signal);
    if (authorization !== null) {
      const headers = { ...request.headers, authorization };
      return next({ ...request, headers }, signal);
    }
    return request.needsKey ? Promise.reject(toKeyless(request)) : next(request, signal);
  };
};

const toKeyless = ({ operation }: WireRequest): HoneyHiveConfigError =>
  new HoneyHiveConfigError(
    [`${operation}: no API key; pass apiKey, or set HH_API_KEY`],
    'missing_api_key',
  );
