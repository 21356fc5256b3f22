import { HoneyHiveConfigError } from '../errors/errors.ts';
import type { Transport } from './transport.ts';

/**
 * A transport that is loaded by the first request.
 *
 * undici is three quarters of what this package costs to load: a program that only imports it, or
 * runs in test mode, does not pay for it. What cannot be loaded now never can: that is no outage of the service.
 */
export function createLazyTransport(load: () => Promise<Transport>): Transport {
  let loading: Promise<Transport> | undefined;
  let loaded: Transport | undefined;
  const open = async (): Promise<Transport> => {
    loaded = await (loading ??= load().catch(refuseToSend));
    return loaded;
  };
  return {
    send: (request, signal) =>
      loaded?.send(request, signal) ?? open().then((transport) => transport.send(request, signal)),
    async close() {
      const opened = await loading?.catch(() => undefined);
      await opened?.close();
    },
  };
}

function refuseToSend(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new HoneyHiveConfigError(
    [
      `a part of honeyhive cannot be loaded: ${reason}; keep honeyhive out of the bundle (external)`,
    ],
    'invalid_options',
  );
}
