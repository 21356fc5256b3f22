import { isIP } from 'node:net';
import { isLoopbackName, readHostName } from './host-name.ts';

/** Whether a request with this `host` header is answered. */
export type IsAnsweredHost = (host: string | undefined) => boolean;

export interface HostRuleOptions {
  /** Origin of the service for browsers; null when nobody said. */
  readonly publicUrl: URL | null;
  /** Host name or address that the service listens on. */
  readonly listensOn: string;
}

/**
 * Top-level names that nobody can buy, so that no page of a stranger can have one.
 * Source: RFC 6762 (`local`), RFC 8375 (`home.arpa`), ICANN resolution 2024.07.29.06 (`internal`).
 */
const privateName = /\.(?:local|internal|home\.arpa)$/;

/**
 * Which names the service answers to. Against DNS rebinding: a stranger's page has a name of the stranger, who can let
 * it point here; the browser then takes the page for ours. Such a request has that name as its `host`. An address can
 * be nobody's name, and so can a name without a dot (a service of compose) or one that cannot be bought.
 */
export function createHostRule({ publicUrl, listensOn }: HostRuleOptions): IsAnsweredHost {
  const own = publicUrl === null ? null : readHostName(publicUrl.host);
  const listening = listensOn.toLowerCase();
  const isPrivate =
    publicUrl !== null || isLoopbackName(listening)
      ? () => false
      : (name: string) => !name.includes('.') || privateName.test(name);
  return (header) => {
    // HTTP/1.0 has none, and no browser speaks it.
    if (header === undefined) return true;
    const name = readHostName(header);
    if (name === null) return false;
    if (isIP(name) !== 0 || isLoopbackName(name)) return true;
    return name === own || name === listening || isPrivate(name);
  };
}
