import { isOwnMachine } from './delivery-config.ts';

/** What decides where the key goes. */
export interface KeyRoute {
  /** null: requests carry none. */
  readonly apiKey: string | null;
  readonly baseUrl: string;
}

/** Host of the hosted service, which the default of `baseUrl` leads to. */
const hostedHost = 'api.honeyhive.ai';
/** Keys that a service of one's own makes: `hh_`, 12 characters, `_`, 32 characters. */
const ownServiceKey = /^hh_[0-9A-Za-z]{12}_[0-9A-Za-z]{32}$/;

/** What the operator should know before the key is sent. Names no part of the key. */
export function findKeyRisks({ apiKey, baseUrl }: KeyRoute): string[] {
  if (apiKey === null) return [];
  const { hostname, protocol, origin } = new URL(baseUrl);
  const isMisdirected = hostname === hostedHost && ownServiceKey.test(apiKey);
  const isReadable = protocol === 'http:' && !isOwnMachine(hostname);
  return [
    ...(isMisdirected
      ? [
          `the API key is one of a self-hosted service, but requests go to ${origin}: set baseUrl or HH_API_URL to your service`,
        ]
      : []),
    ...(isReadable
      ? [
          `the API key is sent to ${origin} unencrypted and can be intercepted: use https, or a tunnel`,
        ]
      : []),
  ];
}
