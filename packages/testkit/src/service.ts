import { setTimeout as delay } from 'node:timers/promises';
import { call } from './call.ts';
import type { Exit, Child } from './child.ts';
import { startCommand } from './command.ts';
import { makeDataDir, removeDataDir } from './data-dir.ts';
import { makeTestDatabase } from './test-metadata.ts';

export interface ServiceOptions {
  /** Default: its own folder, removed by `stop()`. */
  readonly dataDir?: string;
  /** Default: one that the operating system picks. */
  readonly port?: number;
  /** The key to use; needed when `dataDir` was used before, for only the first start prints one. */
  readonly key?: string;
  /** Settings, such as `HH_MAX_BODY_BYTES`. On a machine under load queries take long: they may take a minute. */
  readonly env?: Readonly<Record<string, string>>;
  /** Program that runs the service: see `CommandOptions`. */
  readonly under?: readonly string[];
  /** Further arguments of `honeyhive serve`. */
  readonly flags?: readonly string[];
  /** Default 120,000. */
  readonly readyWithinMs?: number;
  /** False: it need only listen, not be ready. */
  readonly isReady?: boolean;
}

/** The service as its own process, listening on a socket. */
export interface RunningService {
  /** Without a slash at the end. */
  readonly url: string;
  /** Organisation-wide, full access. */
  readonly key: string;
  readonly dataDir: string;
  readonly pid: number;
  /** From starting the process until `/ready` answered 200. */
  readonly startMs: number;
  isRunning(): boolean;
  /** stdout, then stderr. */
  output(): string;
  /** Send a signal, SIGKILL by default, and wait until the process is gone; keeps the data. */
  kill(signal?: NodeJS.Signals): Promise<Exit>;
  /** End it with SIGTERM, wait, and remove the data when the folder was made for it. */
  stop(): Promise<Exit>;
}

/** Ask `/ready` until it answers 200; rejects when the process ends first or the timeout expires. */
export async function waitUntilReady(
  url: string,
  child: Pick<Child, 'isRunning' | 'output'>,
  withinMs: number,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (child.isRunning() && Date.now() < deadline) {
    const status = await call({ url }, 'GET /ready').then(
      (answer) => answer.status,
      // Not listening yet, or just gone: the loop's condition tells which.
      () => 0,
    );
    if (status === 200) return;
    await delay(20);
  }
  throw new Error(`${url} did not become ready within ${withinMs} ms:\n${child.output()}`);
}

function keyOf(child: Child, options: ServiceOptions): string {
  const key = options.key ?? /export HH_API_KEY=(\S+)/.exec(child.stdout())?.[1];
  if (key === undefined) throw new Error(`no key was printed:\n${child.output()}`);
  return key;
}

function startServe(
  dataDir: string,
  { port = 0, env, flags = [], under = [] }: ServiceOptions,
): Child {
  return startCommand(['serve', ...flags], {
    env: { HH_DATA_DIR: dataDir, HH_PORT: String(port), HH_QUERY_TIMEOUT_MS: '60000', ...env },
    under,
  });
}

/** Start the built service as a child process and wait until it is ready. */
export async function startService(options: ServiceOptions = {}): Promise<RunningService> {
  const dataDir = options.dataDir ?? (await makeDataDir());
  await makeTestDatabase(dataDir);
  const startedAt = performance.now();
  const readyWithinMs = options.readyWithinMs ?? 120_000;
  const child = startServe(dataDir, options);
  try {
    const [, url = ''] = await child.waitForLine(/(http:\/\/[\w.:[\]-]+:\d+)/, readyWithinMs);
    if (options.isReady !== false) await waitUntilReady(url, child, readyWithinMs);
    const startMs = performance.now() - startedAt;
    const key = keyOf(child, options);
    return {
      url,
      key,
      dataDir,
      pid: child.pid,
      startMs,
      isRunning: child.isRunning,
      output: child.output,
      kill: (signal = 'SIGKILL') => child.kill(signal),
      async stop() {
        const exit = await child.kill('SIGTERM');
        if (options.dataDir === undefined) await removeDataDir(dataDir);
        return exit;
      },
    };
  } catch (error) {
    await child.kill('SIGKILL');
    if (options.dataDir === undefined) await removeDataDir(dataDir);
    throw error;
  }
}
