import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** How `/health` was answered while something else continued. */
export interface HealthReport {
  readonly count: number;
  readonly failed: number;
  /** Slowest answer, without the time in which the service waited for a processor. */
  readonly slowestMs: number;
  readonly slowestWallMs: number;
}

const script = fileURLToPath(new URL('health-prober.mjs', import.meta.url));

/** What `work` gives, and how the service answered `/health` meanwhile, as its own process saw it. */
export async function probeHealth<T>(
  { url, pid }: { readonly url: string; readonly pid: number },
  work: () => Promise<T>,
): Promise<{ result: T; health: HealthReport }> {
  const prober = spawn(process.execPath, [script, url, String(pid)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reading = createInterface({ input: prober.stdout }).on('line', (line) => lines.push(line));
  await once(reading, 'line');
  try {
    const result = await work();
    prober.stdin.end();
    await once(reading, 'close');
    return { result, health: JSON.parse(lines.at(-1) ?? '') as HealthReport };
  } finally {
    prober.kill();
  }
}
