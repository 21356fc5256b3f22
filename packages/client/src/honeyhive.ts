import { HoneyHiveClient } from './client.ts';
import { systemClock, systemFillRandom, systemRandom } from './clock.ts';
import { toConfig } from './config.ts';
import { createCore } from './core.ts';
import { createIds } from './ids.ts';
import type { HoneyHiveOptions } from './options.ts';
import { readEnvironment, resolveOptions } from './resolve-options.ts';
import { createLazyTransport } from './transport/lazy.ts';

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
   * Opens nothing: connections are made by the first call.
   *
   * @throws {HoneyHiveConfigError} with everything that is wrong with the options and the environment
   * @example
   * ```ts
   * const client = new HoneyHive({ apiKey: process.env['HH_API_KEY'], timeout: 60, maxRetries: 5 });
   * ```
   */
  constructor(options?: HoneyHiveOptions) {
    const config = toConfig(resolveOptions(options, readEnvironment()));
    const core = createCore(config, {
      transport: createLazyTransport(async () => {
        const { createUndiciTransport } = await import('./transport/undici.ts');
        return createUndiciTransport(config.transport, systemClock);
      }),
      clock: systemClock,
      random: systemRandom,
      newId: createIds(systemClock.now, systemFillRandom),
    });
    super({ core, baseUrl: config.transport.baseUrl });
  }
}

/** {@link HoneyHive} under the other name of the seed: every method of it returns a promise. */
export const AsyncHoneyHive = HoneyHive;
export type AsyncHoneyHive = HoneyHive;
