import { RequestClient } from 'honeyhive/fetch';
import type { Fetch, QueryParameters, RequestOptions } from 'honeyhive/fetch';
import type { RequestOf, ResponseOf } from 'honeyhive-wire';
import type { routes } from '../generated/routes.ts';
import { basePath } from '../state/base-path.ts';
import { takeEarlyAnswer } from './early-answers.ts';
import { reportReachable } from './reachability.ts';
import { toRoute } from './route.ts';
import type { PathParams } from './route.ts';

/** What the service gave the page to send back with everything that changes something. */
let csrfToken: string | null = null;

export const setCsrfToken = (token: string | null): void => {
  csrfToken = token;
};

/** Tells at once that the service does not answer: the client tries again for a while before it gives up. */
const fetchAndReport: Fetch = async (url, init) => {
  try {
    const response = await (takeEarlyAnswer(toQuestion(url, init)) ?? fetch(url, init));
    reportReachable(true);
    return response;
  } catch (error) {
    if (init.signal?.aborted !== true) reportReachable(false);
    throw error;
  }
};

const toQuestion = (url: string, { method = 'GET', body }: RequestInit) => ({
  method,
  url,
  ...(typeof body === 'string' ? { body } : {}),
});

/** The service that the page came from. The sign-in rides in a cookie that no script can read. */
const client = new RequestClient({
  baseUrl: `${window.location.origin}${basePath}`,
  fetch: fetchAndReport,
  csrfToken: () => csrfToken,
});

/** An operation that the UI asks. */
export type AskedId = keyof typeof routes;

/** What may be said of any question. */
type AskOptions = Pick<RequestOptions, 'signal' | 'timeout'>;

type Asked<Id extends AskedId> = RequestOf<Id> & AskOptions;

/** A question whose operation is not known to the compiler. */
interface AnyAsked extends AskOptions {
  readonly params?: PathParams;
  readonly query?: QueryParameters;
  readonly body?: unknown;
}

/**
 * Asks the service.
 *
 * @param id name of the operation in the contract, which decides what the request holds and what is answered
 */
export async function ask<Id extends AskedId>(
  id: Id,
  ...request: object extends RequestOf<Id> ? [request?: Asked<Id>] : [request: Asked<Id>]
): Promise<ResponseOf<Id>>;
export async function ask(
  id: AskedId,
  { params, query, body, ...options }: AnyAsked = {},
): Promise<unknown> {
  const { method, path } = toRoute(id, params);
  return askPath(method, path, { ...options, params: query, json: body });
}

/** Asks for a path that is there already, as {@link toRoute} makes it. */
export async function askPath(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<unknown> {
  return (await client.request(method, path, options)).data;
}
