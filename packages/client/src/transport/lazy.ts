import type { Transport } from './transport.ts';

/**
 * A transport that is loaded by the first request.
 *
 * undici is three quarters of what this package costs to load: a program that only imports it, or
 * runs in test mode, does not pay for it.
 */
export function createLazyTransport(load: () => Promise<Transport>): Transport {
  let loading: Promise<Transport> | undefined;
  let loaded: Transport | undefined;
  const open = async (): Promise<Transport> => {
    loaded = await (loading ??= load());
    return loaded;
  };
  return {
    send: (request, signal) =>
      loaded?.send(request, signal) ?? open().then((transport) => transport.send(request, signal)),
    async close() {
      if (loading !== undefined) await (await loading).close();
    },
  };
}
