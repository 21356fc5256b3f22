import type { Core } from './call/core.ts';
import { HoneyHiveConfigError } from './errors/errors.ts';
import { createFetchCore } from './fetch-core.ts';
import type { FetchOptions } from './fetch-options.ts';
import type { ResponseTo, RestOf } from './methods/known-request.ts';
import { sendRequest } from './methods/raw-request.ts';
import type { ApiResponse, RequestOptions } from './methods/raw-request.ts';

/** What answers in test mode is a part of the client that is left out here. */
function refuseTestMode(): never {
  throw new HoneyHiveConfigError(
    ['testMode is not available in RequestClient; use HoneyHive'],
    'invalid_options',
  );
}

/**
 * Client on `fetch` with nothing but {@link RequestClient.request}: two thirds of the code, and without test mode, for
 * pages that count it.
 *
 * @example
 * ```ts
 * import { RequestClient } from 'honeyhive/fetch';
 *
 * const client = new RequestClient({ apiKey: process.env['HH_API_KEY'], baseUrl: process.env['HH_API_URL'] });
 * console.log((await client.request('GET', '/health')).data);
 * ```
 */
export class RequestClient {
  readonly #core: Core;

  /**
   * Opens no connection.
   *
   * @throws {HoneyHiveConfigError} with all problems of the options and the environment
   */
  constructor(options?: FetchOptions) {
    this.#core = createFetchCore(options, refuseTestMode).core;
  }

  /**
   * Send a request to the service, with the same retries, deadline and errors as `request` of `HoneyHive`.
   *
   * @param method such as `GET`
   * @param path relative to the base URL, with a leading slash
   */
  request<Method extends string, Path extends string>(
    method: Method,
    path: Path,
    ...rest: RestOf<Method, Path>
  ): Promise<ResponseTo<Method, Path>>;
  request(method: string, path: string, options?: RequestOptions): Promise<ApiResponse> {
    return sendRequest(this.#core, { method, path }, options);
  }

  /** Refuses further requests and waits for those in flight. */
  close(): Promise<void> {
    return this.#core.close(Promise.resolve());
  }
}
