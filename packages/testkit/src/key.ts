import { runCommand } from './command.ts';

/** A key as the command line made it. */
export interface CreatedKey {
  /** Public part. */
  readonly id: string;
  /** The whole key, to be sent. */
  readonly key: string;
}

export interface KeyOptions {
  /** Name of the project to bind it to; default: organisation-wide. */
  readonly project?: string;
  /** Default `full`. */
  readonly access?: 'full' | 'read' | 'ingest';
}

async function runKeys(dataDir: string, args: readonly string[]): Promise<unknown> {
  const { exitCode, stdout, output } = await runCommand(['keys', ...args, '--json'], {
    env: { HH_DATA_DIR: dataDir },
  });
  if (exitCode !== 0) throw new Error(`honeyhive keys ${args.join(' ')}: ${exitCode}\n${output}`);
  return JSON.parse(stdout);
}

/** Make a key with `honeyhive keys create`, beside a running service or without one. */
export async function createKey(dataDir: string, options: KeyOptions = {}): Promise<CreatedKey> {
  const created = await runKeys(dataDir, [
    'create',
    '--access',
    options.access ?? 'full',
    ...(options.project === undefined ? [] : ['--project', options.project]),
  ]);
  if (isCreatedKey(created)) return created;
  throw new Error(`not a key: ${JSON.stringify(created)}`);
}

/** Revoke a key with `honeyhive keys revoke`. */
export async function revokeKey(dataDir: string, id: string): Promise<void> {
  await runKeys(dataDir, ['revoke', id]);
}

function isCreatedKey(value: unknown): value is CreatedKey {
  if (typeof value !== 'object' || value === null) return false;
  const { id, key } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof key === 'string';
}
