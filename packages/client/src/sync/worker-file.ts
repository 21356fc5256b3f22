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
export function findWorkerFile(): string {
  const path = toBuilt(locate());
  if (path !== null && existsSync(path)) return path;
  const problem = `HoneyHiveSync: its worker ${path ?? 'worker.js'} is missing; exclude honeyhive from the bundle (external) and include its files where the application is deployed, or use HoneyHive`;
  throw new HoneyHiveConfigError([problem], 'invalid_options');
}

/**
 * The expression is one that tools that trace files know, such as @vercel/nft. null where a bundler has removed the URL
 * of the module.
 */
function locate(): string | null {
  try {
    return fileURLToPath(new URL('../sync/worker/worker.js', import.meta.url));
  } catch {
    return null;
  }
}

const toBuilt = (path: string | null): string | null =>
  path?.replace(/([\\/])src([\\/]sync[\\/]worker[\\/]worker\.js)$/, '$1dist$2') ?? null;
