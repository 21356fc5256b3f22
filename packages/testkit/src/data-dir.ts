import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetTestDatabase } from './test-metadata.ts';

/** Make its own empty folder for a service's data. */
export function makeDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'honeyhive-test-'));
}

/** Remove a folder that {@link makeDataDir} made. */
export async function removeDataDir(path: string): Promise<void> {
  await forgetTestDatabase(path);
  await rm(path, { recursive: true, force: true, maxRetries: 5 });
}
