import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { NetworkGuard } from './network-guard.ts';

/** The host may not be connected to. Its address is not mentioned: the name may be an internal one. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';

  constructor() {
    super(
      'the host has no public address, and none that HH_ALERT_ALLOWED_NETWORKS allows: nothing was sent',
    );
  }
}

/**
 * Resolves names to allowed addresses only. The system connects to exactly these, so that a name cannot resolve to
 * another one between check and connection.
 */
const guardLookup =
  (guard: NetworkGuard, resolve: LookupFunction): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error || typeof found === 'string') return callback(error, []);
      const allowed = found.filter(({ address }) => guard.allows(address));
      const [first] = allowed;
      if (first === undefined) return callback(new RefusedAddress(), []);
      return options.all === true
        ? callback(null, allowed)
        : callback(null, first.address, first.family);
    });
  };

/** Opens connections for undici, to allowed addresses only. */
export function createGuardedConnector({
  guard,
  connectTimeoutMs,
  resolve = lookup,
}: {
  readonly guard: NetworkGuard;
  readonly connectTimeoutMs: number;
  /** Looks names up. @default that of the system */
  readonly resolve?: LookupFunction | undefined;
}): buildConnector.connector {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    lookup: guardLookup(guard, resolve),
    maxCachedSessions: 0,
  });
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    // An address is never looked up.
    if (isIP(host) !== 0 && !guard.allows(host)) callback(new RefusedAddress(), null);
    else connect(target, callback);
  };
}
