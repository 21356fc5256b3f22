import { HoneyHiveConfigError } from '../errors/errors.ts';
import type { Layer } from '../wire/pipeline.ts';

/** Names the caller by the key. An `authorization` header that the caller gave wins. */
export const auth =
  (apiKey: string | null): Layer =>
  (next) =>
  async (request, signal) => {
    if (request.headers['authorization'] !== undefined) return next(request, signal);
    if (apiKey !== null) {
      const headers = { ...request.headers, authorization: `Bearer ${apiKey}` };
      return next({ ...request, headers }, signal);
    }
    if (request.needsKey) {
      throw new HoneyHiveConfigError(
        [`${request.operation}: no API key; pass apiKey, or set HH_API_KEY`],
        'missing_api_key',
      );
    }
    return next(request, signal);
  };
