import { RequestClient } from 'honeyhive/fetch';
import type { Fetch, RequestOptions } from 'honeyhive/fetch';
import { basePath } from '../state/base-path.ts';
import { takeEarlyAnswer } from './early-answers.ts';
import { reportReachable } from './reachability.ts';

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

/**
 * Asks the service.
 *
 * @param call method and path, as `POST /v1/explore/rows`
 * @returns the answer's data; its shape is that of the operation in `honeyhive-wire`, which the caller names
 */
export async function ask<Answer>(call: string, options: RequestOptions = {}): Promise<Answer> {
  const [method = '', path = ''] = call.split(' ');
  const { data } = await client.request(method, path, options);
  return data as Answer;
}
