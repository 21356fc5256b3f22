import { isIP } from 'node:net';

/** The host in a `host` header, without its port: lower case, IPv6 without brackets; null for what is no host. */
export function readHostName(header: string): string | null {
  const [, bracketed, name] =
    /^(?:\[([\da-f:.]+)\]|([a-z\d_](?:[a-z\d_.-]*[a-z\d_])?)\.?)(?::\d{1,5})?$/i.exec(header) ?? [];
  const host = bracketed ?? name;
  if (host === undefined || host.length > 253) return null;
  if (bracketed !== undefined && isIP(bracketed) !== 6) return null;
  return host.toLowerCase();
}

/** `localhost`, a name below it, or an address of this machine alone. */
export const isLoopbackName = (host: string): boolean =>
  /^(?:.+\.)?localhost$|^127(?:\.\d{1,3}){3}$|^::1$/.test(host);
