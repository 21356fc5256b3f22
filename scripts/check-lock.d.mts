/** What is wrong with a lock file of npm: a line for each package. */
export function findLockFaults(lock: {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, object>>;
}): string[];
