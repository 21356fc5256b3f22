import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HoneyHiveConfigError } from '../errors/errors.ts';

/**
 * The file that the worker runs.
 *
 * Threads load JavaScript only: from the sources, it is the file that was built of them.
 *
 * @throws {HoneyHiveConfigError} when it is missing: in a bundle it has been left behind
 */
export function findWorkerFile(here: string): string {
  const file = here.endsWith('.ts') ? '../../dist/sync/worker/worker.js' : './worker/worker.js';
  const path = here.startsWith('file:') ? fileURLToPath(new URL(file, here)) : null;
  if (path !== null && existsSync(path)) return path;
  const problem = `HoneyHiveSync: its worker ${path ?? file} is missing; keep honeyhive out of the bundle (external), or use HoneyHive`;
  throw new HoneyHiveConfigError([problem], 'invalid_options');
}
