import { createCore } from './call/core.ts';
import { HoneyHiveClient } from './client/client.ts';
import { createDelivery } from './delivery/delivery.ts';
import { createNodePlatform } from './delivery/node/node-platform.ts';
import { toConfig } from './options/config.ts';
import type { TransportConfig } from './options/config.ts';
import { readEnvironment } from './options/environment.ts';
import { consoleLogger } from './options/logger.ts';
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
import { createBlockingCalls } from './sync/blocking-calls.ts';
import type { BlockingCalls } from './sync/blocking-calls.ts';
import { BlockingCaller } from './sync/blocking-caller.ts';
import { keepOptions } from './sync/kept-options.ts';
import { createOfflineTransport } from './transport/offline.ts';
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
  readonly #options: HoneyHiveOptions | undefined;
  #sync: HoneyHiveSync | null = null;

  /**
   * Opens nothing: connections are made by the first call. Only with `spool`, what an earlier process has left is read and sent.
   *
   * @throws {HoneyHiveConfigError} with everything that is wrong with the options and the environment
   * @example
   * ```ts
   * const client = new HoneyHive({ apiKey: process.env['HH_API_KEY'], timeout: 60, maxRetries: 5 });
   * ```
   */
  constructor(options?: HoneyHiveOptions) {
    const environment = readEnvironment();
    const config = toConfig(resolveOptions(options, environment), environment);
    const openTransport = (transport: TransportConfig, clock: Clock) =>
      createLazyTransport(async () => {
        const { createUndiciTransport } = await import('./transport/undici.ts');
        return createUndiciTransport(transport, clock);
      });
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
    this.#options = options;
  }

  /** The blocking view: the same methods and options, over a worker of its own. Closed with this client. */
  get sync(): HoneyHiveSync {
    if (this.#sync === null) {
      this.#sync = new HoneyHiveSync(this.#options);
      asyncViews.set(this.#sync, this);
    }
    return this.#sync;
  }

  override async close(): Promise<void> {
    this.#sync?.close();
    await super.close();
  }
}

/** The clients whose blocking views were asked for. */
const asyncViews = new WeakMap<HoneyHiveSync, HoneyHive>();

/**
 * {@link HoneyHive} for code that cannot wait: scripts, the REPL, `beforeAll`. Each method blocks the thread and returns what the promise of the other view settles with.
 *
 * The calls are made by a worker, which starts with the first one, and keeps no process alive. While a
 * call blocks, nothing else of the thread runs, timers and signal handlers among it: in a server, use
 * {@link HoneyHive}. Lists are their first page, and iterate all items.
 *
 * What `logEvent` and `logSession` were given is delivered by the worker while this thread goes on, and at
 * the end of the process.
 *
 * Errors are those of {@link HoneyHive}, thrown where the method was called. One more is a
 * {@link HoneyHiveConnectionError} with the code `worker_lost`: the worker ended before the answer came.
 * `signal` of the call options matters only when it has aborted before: nothing can abort it while
 * the thread is blocked, an `AbortSignal.timeout` neither; use `timeout`.
 *
 * @example
 * ```ts
 * import { HoneyHiveSync } from 'honeyhive';
 *
 * using client = new HoneyHiveSync();
 * const session = client.createSession({ session_name: 'support' });
 * for (const each of client.listSessions({ limit: 20 })) console.log(each.session_id);
 * ```
 */
export class HoneyHiveSync extends BlockingCaller implements Disposable {
  readonly #options: HoneyHiveOptions | undefined;
  readonly #calls: BlockingCalls;
  #async: HoneyHive | null = null;
  /** Address of the service, without the trailing slash. */
  readonly baseUrl: string;
  /** Project of calls that name none; null: that of the key. */
  readonly project: string | null;

  /**
   * Starts nothing: the worker is started by the first call.
   *
   * @throws {HoneyHiveConfigError} with everything that is wrong with the options and the environment
   * @example
   * ```ts
   * const client = new HoneyHiveSync({ timeout: 60, maxRetries: 5 });
   * ```
   */
  constructor(options?: HoneyHiveOptions) {
    const environment = { ...readEnvironment() };
    const resolved = resolveOptions(options, environment);
    // What the worker itself writes to the console is seen only when this thread is free.
    const kept = keepOptions({ ...options, logger: options?.logger ?? consoleLogger });
    const calls = createBlockingCalls(
      { environment, kept },
      {
        exitTimeout: resolved.testMode ? 0 : resolved.exitTimeout,
        handlesSignals: resolved.handleSignals,
        isSpooled: resolved.spool !== null,
      },
    );
    super(calls.carryOut);
    this.#options = options;
    this.#calls = calls;
    this.baseUrl = resolved.baseUrl;
    this.project = resolved.project;
  }

  /** The view whose methods return promises, with the same options. Closed with this client, unless this is the blocking view of it. */
  get async(): HoneyHive {
    return asyncViews.get(this) ?? (this.#async ??= new HoneyHive(this.#options));
  }

  /**
   * Deliver what was logged, for `timeout` of the client at most, then close the connections and end the worker. Later calls throw a {@link HoneyHiveClosedError}.
   *
   * @example
   * ```ts
   * const client = new HoneyHiveSync();
   * client.close();
   * ```
   */
  close(): void {
    this.#calls.close();
    // Closing has nothing to report: each call under way rejects by itself.
    void this.#async?.close();
  }

  /** The same as {@link HoneyHiveSync.close}; what `using` calls. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** {@link HoneyHive} under the other name of the seed: every method of it returns a promise. */
export const AsyncHoneyHive = HoneyHive;
export type AsyncHoneyHive = HoneyHive;
