import { compile } from '@fastify/proxy-addr';

/** Whether a peer with this address is one of our proxies, so that its `x-forwarded-*` headers count. */
export type IsTrustedProxy = (address: string) => boolean;

/**
 * @param setting `none`, or addresses, CIDR blocks and the names `loopback`, `linklocal`, `uniquelocal` with commas
 * between
 * @throws {TypeError} for any other entry
 */
export function createIsTrustedProxy(setting: string): IsTrustedProxy {
  if (setting === 'none') return () => false;
  const isTrusted = compile(setting.split(',').map((entry) => entry.trim()));
  return (address) => isTrusted(address, 0);
}
