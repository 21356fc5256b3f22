import { linkOf } from './client-link.ts';
import { HoneyHive } from './honeyhive.ts';
import { readEnvironment } from './options/environment.ts';
import { consoleLogger } from './options/logger.ts';
import type { HoneyHiveOptions } from './options/options.ts';
import { resolveOptions } from './options/resolve-options.ts';
import { createBlockingCalls } from './sync/blocking-calls.ts';
import type { BlockingCalls } from './sync/blocking-calls.ts';
import { BlockingCaller } from './sync/blocking-caller.ts';
import { keepOptions } from './sync/kept-options.ts';

const syncViews = new WeakMap<HoneyHive, HoneyHiveSync>();

/**
 * {@link HoneyHive} for synchronous code: scripts, the REPL, `beforeAll`. Each method blocks the thread and returns
 * what the promise of the asynchronous client resolves to.
 *
 * A worker, started by the first call, makes the requests; it does not keep the process alive. While a call blocks,
 * timers and signal handlers of the thread do not run: in a server, use {@link HoneyHive}. Lists contain their first
 * page, and iterate all items.
 *
 * The worker delivers events of `logEvent` and `logSession` in the background, and at process exit.
 *
 * Errors are those of {@link HoneyHive}, thrown where the method was called. One more is a {@link
 * HoneyHiveConnectionError} with the code `worker_lost`: the worker crashed during the call. `signal` of the call
 * options matters only when it has aborted before: nothing can abort it while the thread is blocked, an
 * `AbortSignal.timeout` neither; use `timeout`.
 *
 * @example
 * ```ts
 * import { HoneyHiveSync } from 'honeyhive/sync';
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
  #ownsAsync = true;
  /** Address of the service, without the trailing slash. */
  readonly baseUrl: string;
  /** Default project of calls; null: that of the key. */
  readonly project: string | null;

  /**
   * Starts nothing: the worker is started by the first call.
   *
   * @throws {HoneyHiveConfigError} with all problems of the options and the environment
   * @example
   * ```ts
   * const client = new HoneyHiveSync({ timeout: 60, maxRetries: 5 });
   * ```
   */
  constructor(options?: HoneyHiveOptions) {
    const environment = { ...readEnvironment() };
    const resolved = resolveOptions(options, environment);
    // What the worker itself writes to the console is seen only when this thread is free.
    const { logger = consoleLogger } = options ?? {};
    const kept = keepOptions({ ...options, logger });
    const calls = createBlockingCalls(
      { environment, kept },
      {
        exitTimeout: resolved.testMode ? 0 : resolved.exitTimeout,
        logger: resolved.warnings ? (resolved.logger ?? consoleLogger) : null,
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

  /**
   * The blocking counterpart of a client: the same options, but a separate worker and connections. Returns the same
   * object each time; closed with the client.
   *
   * @example
   * ```ts
   * const client = new HoneyHive();
   * console.log(HoneyHiveSync.of(client).getHealth().status);
   * ```
   */
  static of(client: HoneyHive): HoneyHiveSync {
    const known = syncViews.get(client);
    if (known) return known;
    const link = linkOf(client);
    const view = new HoneyHiveSync(link?.options);
    if (link) link.closeView = () => view.close();
    syncViews.set(client, view);
    view.#async = client;
    view.#ownsAsync = false;
    return view;
  }

  /** The client whose methods return promises, with the same options. Closed with this one, unless this is its view. */
  get async(): HoneyHive {
    return (this.#async ??= new HoneyHive(this.#options));
  }

  /**
   * Deliver what was logged, for `timeout` of the client at most, then close the connections and end the worker. Later
   * calls throw a {@link HoneyHiveClosedError}.
   *
   * @example
   * ```ts
   * const client = new HoneyHiveSync();
   * client.close();
   * ```
   */
  close(): void {
    this.#calls.close();
    // Errors are ignored: each call in flight rejects separately.
    if (this.#ownsAsync) void this.#async?.close();
  }

  /** The same as {@link HoneyHiveSync.close}; what `using` calls. */
  [Symbol.dispose](): void {
    this.close();
  }
}
