/** Where a ClickHouse installation is, and who asks it. */
export interface ClickHouseAddress {
  /** Origin of each host: `https://ch1.example.com:8443` */
  readonly hosts: readonly string[];
  /** @default 'honeyhive' */
  readonly database: string;
  /** @default 'default' */
  readonly user: string;
  /** @default '' */
  readonly password: string;
}

const addressPattern = /^(https?):\/\/(?:([^/@:]*)(?::([^/@]*))?@)?([^/@?#]+)\/?([A-Za-z_]\w*)?$/;

/** With its port, which the scheme of ClickHouse implies: 8123, with TLS 8443. */
function toHost(scheme: string, host: string): string | null {
  const url = URL.canParse(`${scheme}://${host}`) ? new URL(`${scheme}://${host}`) : null;
  if (url === null || url.hostname === '') return null;
  const isImplied = !/:\d+$/.test(host);
  return isImplied ? `${url.origin}:${scheme === 'https' ? 8443 : 8123}` : `${scheme}://${host}`;
}

/** What a percent-encoded text says; null when a percent sign encodes nothing. */
function decode(text = ''): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The origins of hosts with commas between them; null when one is invalid. */
function parseHosts(scheme: string, text: string): string[] | null {
  const origins = text.split(',').map((host) => toHost(scheme, host.trim()));
  const found = origins.filter((origin) => origin !== null);
  return found.length === origins.length ? found : null;
}

/**
 * Reads `https://user:password@ch1:8443,ch2:8443/database`: one user and database for all hosts.
 *
 * @returns null when it is invalid
 */
export function parseClickHouseUrl(text: string): ClickHouseAddress | null {
  const parts = addressPattern.exec(text.trim());
  if (parts === null) return null;
  const [, scheme = '', user, password, hosts = '', database = 'honeyhive'] = parts;
  const [origins, name, secret] = [parseHosts(scheme, hosts), decode(user), decode(password)];
  if (origins === null || name === null || secret === null) return null;
  return { hosts: origins, database, user: name || 'default', password: secret };
}

/** An installation, and what to do there. */
export interface ClickHouseTarget extends ClickHouseAddress {
  /** Certificates of the authorities that vouch for the hosts, as PEM; null: those of Node.js. */
  readonly caCert: Buffer | null;
  /** Name of a cluster on all of whose hosts tables are made, replicated; null: on one host. */
  readonly cluster: string | null;
  /** Replicas that have stored an insert when it is acknowledged; 0: most of them in a cluster, else the one. */
  readonly insertQuorum: number;
}
