/** Which pages of other origins may read responses, and which headers their scripts see. WHATWG Fetch, section 3.3. */
export interface Cors {
  /** What to add to an answer. */
  headersFor(request: CorsRequest): Readonly<Record<string, string>>;
  /** What to answer to a browser that asks whether a request may be made; null when it does not ask, or must not. */
  preflightFor(request: CorsRequest): Readonly<Record<string, string>> | null;
}

export interface CorsRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * What answers say that is for scripts: what to name when asking for help, when to come again, and how much more there
 * is.
 */
const exposed = 'x-request-id, retry-after, x-total-count, link';
const methods = 'GET, POST, PUT, PATCH, DELETE';
const maxAgeSeconds = '600';

/** Names of headers with commas between them: nothing else is repeated to the browser. */
const headerNames = /^[\w-]{1,64}(?: ?, ?[\w-]{1,64}){0,63}$/;

/**
 * Cookies are never shared: no answer allows credentials, so that a page elsewhere cannot use a sign-in here.
 *
 * @param setting `none`, `*`, or origins with commas between them
 */
export function createCors(setting: string): Cors {
  const origins: ReadonlySet<string> = new Set(setting === 'none' ? [] : setting.split(','));
  // Without it, a cache would give one page what was meant for another.
  const vary = origins.size === 0 || origins.has('*') ? {} : { vary: 'origin' };
  const allow = ({ headers }: CorsRequest): Record<string, string> | null => {
    const { origin } = headers;
    if (typeof origin !== 'string') return null;
    if (origins.has('*')) return { 'access-control-allow-origin': '*' };
    return origins.has(origin) ? { 'access-control-allow-origin': origin, ...vary } : null;
  };
  return {
    headersFor(request) {
      const allowed = allow(request);
      return allowed === null ? vary : { ...allowed, 'access-control-expose-headers': exposed };
    },
    preflightFor(request) {
      const { method, headers } = request;
      if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined)
        return null;
      const allowed = allow(request);
      const asked = headers['access-control-request-headers'];
      return (
        allowed && {
          ...allowed,
          'access-control-allow-methods': methods,
          'access-control-max-age': maxAgeSeconds,
          ...(typeof asked === 'string' && headerNames.test(asked)
            ? { 'access-control-allow-headers': asked }
            : {}),
        }
      );
    },
  };
}

/** @param before what an answer varies by already */
export const joinVary = (before: unknown, added: string): string => {
  if (typeof before !== 'string' || before === '') return added;
  return before.split(/ *, */).includes(added) ? before : `${before}, ${added}`;
};
