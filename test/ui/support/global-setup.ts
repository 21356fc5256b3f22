import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startService } from 'honeyhive-testkit';
import type { TestProject } from 'vitest/node';
import { ensureTestBrowser } from '../../../scripts/chromium.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How a worker starts its browser; each test has its own profile in it. */
    browserOptions: { executablePath: string; args: string[] };
  }
}

const builtPage = join(import.meta.dirname, '../../../packages/server/dist/ui/index.html');

/** Starts one real service with the built UI, and finds a real browser. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(builtPage))
    throw new Error('The UI is not built: run the tests with `npm run test:ui`, which builds it.');
  const service = await startService({
    // Receivers of notifications are on this machine.
    env: { HH_LOG_LEVEL: 'warn', HH_ALERT_ALLOWED_NETWORKS: 'loopback' },
  });
  const { url, key, dataDir, pid } = service;
  project.provide('service', { url, key, dataDir, pid });
  const browserOptions = {
    executablePath: await ensureTestBrowser(),
    // Containers have no user namespaces for the sandbox, and /dev/shm of 64 MB.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--force-prefers-no-reduced-motion',
      // Pages of one profile share a process: a new one for each page is a fifth of the browser's processor time.
      '--renderer-process-limit=1',
    ],
  };
  project.provide('browserOptions', browserOptions);
  return async () => void (await service.stop());
}
