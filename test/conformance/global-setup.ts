import { startService } from 'honeyhive-testkit';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The one service that all conformance tests talk to. */
    service: {
      url: string;
      /** Organisation-wide, full access. */
      key: string;
      dataDir: string;
      pid: number;
    };
  }
}

/** Starts one real service for all files; each file works in its own project. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const service = await startService({
    env: { HH_LOG_LEVEL: 'warn' },
  });
  const { url, key, dataDir, pid } = service;
  project.provide('service', { url, key, dataDir, pid });
  return async () => {
    await service.stop();
  };
}
