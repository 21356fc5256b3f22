import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readApiSettings } from '../api-settings.ts';
import type { ApiSettings } from '../api-settings.ts';
import { Failure } from '../failure.ts';
import { toFolderFailure } from '../folder-failure.ts';
import { withProgress } from '../output/progress.ts';
import type { Terminal } from '../output/terminal.ts';

/** A service to show things on. */
export interface DemoService extends Pick<ApiSettings, 'url' | 'key'> {
  /** Whether it is still there after the demo. */
  readonly isLasting: boolean;
  /** Stops it, if it was started here. */
  close(): Promise<void>;
}

/**
 * The service that the environment names, or a new one on a free port.
 *
 * @param dataDir where its own service keeps the data; undefined: a temporary folder that is removed at the end
 */
export async function openDemoService(
  terminal: Terminal,
  dataDir: string | undefined,
): Promise<DemoService> {
  const { url, key, origins } = readApiSettings(terminal.env);
  if (key !== null && dataDir === undefined) {
    return { url, key, isLasting: true, close: async () => undefined };
  }
  if (origins.url === 'environment' && dataDir === undefined) {
    throw new Failure('HH_API_URL is set, HH_API_KEY is not', {
      exit: 'config',
      nextStep:
        'Set both, to use that service, or neither, to let the demo start one. `honeyhive keys create` creates a key.',
    });
  }
  return withProgress(terminal, 'starting a service', () => startOwn(dataDir));
}

async function startOwn(givenDir: string | undefined): Promise<DemoService> {
  const dataDir = givenDir ?? (await mkdtemp(join(tmpdir(), 'honeyhive-demo-')));
  const { openMetadataStore, resolveConfig, startServer } = await import('honeyhive-server');
  const removeTemporary = async () => {
    if (givenDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  const flags = { '--data-dir': dataDir, '--port': '0', '--log-level': 'error' };
  const { config } = resolveConfig(flags, {});
  const server = await startServer(config).catch(async (error: unknown) => {
    await removeTemporary();
    throw toFolderFailure(error, config.dataDir);
  });
  const makeKey = async () => {
    const store = await openMetadataStore(config.dataDir);
    const name = 'demo';
    const { key } = await store.createKey(
      { name, access: 'full', projectId: null, createdBy: 'cli' },
      Date.now(),
    );
    await store.close();
    return key;
  };
  return {
    url: server.url,
    // A folder that was used before has its keys already, and their secrets are not in it.
    key: server.firstKey?.key ?? (await makeKey()),
    isLasting: false,
    async close() {
      await server.close();
      await removeTemporary();
    },
  };
}
