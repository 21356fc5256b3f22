import { request } from 'undici';

/** Where to send requests, and with which key. */
export interface Target {
  /** Without a slash at the end. */
  readonly url: string;
  /** Sent as a bearer token unless a call says otherwise. */
  readonly key?: string;
}

export interface CallOptions {
  /** Instead of the target's key; null sends no `authorization` at all. */
  readonly key?: string | null;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, with `content-type: application/json` unless `headers` says otherwise. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
}

/** A response, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON; undefined when it is not JSON. */
  readonly body: unknown;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller sees undefined, and `text`.
    return undefined;
  }
}

function withQuery(url: string, query: CallOptions['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) search.append(name, String(value));
  return search.size === 0 ? url : `${url}?${search.toString()}`;
}

const authorization = (key: string | null | undefined): Record<string, string> =>
  key === undefined || key === null ? {} : { authorization: `Bearer ${key}` };

/**
 * Send one request over a socket and read the whole answer; rejects only without a response.
 *
 * @param route method and path with a space between them: `POST /events`
 */
export async function call(
  target: Target,
  route: string,
  options: CallOptions = {},
): Promise<Answer> {
  const [method = '', path = ''] = route.split(/ (.*)/s);
  const payload =
    options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const response = await request(withQuery(`${target.url}${path}`, options.query), {
    method,
    headers: {
      ...authorization(options.key === undefined ? target.key : options.key),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
  });
  const text = await response.body.text();
  return { status: response.statusCode, headers: response.headers, text, body: parse(text) };
}
