import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { NetworkGuard } from './network-guard.ts';

/**
 * What is wrong with the URL of a destination; null if nothing is. A name is resolved, and checked again, whenever
 * something is sent to it.
 */
export function findUrlFault(text: string, guard: NetworkGuard): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    return 'expected a URL with http or https, such as https://example.com/hooks';
  if (url.username !== '' || url.password !== '')
    return 'must hold no user name and password: verify the signature instead';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !guard.allows(host))
    return 'expected a public address: private ones have to be in HH_ALERT_ALLOWED_NETWORKS';
  return null;
}

/** Scheme and host; what follows is a secret of many services. */
export function maskUrl(text: string): string {
  const { origin, pathname, search, hash } = new URL(text);
  return pathname === '/' && search === '' && hash === '' ? `${origin}/` : `${origin}/…`;
}

/** Tells whether two URLs are the same without saying what they are. */
export const fingerprintOf = (url: string): string =>
  createHash('sha256').update(url).digest('hex').slice(0, 16);
