const loopback = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;

/** Settings that say who can reach the service, and through what. */
export interface EdgeSettings {
  readonly host: string;
  readonly publicUrl: string;
  readonly trustedProxies: string;
}

/** What to warn about before starting with these settings; empty when nothing is unusual. */
export function findConfigWarnings(config: EdgeSettings): string[] {
  if (loopback.test(config.host)) return [];
  const missing = [
    ...(config.publicUrl === 'none' ? ['HH_PUBLIC_URL'] : []),
    ...(config.trustedProxies === 'none' ? ['HH_TRUSTED_PROXIES'] : []),
  ];
  if (missing.length === 0) return [];
  return [
    `listening on ${config.host} without ${missing.join(' and ')}: other machines reach the service directly, and without TLS keys and events travel in clear text; put a TLS proxy in front of it and configure it (docs/guide/hardening.md)`,
  ];
}
