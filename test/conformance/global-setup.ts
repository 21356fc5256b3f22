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

/** Starts a service with the settings, for all files. */
export async function provideService(
  project: TestProject,
  env: Readonly<Record<string, string>> = {},
): Promise<() => Promise<void>> {
  const service = await startService({ env: { HH_LOG_LEVEL: 'warn', ...env } });
  const { url, key, dataDir, pid } = service;
  project.provide('service', { url, key, dataDir, pid });
  return async () => {
    await service.stop();
  };
}

/** One real service for all files; each file works in its own project. */
export const setup = (project: TestProject): Promise<() => Promise<void>> =>
  provideService(project);
