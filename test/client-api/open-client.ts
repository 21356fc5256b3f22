import { HoneyHive } from 'honeyhive';
import type { HoneyHiveOptions } from 'honeyhive';
import { startScriptedServer } from '../../packages/client/src/testing/scripted-server.ts';
import type { ScriptedServer, Step } from '../../packages/client/src/testing/scripted-server.ts';

export {
  reply,
  stall,
  startScriptedServer,
} from '../../packages/client/src/testing/scripted-server.ts';

export const apiKey = `hh_${'a'.repeat(12)}_${'b'.repeat(32)}`;

/** A response that suits sessions, projects and events. */
export const stored = { session_id: 's', event_id: 's', name: 'p' };

/** A client of a scripted server. */
export interface Opened extends AsyncDisposable {
  readonly client: HoneyHive;
  readonly server: ScriptedServer;
}

/** @param options those of the client, whose backoff is minimal by default */
export async function openClient(
  options: HoneyHiveOptions,
  ...steps: readonly [Step, ...Step[]]
): Promise<Opened> {
  const server = await startScriptedServer(...steps);
  const waits = 'retryConfig' in options ? {} : { retryBackoffFactor: 0.001 };
  const client = new HoneyHive({ apiKey, baseUrl: server.url, ...waits, ...options });
  return {
    client,
    server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await client.close();
    },
  };
}

/** What the work rejects with; undefined when it does not. */
export const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** How long the work takes, milliseconds. */
export async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
