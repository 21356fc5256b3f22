import type { IncomingHttpHeaders } from 'node:http';
import type { Issue } from 'honeyhive-wire';

/** What is known of the service's own origin when a request comes. */
export interface OwnOrigin {
  /** Origin of the service for browsers; null when nobody said. */
  readonly publicUrl: URL | null;
  /** Whether the request is known to have come over TLS. */
  readonly isSecure: boolean;
}

/**
 * Why a request counts as one of a page of another origin; null when it does not, and for programs, which send neither
 * header. Browsers send `sec-fetch-site` to TLS and loopback alone, but `origin` with everything that changes
 * something: where there is one it has to be ours, whatever the other header says.
 *
 * @param headers `origin` and `sec-fetch-site` cannot be set by pages
 */
export function findForeignPage(
  headers: Pick<IncomingHttpHeaders, 'host' | 'origin' | 'sec-fetch-site'>,
  own: OwnOrigin,
): Issue | null {
  const { origin, host = '', 'sec-fetch-site': site } = headers;
  if (origin !== undefined && !isOwn(origin, host, own)) {
    return { field: 'origin', message: `expected that of this service${hint(own, host)}` };
  }
  const isOurs = site === undefined || site === 'same-origin' || site === 'none';
  return isOurs ? null : { field: 'sec-fetch-site', message: 'expected same-origin' };
}

const hint = ({ publicUrl }: OwnOrigin, host: string): string =>
  publicUrl === null
    ? `, ${host.slice(0, 200)}; when a proxy is before it, set HH_PUBLIC_URL`
    : `, ${publicUrl.origin}`;

function isOwn(origin: string, host: string, { publicUrl, isSecure }: OwnOrigin): boolean {
  if (publicUrl !== null && origin === publicUrl.origin) return true;
  const page = parse(origin);
  // `null`, from pages without an origin, is no URL.
  if (page === null || page.origin !== origin) return false;
  // By its scheme, so that a default port counts as one that is left out.
  const here = parse(`${page.protocol}//${host}`);
  if (here === null || here.host !== page.host) return false;
  if (publicUrl !== null) return here.hostname !== publicUrl.hostname;
  return !isSecure || page.protocol === 'https:';
}

function parse(url: string): URL | null {
  return /^https?:\/\/[^/?#\\@\s]+$/.test(url) && URL.canParse(url) ? new URL(url) : null;
}
