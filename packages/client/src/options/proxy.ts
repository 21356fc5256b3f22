import { HoneyHiveConfigError } from '../errors/errors.ts';
import type { Environment } from './environment.ts';

/** A proxy, as its URL has it. */
export interface Proxy {
  readonly kind: 'http' | 'https' | 'socks5';
  /** Without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** null: the proxy asks for nobody. */
  readonly credentials: { readonly username: string; readonly password: string } | null;
}

const defaultPorts = { http: 80, https: 443, socks5: 1080 } as const;

const kinds: ReadonlyMap<string, Proxy['kind']> = new Map([
  ['http:', 'http'],
  ['https:', 'https'],
  ['socks5:', 'socks5'],
  // As in curl, where the `h` says that the proxy resolves names: here it always does.
  ['socks5h:', 'socks5'],
  ['socks:', 'socks5'],
]);

/** Reads `http://user:password@proxy.example:8080`; without a scheme it is http. null when it is no proxy. */
export function parseProxy(text: string): Proxy | null {
  const address = text.trim();
  const full = address.includes('://') ? address : `http://${address}`;
  if (address === '' || !URL.canParse(full)) return null;
  const { protocol, hostname, port, username, password } = new URL(full);
  const kind = kinds.get(protocol);
  if (kind === undefined || hostname === '') return null;
  const credentials =
    username === '' && password === ''
      ? null
      : { username: decode(username), password: decode(password) };
  return {
    kind,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? defaultPorts[kind] : Number(port),
    credentials,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A sign of per cent that begins no escape stands for itself.
    return text;
  }
}

/** Scheme, host and port, without the credentials: for messages. */
export const toOrigin = ({ kind, hostname, port }: Proxy): string =>
  `${kind}://${bracket(hostname)}:${port}`;

/** A host as URLs have it. */
export const bracket = (hostname: string): string =>
  hostname.includes(':') ? `[${hostname}]` : hostname;

/**
 * The proxy that the environment names for a service; null if absent.
 *
 * `HTTPS_PROXY` or `HTTP_PROXY`, by the scheme of the service, else `ALL_PROXY`; `NO_PROXY` and services on
 * this machine go without. Lower case wins, as in curl.
 *
 * @throws {HoneyHiveConfigError} when the variable holds something else
 */
export function findEnvironmentProxy(baseUrl: string, environment: Environment): Proxy | null {
  const { protocol, hostname, port } = new URL(baseUrl);
  const isSecure = protocol === 'https:';
  if (isLoopback(hostname) || isExempt({ hostname, port, isSecure }, environment)) return null;
  const names = isSecure ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
  const name = [...names, 'all_proxy', 'ALL_PROXY']
    // A CGI program receives the caller's header `Proxy` under this name (CVE-2016-5385).
    .filter((each) => each !== 'HTTP_PROXY' || environment['REQUEST_METHOD'] === undefined)
    .find((each) => (environment[each] ?? '').trim() !== '');
  if (name === undefined) return null;
  const proxy = parseProxy(environment[name] ?? '');
  // To go without would be to go where the network was not meant to let us.
  if (proxy === null)
    throw new HoneyHiveConfigError([`${name} ${expectedProxy}`], 'invalid_options');
  return proxy;
}

/** What to say of a text that is no proxy; it may hold a password, and so is not repeated. */
export const expectedProxy =
  'must be the URL of an http, https or socks5 proxy, such as http://user:password@proxy.example:8080';

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);

interface Target {
  readonly hostname: string;
  /** Empty for the usual one. */
  readonly port: string;
  readonly isSecure: boolean;
}

function isExempt({ hostname, port, isSecure }: Target, environment: Environment): boolean {
  const list = environment['no_proxy'] ?? environment['NO_PROXY'] ?? '';
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const usedPort = port === '' ? (isSecure ? '443' : '80') : port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', entryPort] = /^\[?(.+?)\]?(?::(\d+))?$/.exec(entry) ?? [];
      if (entryPort !== undefined && entryPort !== usedPort) return false;
      const domain = name.replace(/^\*?\./, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}
