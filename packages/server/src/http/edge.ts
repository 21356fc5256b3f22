import type { IncomingHttpHeaders } from 'node:http';
import type { Issue } from 'honeyhive-wire';
import type { ServerConfig } from '../config.ts';
import { createHostRule } from './host-rule.ts';
import type { IsAnsweredHost } from './host-rule.ts';
import { findForeignPage } from './page-origin.ts';
import { createIsTrustedProxy } from './trusted-proxies.ts';
import type { IsTrustedProxy } from './trusted-proxies.ts';

/** What stands before the service, and how browsers get to it. */
export interface Edge {
  readonly isTrustedProxy: IsTrustedProxy;
  readonly isAnsweredHost: IsAnsweredHost;
  /** Whether browsers reach the service over TLS: the public URL says so, or a trusted proxy. */
  isSecure(headers: IncomingHttpHeaders, peer: string | undefined): boolean;
  /** Why a request counts as one of a page of another origin; null when it does not. */
  findForeignPage(headers: IncomingHttpHeaders, isSecure: boolean): Issue | null;
}

export type EdgeOptions = Pick<ServerConfig, 'host' | 'publicUrl' | 'trustedProxies'>;

export function createEdge({ host, publicUrl: url, trustedProxies }: EdgeOptions): Edge {
  const publicUrl = url === 'none' ? null : new URL(url);
  const isTrustedProxy = createIsTrustedProxy(trustedProxies);
  const isPublicSecure = publicUrl?.protocol === 'https:';
  return {
    isTrustedProxy,
    isAnsweredHost: createHostRule({ publicUrl, listensOn: host }),
    isSecure: (headers, peer) =>
      isPublicSecure ||
      (isForwardedTls(headers['x-forwarded-proto']) && peer !== undefined && isTrustedProxy(peer)),
    findForeignPage: (headers, isSecure) => findForeignPage(headers, { publicUrl, isSecure }),
  };
}

/** A chain of proxies writes its schemes one after the other; the first is that of the browser. */
const isForwardedTls = (header: string | string[] | undefined): boolean =>
  header?.toString().split(',', 1)[0]?.trim().toLowerCase() === 'https';
