import { HoneyHiveClient } from './client/client.ts';
import { createDelivery } from './delivery/delivery.ts';
import { createLazyDelivery } from './delivery/lazy-delivery.ts';
import { webPlatform } from './delivery/platform.ts';
import { createFetchCore } from './fetch-core.ts';
import type { FetchOptions } from './fetch-options.ts';
import { createOfflineTransport } from './transport/offline.ts';
import { backgroundTimers, systemClock, systemRandom } from './runtime/clock.ts';

/**
 * Client of a honeyhive service on `fetch`: for browsers, Cloudflare Workers, Deno, Bun and other edges.
 *
 * The methods are those of the client for Node.js. The environment is read where there is a
 * `process.env`; elsewhere pass `apiKey` and `baseUrl`.
 *
 * A key in a page is a key that everybody has who opens it: use one that is bound to a project.
 *
 * @example
 * ```ts
 * import { HoneyHive } from 'honeyhive/fetch';
 *
 * const client = new HoneyHive({ apiKey: process.env['HH_API_KEY'], baseUrl: process.env['HH_API_URL'] });
 * console.log(await client.getHealth());
 * ```
 */
export class HoneyHive extends HoneyHiveClient {
  /**
   * Opens no connection.
   *
   * @throws {HoneyHiveConfigError} with all problems of the options and the environment; those for connections, which
   * `fetch` keeps to itself, are refused
   * @example
   * ```ts
   * const client = new HoneyHive({ apiKey, baseUrl, fetch: (url, init) => env.HONEYHIVE.fetch(url, init) });
   * ```
   */
  constructor(options?: FetchOptions) {
    const { core, config } = createFetchCore(options, createOfflineTransport);
    const delivery = createLazyDelivery(() =>
      createDelivery(config.delivery, {
        core,
        platform: webPlatform,
        clock: systemClock,
        timers: backgroundTimers,
        random: systemRandom,
      }),
    );
    super({ core, delivery, baseUrl: config.transport.baseUrl });
  }
}

/** {@link HoneyHive} under its second name in the client API reference. All methods return promises. */
export const AsyncHoneyHive = HoneyHive;
export type AsyncHoneyHive = HoneyHive;
