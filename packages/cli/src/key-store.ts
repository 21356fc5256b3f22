import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { MetadataStore } from 'honeyhive-server';
import type { CommandInput } from './command.ts';
import { Failure } from './failure.ts';
import { makeOwnFolder } from './own-folder.ts';
import type { Terminal } from './output/terminal.ts';
import { toServeFailure } from './serve-failure.ts';
import { hasDatabase, readSettings } from './settings.ts';

async function requireData(dataDir: string): Promise<void> {
  await access(join(dataDir, 'metadata.db')).catch((cause: unknown) => {
    throw new Failure(`there is no data in ${dataDir} yet`, {
      nextStep:
        'Start the service once with `honeyhive serve`, or name another folder with --data-dir.',
      cause,
    });
  });
}

/** Opens the store of keys and projects in the data folder, which may be in use by a running service, for `work`. */
export async function withKeyStore<Result>(
  input: CommandInput,
  terminal: Terminal,
  options: {
    readonly mayCreate: boolean;
    readonly work: (store: MetadataStore) => Promise<Result>;
  },
): Promise<Result> {
  const { config } = await readSettings(input, terminal);
  const { openConfiguredMetadata } = await import('honeyhive-server/metadata-store');
  if (!options.mayCreate && !hasDatabase(config)) await requireData(config.dataDir);
  const store = await makeOwnFolder(config.dataDir, terminal)
    .then(() => openConfiguredMetadata(config))
    .catch((error: unknown) => {
      throw toServeFailure(error, config);
    });
  try {
    return await options.work(store);
  } finally {
    await store.close();
  }
}
