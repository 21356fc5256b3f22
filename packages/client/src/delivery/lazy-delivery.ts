import type { Delivery } from './delivery.ts';

/**
 * Delivery that is made by its first use.
 *
 * A Cloudflare Worker may not make the parts of it outside of a request, where it may well make a client.
 */
export function createLazyDelivery(make: () => Delivery): Delivery {
  let made: Delivery | undefined;
  const open = (): Delivery => (made ??= make());
  return {
    logEvent: (input) => open().logEvent(input),
    logSession: (input) => open().logSession(input),
    flush: (timeoutMs) => open().flush(timeoutMs),
    stats: () => open().stats(),
    close: () => open().close(),
  };
}
