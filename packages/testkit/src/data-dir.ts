import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Make its own empty folder for a service's data. */
export function makeDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'honeyhive-test-'));
}

/** Remove a folder that {@link makeDataDir} made. */
export function removeDataDir(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 5 });
}
