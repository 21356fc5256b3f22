const loopback = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;

/** Settings that say who can reach the service, and through what. */
export interface EdgeSettings {
  readonly host: string;
  readonly publicUrl: string;
  readonly trustedProxies: string;
}

/** Settings that say where the data is. */
export interface PlaceSettings {
  readonly clickhouseUrl: string;
  readonly clickhouseUrlFile: string;
  readonly postgresUrl: string;
  readonly postgresUrlFile: string;
  readonly secretsKeyFile: string;
}

/** What to warn about before starting with these settings; empty when nothing is unusual. */
export const findConfigWarnings = (config: EdgeSettings & PlaceSettings): string[] => [
  ...findEdgeWarnings(config),
  ...findPlaceWarnings(config),
];

function findPlaceWarnings(config: PlaceSettings): string[] {
  const isSet = (...values: readonly string[]) => values.some((value) => value !== 'none');
  const isShared =
    isSet(config.clickhouseUrl, config.clickhouseUrlFile) &&
    isSet(config.postgresUrl, config.postgresUrlFile);
  if (!isShared || isSet(config.secretsKeyFile)) return [];
  return [
    'without HH_SECRETS_KEY_FILE, other servers of this database cannot read the alert destinations that are created here: give all servers the same one (docs/guide/several-servers.md)',
  ];
}

function findEdgeWarnings(config: EdgeSettings): string[] {
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
