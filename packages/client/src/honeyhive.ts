import { createCore } from './call/core.ts';
import { linkClient, linkOf } from './client-link.ts';
import { HoneyHiveClient } from './client/client.ts';
import { createDelivery } from './delivery/delivery.ts';
import { createNodePlatform } from './delivery/node/node-platform.ts';
import { toConfig } from './options/config.ts';
import type { TransportConfig } from './options/config.ts';
import { readEnvironment } from './options/environment.ts';
import type { HoneyHiveOptions } from './options/options.ts';
import { resolveOptions } from './options/resolve-options.ts';
import {
  backgroundClock,
  backgroundTimers,
  systemClock,
  systemFillRandom,
  systemRandom,
} from './runtime/clock.ts';
import type { Clock } from './runtime/clock.ts';
import { createIds } from './runtime/ids.ts';
import { createOfflineTransport } from './transport/offline.ts';
import { createLazyTransport } from './transport/lazy.ts';
import type { Transport } from './transport/transport.ts';

/**
 * Client of a honeyhive service: sessions, events, projects. For Node.js; elsewhere, use `honeyhive/fetch`.
 *
 * @example
 * ```ts
 * import { HoneyHive } from 'honeyhive';
 *
 * await using client = new HoneyHive(); // HH_API_KEY and HH_API_URL
 * const session = await client.createSession({ session_name: 'support' });
 * console.log(session.session_id);
 * ```
 */
export class HoneyHive extends HoneyHiveClient {
  /**
   * Opens nothing: connections are made by the first call. Only with `spool`, what an earlier process has left is read
   * and sent.
   *
   * @throws {HoneyHiveConfigError} with all problems of the options and the environment
   * @example
   * ```ts
   * const client = new HoneyHive({ apiKey: process.env['HH_API_KEY'], timeout: 60, maxRetries: 5 });
   * ```
   */
  constructor(options?: HoneyHiveOptions) {
    const environment = readEnvironment();
    const config = toConfig(resolveOptions(options, environment), environment);
    const openTransport = (transport: TransportConfig, clock: Clock) =>
      createLazyTransport(() => loadTransport(transport, clock));
    const core = createCore(config, {
      transport: openTransport(config.transport, systemClock),
      background: {
        transport: openTransport({ ...config.transport, isBackground: true }, backgroundClock),
        clock: backgroundClock,
      },
      openOffline: createOfflineTransport,
      clock: systemClock,
      random: systemRandom,
      newId: createIds(systemClock.now, systemFillRandom),
    });
    const delivery = createDelivery(config.delivery, {
      core,
      platform: createNodePlatform(config),
      clock: systemClock,
      timers: backgroundTimers,
      random: systemRandom,
    });
    super({ core, delivery, baseUrl: config.transport.baseUrl });
    linkClient(this, options);
  }

  override async close(): Promise<void> {
    linkOf(this)?.closeView?.();
    await super.close();
  }
}

/** undici, or, in bundles that cannot load it, what Node.js has itself. */
const loadTransport = (config: TransportConfig, clock: Clock): Promise<Transport> =>
  import('./transport/undici.ts').then(
    ({ createUndiciTransport }) => createUndiciTransport(config, clock),
    async () => {
      const { createHttpTransport } = await import('./transport/http.ts');
      return createHttpTransport(config, clock);
    },
  );

/** {@link HoneyHive} under its other name in the client API reference: every method returns a promise. */
export const AsyncHoneyHive = HoneyHive;
export type AsyncHoneyHive = HoneyHive;
