import { existsSync } from 'node:fs';
// webpack bundles a worker only if the module has the name without `node:`.
import { Worker } from 'worker_threads';
import type { WorkerOptions } from 'worker_threads';
import { HoneyHiveConfigError } from '../errors/errors.ts';

const here = String(import.meta.url);
const sourceFile = /\/src\/sync\/worker-file\.ts$/;
const publishedFile = /\/(?:sync\/worker-file\.js|cjs\/sync\.cjs)$/;

/**
 * Starts the worker.
 *
 * @throws {HoneyHiveConfigError} when its file is missing: a bundle that is not aware of workers leaves it behind
 */
export function openWorker(options: WorkerOptions): Worker {
  if (sourceFile.test(here)) {
    // Threads load JavaScript only, and not with the flag that finds the sources of other packages.
    const built = new URL(here.replace(sourceFile, '/dist/sync/worker/worker.js'));
    return new Worker(built, { ...options, execArgv: [] });
  }
  if (isLeftBehind()) {
    const problem = `HoneyHiveSync: its worker worker.js is missing; exclude honeyhive from the bundle (external) and include its files where the application is deployed, or use HoneyHive`;
    throw new HoneyHiveConfigError([problem], 'invalid_options');
  }
  // webpack, Turbopack (with an object literal only) and tools that trace files look for exactly this expression.
  return new Worker(new URL('../sync/worker/worker.js', import.meta.url), { ...options });
}

/** webpack and Turbopack replace the URL by that of the original module, which may be absent where the bundle runs. */
function isLeftBehind(): boolean {
  const worker = here.replace(publishedFile, '/sync/worker/worker.js');
  return worker === here || (existsSync(new URL(here)) && !existsSync(new URL(worker)));
}
