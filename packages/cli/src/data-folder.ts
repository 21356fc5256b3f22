import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataLock, EventStore, MetadataStore, ServerConfig } from 'honeyhive-server';
import type { CommandInput } from './command.ts';
import { Failure } from './failure.ts';
import { makeOwnFolder } from './own-folder.ts';
import type { Terminal } from './output/terminal.ts';
import { toServeFailure } from './serve-failure.ts';
import { hasDatabase, readSettings } from './settings.ts';

/** Pages of events may be read for a minute each: nobody waits for them. */
const queryTimeoutMs = 60_000;

/** The stores of a data folder that this process alone works on. */
export interface DataFolder {
  readonly dataDir: string;
  readonly events: EventStore;
  readonly metadata: MetadataStore;
}

type Undo = () => Promise<void>;

/**
 * Takes the lock of the data folder for `work`.
 *
 * @throws {Failure} there is no data and none may be made, or another process works on it: who, and what to do
 */
export async function withLock<Result>(
  input: CommandInput,
  terminal: Terminal,
  options: {
    readonly mayCreate: boolean;
    readonly work: (config: ServerConfig) => Promise<Result>;
  },
): Promise<Result> {
  const { config } = await readSettings(input, terminal);
  if (!options.mayCreate && !hasDatabase(config)) await requireData(config.dataDir);
  const { acquireLock } = await import('honeyhive-server');
  const lock: DataLock = await makeOwnFolder(config.dataDir, terminal)
    .then(() => acquireLock(config.dataDir))
    .catch((error: unknown) => {
      throw toServeFailure(error, config);
    });
  try {
    return await options.work(config);
  } finally {
    await lock.release();
  }
}

/** Takes the lock and opens the stores for `work`. */
export async function withDataFolder<Result>(
  input: CommandInput,
  terminal: Terminal,
  options: {
    readonly mayCreate: boolean;
    readonly work: (folder: DataFolder) => Promise<Result>;
  },
): Promise<Result> {
  return withLock(input, terminal, {
    mayCreate: options.mayCreate,
    work: async (config) => {
      const undo: Undo[] = [];
      try {
        const folder = await open(config, undo).catch((error: unknown) => {
          throw toServeFailure(error, config);
        });
        return await options.work(folder);
      } finally {
        for (const close of undo.toReversed()) await close();
      }
    },
  });
}

async function open(config: ServerConfig, undo: Undo[]): Promise<DataFolder> {
  const { openConfiguredEvents, openConfiguredMetadata } = await import('honeyhive-server');
  const { dataDir } = config;
  const metadata = await openConfiguredMetadata(config);
  undo.push(() => metadata.close());
  const events = await openConfiguredEvents(config, { queryTimeoutMs });
  undo.push(() => events.close());
  return { dataDir, events, metadata };
}

async function requireData(dataDir: string): Promise<void> {
  await access(join(dataDir, 'metadata.db')).catch((cause: unknown) => {
    throw new Failure(`there is no data in ${dataDir}`, {
      nextStep: 'Name the folder that has it with --data-dir or HH_DATA_DIR.',
      cause,
    });
  });
}
